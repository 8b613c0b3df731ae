"""``custody`` and ``verify`` as they are called: what they print, write and answer."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
import pyzipper

from tests.cli.lists import PEOPLE, write_list
from tests.conftest import Run
from tests.inside import run_inside

NAMED = {"LEAKTRACE_EXAMINER": "张警官"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case in it, made once: each test works on its own copy."""
    folder = tmp_path_factory.mktemp("made")
    write_list(folder / "May.csv", PEOPLE[:60])
    (folder / "=bad.bin").write_bytes(bytes(range(256)) * 9)
    env = {**NAMED, "LEAKTRACE_LANG": "en", "LEAKTRACE_KEYS": str(folder / "keys")}
    assert run_inside("init", "case", cwd=folder, env=env).returncode == 0
    done = run_inside(
        "-C", "case", "ingest", "May.csv", "=bad.bin", "--keep-originals", "--password",
        "geheim-4711", cwd=folder, env=env,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "leaktrace -C case custody" in done.stderr.decode()
    assert b"geheim" not in done.stdout + done.stderr
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("LEAKTRACE_KEYS", str(made / "keys"))
    return tmp_path / "case"


def test_custody_lists_every_input_and_writes_the_list(
    run_here: Run, tmp_path: Path, case: Path
) -> None:
    shown = run_here("-C", "case", "custody")
    text = shown.stdout.decode()
    assert shown.returncode == 0 and "leaktrace -C case verify" in shown.stderr.decode()
    assert "May.csv" in text and "张警官" in text and "is not a text or a workbook" in text
    one = run_here("-C", "case", "custody", "May", "--lang", "zh").stdout.decode()
    assert "张警官" in one and "text" in one
    for name in ("one.html", "two.html"):
        done = run_here(
            "-C", "case", "custody", "-o", name, "--cause", "<某某案>", "--place", "派出所"
        )
        assert done.returncode == 0, done.stderr
    page = (tmp_path / "one.html").read_bytes()
    assert page == (tmp_path / "two.html").read_bytes()
    text = page.decode()
    for word in (
        "电子数据清单",
        "法发〔2016〕22号",
        "&lt;某某案&gt;",
        "派出所",
        "完整性校验值",
        "见证人",
    ):
        assert word in text
    for said in ("案由", "对象", "内容", "收集、提取时间", "地点", "方法", "过程"):
        assert f'<th scope="row">{said}' in text


def test_the_list_as_a_table_opens_in_excel(run_here: Run, tmp_path: Path, case: Path) -> None:
    assert run_here("-C", "case", "custody", "-o", "list.csv").returncode == 0
    raw = (tmp_path / "list.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert header[0] == "序号 No." and len(header) == 11
    assert [row[0] for row in rows] == ["1", "2"]
    assert rows[0][1:5] == [
        "May",
        "May.csv",
        "电子文件·文档 Electronic file: document",
        "文本 Text",
    ]
    assert rows[1][2] == "'=bad.bin" and "未读取" in rows[1][10]
    assert len(rows[0][6]) == 64 and rows[0][8] == "张警官"
    wrong = run_here("-C", "case", "custody", "-o", "list.docx")
    assert wrong.returncode == 2 and ".html or .csv" in wrong.stderr.decode()


def test_custody_json_holds_every_record(run_here: Run, case: Path) -> None:
    done = run_here("-C", "case", "custody", "--json")
    document = json.loads(done.stdout)
    batch, refused = document["records"]
    assert (batch["subject"], batch["id"], batch["kept"], batch["adds_up"]) == (
        "batch", "May", True, True,
    )  # fmt: skip
    assert batch["counts"]["rows"] == sum(
        batch["counts"][name] for name in ("identified_rows", "unidentified_rows", "refused_rows")
    )
    assert [one["status"] for one in batch["members"]] == ["read"]
    assert (refused["subject"], refused["code"]) == ("refused", "binary")
    assert len(document["ledger_link"]) == 64
    assert run_here("-C", "case", "custody", "nobody").returncode == 1


def test_an_original_comes_back(run_here: Run, tmp_path: Path, case: Path) -> None:
    done = run_here("-C", "case", "custody", "May", "--restore", "back.csv")
    assert done.returncode == 0 and "in plain" in done.stdout.decode()
    assert (tmp_path / "back.csv").read_bytes() == (tmp_path / "May.csv").read_bytes()
    assert run_here("-C", "case", "custody", "--restore", "more.csv").returncode == 2


def test_verify_answers_with_its_status(run_here: Run, tmp_path: Path, case: Path) -> None:
    done = run_here("-C", "case", "verify", "--json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["differs"], document["unchecked"]) == (0, 0, 0)
    assert {check["part"] for check in document["checks"]} == {
        "original", "kept", "files", "reading", "folder", "database", "chain", "head", "plantings",
    }  # fmt: skip
    (tmp_path / "nothing").mkdir()
    for kept in (case / "originals").iterdir():
        kept.unlink()
    gone = run_here("-C", "case", "verify", "May", "--original", "nothing")
    assert gone.returncode == 1 and gone.stderr.decode().count("\n") == 1
    assert "is gone from the case" in gone.stdout.decode()
    assert "say where it is with --original" in gone.stdout.decode()


def test_what_cannot_be_checked_is_status_3(
    monkeypatch: pytest.MonkeyPatch, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from leaktrace.case import verification
    from leaktrace.cli.main import run

    unchecked = verification.Check("batch", "B1", "reading", "unchecked", "counts", "rows")
    found = verification.Verification((unchecked,))
    monkeypatch.setattr(verification, "verify", lambda *_, **__: found)
    assert run(["-C", str(case), "verify"]) == 3
    assert "another version" in capsys.readouterr().out


def test_passwords_come_from_a_file_too(tmp_path: Path) -> None:
    from leaktrace.cli.options import passwords_of
    from leaktrace.errors import UsageError

    (tmp_path / "utf.txt").write_bytes("\ufeffeins\r\n密码\n\n".encode())
    (tmp_path / "gbk.txt").write_bytes("密码\n".encode("gbk"))
    assert passwords_of(["eins", "zwei"], tmp_path / "utf.txt") == ("eins", "zwei", "密码")
    assert passwords_of(None, tmp_path / "gbk.txt") == ("密码",)
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        (tmp_path / "wide.txt").write_bytes(mark + "eins\r\n密码\r\n".encode(encoding))
        assert passwords_of(None, tmp_path / "wide.txt") == ("eins", "密码")
    (tmp_path / "odd.txt").write_bytes(b"\xff\xfea")
    with pytest.raises(UsageError, match="it is no text"):
        passwords_of(None, tmp_path / "odd.txt")
    with pytest.raises(UsageError, match=r"gone\.txt cannot be read"):
        passwords_of(None, tmp_path / "gone.txt")


def test_a_password_is_tried_as_it_stands_and_without_the_blanks_at_its_end(
    tmp_path: Path,
) -> None:
    from leaktrace.cli.options import passwords_of

    lines = " a \r\nb\t\u3000\rc\x0bd\u2028e\n   \n\nf".encode()
    (tmp_path / "p.txt").write_bytes(lines)
    assert passwords_of(None, tmp_path / "p.txt") == (
        " a ", " a", "b\t\u3000", "b", "c\x0bd\u2028e", "   ", "f",
    )  # fmt: skip


def test_a_list_of_passwords_from_notepad_opens_an_archive(
    run_here: Run, tmp_path: Path, case: Path
) -> None:
    rows = "".join(f"{name},{mobile}\n" for name, mobile in PEOPLE[60:70])
    with pyzipper.AESZipFile(tmp_path / "locked.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword("密码 4711".encode())
        archive.writestr("a.csv", rows)
    (tmp_path / "words.txt").write_bytes("falsch\r\n密码 4711 \r\n".encode("utf-16"))
    done = run_here("-C", "case", "ingest", "locked.zip", "--passwords", "words.txt", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["batches"][0]["rows"] == 10


def test_every_refused_attempt_is_shown(run_here: Run, case: Path, tmp_path: Path) -> None:
    for examiner in ("李四", "王五"):
        done = run_here("-C", "case", "ingest", "=bad.bin", "--examiner", examiner)
        assert done.returncode == 1
    records = json.loads(run_here("-C", "case", "custody", "--json").stdout)["records"]
    refused = [(one["examiner"], one["current"]) for one in records if one["subject"] == "refused"]
    # The first is of a file in another folder.
    assert refused == [("张警官", True), ("李四", False), ("王五", True)]
    shown = run_here("-C", "case", "custody").stdout.decode()
    assert shown.count("is not a text or a workbook") == 3
    assert shown.count("李四") == shown.count("王五") == 1
    # The electronic-data list names each file once.
    assert run_here("-C", "case", "custody", "-o", "list.csv").returncode == 0
    table = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    assert table.count("'=bad.bin") == 2 and "李四" not in table


def test_verify_names_what_is_strange_in_words(run_here: Run, tmp_path: Path, case: Path) -> None:
    (case / "lists" / "13912345678.csv").write_bytes(b"x")
    for kept in (case / "originals").iterdir():
        kept.unlink()
    with (tmp_path / "May.csv").open("ab") as file:
        file.write(b"x")
    done = run_here("-C", "case", "verify", "--original", ".")
    said = " ".join(done.stdout.decode().split())
    assert done.returncode == 1
    assert "lists/139********.csv the ledger does not know it" in said
    assert "the original is there, but its bytes are others" in said
    assert "there is no original to read" not in said and "13912345678" not in said


def test_what_a_workbook_says_of_its_making_is_shown(
    run_here: Run, tmp_path: Path, case: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.active.append(["张三", "13912345670"])
    book.properties.creator = "录入员甲"
    book.save(tmp_path / "June.xlsx")
    done = run_here("-C", "case", "ingest", "June.xlsx")
    assert done.returncode == 0, done.stderr
    for command in (("custody", "June"), ("batch", "show", "June")):
        said = run_here("-C", "case", *command).stdout.decode()
        assert "录入员甲" in said and "openpyxl" in said.lower(), said
    assert "spreadsheet metadata" in run_here("-C", "case", "custody", "June").stdout.decode()
    assert "made by" in run_here("-C", "case", "batch", "show", "June").stdout.decode()
