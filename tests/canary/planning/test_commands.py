"""``leaktrace canary plan`` and ``leaktrace canary sheet``, as they are typed."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from leaktrace.canary.pool import import_numbers
from leaktrace.case import create_case, open_case
from leaktrace.cli.main import run
from leaktrace.intake.worker import Worker
from tests.conftest import Run

SOURCES = """编号,名称,类别,人数,通过率
S1,=1+1<b>某牙科</b>,dental,8000,
S2,某公司年报,年报,200000,50%
S3,某寿险,life-insurance,2000000,
S4,某装修,other,6000,
S5,某楼盘,property-sale,6000,
"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "sources.csv"
    path.write_text(SOURCES, encoding="utf-8")
    return path


def planned(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    given = ["--sources", "sources.csv", "--numbers", "14", "--leaks", "1", "--trials", "4"]
    assert run(["canary", "plan", *given, *more]) == 0
    return capsys.readouterr().out


def lines_of(page: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.decode("utf-8-sig"))))


def test_the_tables_and_what_cannot_work(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = planned(capsys, "--controls", "2")
    assert "exact set named" in said and "shared by a code" in said
    assert "2 numbers are controls, drawn at random: never plant them." in said
    assert "2 sources take true statements only, by law" in said
    (worst,) = [line.split() for line in said.splitlines() if line.startswith("S3 ")]
    assert [worst[1], *worst[-2:]] == ["2,000,000", "1,197", "1,895"]
    assert "This plan cannot work for 2 sources" in said
    assert "S3 (2,000,000 people): 1,197 canaries for one of them in 5,000 rows at 95.0%" in said
    assert "a leak shows from 1,900,000 rows on" in said


def test_a_plan_that_names_few_says_so(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--sources", "sources.csv", "--numbers", "5", "--missing", "0.7", "--trials", "4"]
    assert run(["canary", "plan", *given]) == 0
    said = capsys.readouterr().out
    assert "All 3 sources that leak at once are named in only" in said
    assert "cost" not in said


def test_json_agrees_with_the_plan_that_is_written(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(planned(capsys, "--controls", "2", "-o", "plan.csv", "--json"))
    page = Path("plan.csv").read_bytes()
    assert page.startswith(b"\xef\xbb\xbf")
    lines = lines_of(page)
    planted = {(one["number_id"], one["source_id"]) for one in lines if one["source_id"]}
    assert planted == {(one["number_id"], one["source_id"]) for one in document["plantings"]}
    controls = [one["number_id"] for one in lines if not one["source_id"]]
    assert controls == document["controls"] and len(controls) == 2
    assert document["lawful"] == {"S2": "company", "S3": "insurer"}
    assert document["failing"] == ["S2", "S3"]
    assert {one["form"] for one in document["alternatives"]} == {"own", "code", "hybrid"}
    assert document["refused"] == []
    assert json.loads(planned(capsys, "--controls", "2", "--json")) == document


def test_the_picture(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planned(capsys, "--picture", "power.svg")
    root = ElementTree.fromstring(Path("power.svg").read_bytes())
    assert len(root.findall(f"{SVG}path")) == 5
    words = [one.text for one in root.iter(f"{SVG}text")]
    assert "5,000 rows" in words and "wished: 95%" in words
    assert "rows of the leak (source hardest to see: S3)" in words
    first = Path("power.svg").read_bytes()
    planned(capsys, "--picture", "power.svg")
    assert Path("power.svg").read_bytes() == first


def test_the_sheet_in_html_and_csv(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planned(capsys, "--controls", "2", "--form", "own", "-o", "plan.csv")
    given = ["--town", "@某市", "--domain", "mail.example.org"]
    assert run(["canary", "sheet", "plan.csv", "sheet.csv", *given]) == 0
    shown = capsys.readouterr()
    assert "by true registrants only" in shown.out
    assert "canary plant --controls plan.csv" in shown.err
    assert "canary plant --sheet sheet.csv" in shown.err
    page = Path("sheet.csv").read_bytes()
    assert page.startswith(b"\xef\xbb\xbf")
    lines = lines_of(page)
    plan = lines_of(Path("plan.csv").read_bytes())
    assert len(lines) == sum(bool(one["source_id"]) for one in plan)
    cells = [cell for one in lines for cell in one.values()]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]
    made_up = [one for one in lines if one["来源编号 source_id"] not in ("S2", "S3")]
    assert all(one["地址 Address"].startswith("'@某市") for one in made_up)
    assert len({one["姓名 Name"] for one in made_up}) == len(made_up)
    assert {one["证件号 ID number"] for one in made_up} == {"留空 leave empty"}
    true = [one for one in lines if one["来源编号 source_id"] in ("S2", "S3")]
    assert all(one["登记人 Registrant"].endswith("true registrant") for one in true)
    assert all("art." in one["须知 Must know"] and not one["邮箱 Mailbox"] for one in true)
    assert run(["canary", "sheet", "plan.csv", "sheet.html", "--unissued-ids", *given]) == 0
    html = Path("sheet.html").read_text(encoding="utf-8")
    assert html.count('<tr class="lawful">') == len(true)
    assert "&lt;b&gt;某牙科" in html and "<b>某牙科" not in html
    assert "姓名 Name" in html and "<script" not in html
    assert made_up[0]["姓名 Name"] in html
    assert html.count("(不可能签发 never issued)") == len(made_up)


def test_a_case_gives_its_sources_its_free_numbers_and_their_values(
    tmp_path: Path, worker: Worker, capsys: pytest.CaptureFixture[str], sources: Path
) -> None:
    folder = create_case(tmp_path / "case").folder
    text = "number_id,value,kind,acquired_at,quarantine_until\n"
    text += "".join(f"SIM{one},1390000000{one},mobile,2024-01-05,\n" for one in range(1, 4))
    text += "NEW,13900000009,mobile,2024-01-05,2999-01-01\nBOX,seed@example.org,email,,\n"
    text += "FLAT,某市某路1号,address,,\n"
    numbers = tmp_path / "numbers.csv"
    numbers.write_text(text, encoding="utf-8")
    table = tmp_path / "case_sources.csv"
    rows = "id,name,kind,population\nA,某牙科,dental,900\nB,某装修,other,900\n"
    table.write_text(rows, encoding="utf-8")
    assert run(["-C", str(folder), "source", "import", str(table)]) == 0
    with open_case(folder) as case:
        assert import_numbers(case, numbers, worker=worker).refused == ()
    capsys.readouterr()
    plan = ["canary", "plan", "--form", "own", "--trials", "2", "-o", "plan.csv"]
    assert run(["-C", str(folder), *plan]) == 0
    # What is in quarantine is never planted, and an address is no number.
    allotted = {one["number_id"] for one in lines_of(Path("plan.csv").read_bytes())}
    assert allotted == {"SIM1", "SIM2", "SIM3", "BOX"}
    capsys.readouterr()
    domain = ("--domain", "mail.example.org")
    assert run(["-C", str(folder), "canary", "sheet", "plan.csv", "sheet.csv", *domain]) == 0
    told = lines_of(Path("sheet.csv").read_bytes())
    values = {one["号码编号 number_id"]: one["号码或邮箱 Number or mailbox"] for one in told}
    assert values == {
        "BOX": "seed@example.org",
        **{f"SIM{one}": f"1390000000{one}" for one in range(1, 4)},
    }
    assert {one["来源 Source"] for one in told} == {"某牙科", "某装修"}
    mailboxes = {one["号码编号 number_id"]: one["邮箱 Mailbox"] for one in told}
    assert mailboxes.pop("BOX") == "" and all(mailboxes.values())
    shown = "".join(capsys.readouterr())
    assert "seed@" not in shown and "139000" not in shown


def test_numbers_of_a_table_and_lines_that_are_refused(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "号码编号,号码\nSIM1,13900000001\nSIM1,13900000002\n13900000003,1\nSIM2,2\nSIM3,3\n"
    Path("numbers.csv").write_text(text, encoding="gb18030")
    given = ["--sources", "sources.csv", "--numbers", "numbers.csv", "--trials", "1", "--json"]
    assert run(["canary", "plan", *given]) == 3
    shown = capsys.readouterr()
    document = json.loads(shown.out)
    assert {one["number_id"] for one in document["plantings"]} == {"SIM1", "SIM2", "SIM3"}
    assert [(one["code"], one["row"]) for one in document["refused"]] == [
        ("duplicate-id", 3),
        ("identifier-as-id", 4),
    ]
    assert "1390000000" not in shown.out + shown.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--numbers", "0"], 2, "a count from 1"),
        (["--numbers", "14", "--form", "best"], 2, "own, code, hybrid"),
        (["--numbers", "14", "-o", "plan.txt"], 2, ".csv"),
        (["--numbers", "14", "--picture", "plan.png"], 2, ".svg"),
        (["--numbers", "2"], 1, "numbers are too few"),
        (["--numbers", "14", "--registrations", "4"], 1, "registrations are too few"),
    ],
)
def test_what_cannot_be_planned_is_said(
    sources: Path,
    arguments: list[str],
    status: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["canary", "plan", "--sources", "sources.csv", *arguments]) == status
    shown = capsys.readouterr()
    assert said in shown.err and shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert not list(sources.parent.glob("plan.*"))


def test_a_sheet_is_named_for_its_form(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planned(capsys, "-o", "plan.csv")
    assert run(["canary", "sheet", "plan.csv", "sheet.pdf"]) == 2
    assert ".html or .csv" in capsys.readouterr().err


def test_it_runs_in_chinese(run_here: Run, sources: Path) -> None:
    given = ["--sources", "sources.csv", "--numbers", "14", "--leaks", "1", "--trials", "1"]
    done = run_here("--lang", "zh", "canary", "plan", *given, "--picture", "p.svg")
    assert done.returncode == 0, done.stderr
    assert b"1,197" in done.stdout
    ElementTree.fromstring(Path("p.svg").read_bytes())


def test_a_sheet_is_for_its_owner_and_is_not_written_over(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planned(capsys, "--form", "own", "-o", "plan.csv")
    for name in ("sheet.csv", "sheet.html"):
        assert run(["canary", "sheet", "plan.csv", name]) == 0
        if os.name == "posix":
            assert Path(name).stat().st_mode & 0o777 == 0o600
    Path("sheet.csv").write_text("filled in", encoding="utf-8")
    capsys.readouterr()
    assert run(["canary", "sheet", "plan.csv", "sheet.csv"]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert Path("sheet.csv").read_text(encoding="utf-8") == "filled in"
    assert run(["canary", "sheet", "plan.csv", "sheet.csv", "--overwrite"]) == 0
    assert Path("sheet.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not list(Path.cwd().glob(".leaktrace-*"))


def test_one_planting_is_said_in_the_singular(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("plan.csv").write_text("number_id,source_id,lawful\nN1,S1,\n", encoding="utf-8")
    assert run(["canary", "sheet", "plan.csv", "sheet.csv"]) == 0
    assert capsys.readouterr().out == "sheet.csv: 1 planting\n"


def test_more_canaries_than_people_are_remarked_on(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "so many stand out" not in planned(capsys, "--form", "own")
    sources.write_text(SOURCES.replace("other,6000", "other,1"), encoding="utf-8")
    said = planned(capsys, "--form", "own")
    assert "S4 is given 2 canaries, and has 1 person: so many stand out" in said


def test_a_sheet_tells_which_lines_cannot_be_planted(
    tmp_path: Path, worker: Worker, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = create_case(tmp_path / "case").folder
    (tmp_path / "s.csv").write_text("id,name,kind,population\nA,x,other,9\n", encoding="utf-8")
    assert run(["-C", str(folder), "source", "import", str(tmp_path / "s.csv")]) == 0
    text = "number_id,value,acquired_at,quarantine_until\nN1,13900000001,2024-01-05,\n"
    text += "N2,13900000002,2024-01-05,2999-01-01\n"
    (tmp_path / "n.csv").write_text(text, encoding="utf-8")
    with open_case(folder) as case:
        assert import_numbers(case, tmp_path / "n.csv", worker=worker).refused == ()
    lines = "number_id,source_id\nN1,A\nN1,B\nN2,A\nN3,A\nN2,\nN1,\n"
    plan = tmp_path / "plan.csv"
    plan.write_text(lines, encoding="utf-8")
    capsys.readouterr()
    out = tmp_path / "doubtful.csv"
    assert run(["-C", str(folder), "canary", "sheet", str(plan), str(out), "--json"]) == 0
    shown = capsys.readouterr()
    told = [(one["code"], one["place"]) for one in json.loads(shown.out)["warnings"]]
    assert told == [
        ("unknown-source", "3"), ("not-free", "4"), ("unknown-number", "5"), ("not-free", "6"),
    ]  # fmt: skip
    said = [line for line in shown.err.splitlines() if "note: " in line]
    assert len(said) == 4
    for line, words in zip(
        said, ("row 3: B is", "N2 is in quarantine", "no number N3", "N2 is in"), strict=True
    ):
        assert words in line
    assert "139000" not in shown.err
