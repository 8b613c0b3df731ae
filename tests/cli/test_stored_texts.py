"""What a case keeps of warnings and reasons is told in the language of whoever looks at it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from leaktrace.cli.main import run
from tests.cli.lists import PEOPLE, write_list, write_sources

LANGUAGES = ("en", "zh")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_LINK = re.compile(r"\b[0-9a-f]{64}\b")
_ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [a-z]+){3,}")
_CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with two cases of the same inputs, taken in in either language."""
    folder = tmp_path_factory.mktemp("made")
    _write_inputs(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEAKTRACE_KEYS", str(folder / "keys"))
        patch.delenv("LEAKTRACE_CASE", raising=False)
        patch.chdir(folder)
        for language in LANGUAGES:
            assert run(["--lang", language, "init", language]) == 0
            in_case = ["--lang", language, "-C", language]
            assert run([*in_case, "source", "import", "SOURCES.csv"]) == 0
            assert run([*in_case, "source", "reference", "S01", "lists/excel.xlsx"]) == 0
            assert run([*in_case, "ingest", "lists", "nothing", "--examiner", "张警官"]) == 3
    yield folder


def _write_inputs(folder: Path) -> None:
    write_sources(folder / "SOURCES.csv")
    lists = folder / "lists"
    lists.mkdir()
    (folder / "nothing").mkdir()
    write_list(lists / "good.csv", PEOPLE[:60])
    write_list(lists / "none.csv", [("甲", 1), ("乙", 2)])
    (lists / "bad.bin").write_bytes(bytes(range(256)) * 9)
    (lists / ".DS_Store").write_bytes(b"x")
    rows = "".join(f"{name},{mobile}\n" for name, mobile in PEOPLE[100:160])
    other = "".join(f"{name}\t{mobile}\n" for name, mobile in PEOPLE[160:180])
    mixed = ("姓名,手机号\n" + rows).encode() + other.encode("gbk")
    (lists / "mixed.csv").write_bytes(mixed)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["姓名", "手机号", "备用电话"])
    for name, mobile in PEOPLE[200:240]:
        sheet.append([name, str(mobile), "1.38E+10"])
    book.save(lists / "excel.xlsx")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("empty.csv", "")
    with zipfile.ZipFile(lists / "bundle.zip", "w") as archive:
        archive.write(lists / "good.csv", "good.csv")
        archive.writestr("empty.csv", "")
        archive.writestr("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(99))
        archive.writestr("Thumbs.db", "x")
        archive.writestr("cut.zip", inner.getvalue()[:-30])
    (lists / "empty.zip").write_bytes(inner.getvalue())


@pytest.fixture
def at(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEAKTRACE_KEYS", str(made / "keys"))
    monkeypatch.chdir(made)
    return made


COMMANDS = (
    ("custody", "--json"),
    ("custody",),
    ("custody", "good", "none", "mixed", "excel", "bundle"),
    ("batch", "show", "bundle", "--json"),
    ("batch", "show", "bundle"),
    ("batch", "show", "excel"),
)


def told(capsysbinary: pytest.CaptureFixture[bytes], case: str, language: str, *more: str) -> str:
    """What a command prints, its times aside."""
    capsysbinary.readouterr()
    assert run(["--lang", language, "-C", case, *more]) == 0
    out = capsysbinary.readouterr().out.decode()
    return _TIME.sub("T", out if "custody" not in more else _LINK.sub("L", out))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_tells_it_in_the_language_asked_for(
    at: Path, capsysbinary: pytest.CaptureFixture[bytes], command: tuple[str, ...]
) -> None:
    for language in LANGUAGES:
        one, other = (told(capsysbinary, case, language, *command) for case in LANGUAGES)
        assert one.split() == other.split()
        if language == "zh":
            assert _ENGLISH.findall(one) == []


def test_every_text_that_is_kept_is_kept_so(
    at: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """All kinds of them are there: of lists, members, refused inputs and files in them."""
    chinese = _texts(json.loads(told(capsysbinary, "en", "zh", "custody", "--json")))
    english = _texts(json.loads(told(capsysbinary, "zh", "en", "custody", "--json")))
    assert {code for code, _text in chinese} == {code for code, _text in english} >= {
        "excel-damaged", "no-identifiers", "encoding-mixed", "delimiter-mixed", "empty", "binary",
        "truncated", "litter", "empty-folder",
    }  # fmt: skip
    for _code, text in chinese:
        assert _CHINESE.search(text) and not _ENGLISH.search(text), text
    for _code, text in english:
        assert _ENGLISH.search(text), text


def _texts(document: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for record in document["records"]:
        of_it = [record, *record["members"], *record["inside"]]
        found += [(one["code"], one["reason"]) for one in of_it if one["reason"]]
        found += [(one["code"], one["text"]) for one in record["warnings"]]
    return found


@pytest.mark.parametrize("suffix", [".csv", ".html"])
def test_the_data_list_gives_reasons_in_both_languages(
    at: Path, capsysbinary: pytest.CaptureFixture[bytes], suffix: str
) -> None:
    made = set()
    for case in LANGUAGES:
        for language in LANGUAGES:
            told(capsysbinary, case, language, "custody", "-o", f"list{suffix}")
            text = Path(f"list{suffix}").read_bytes().decode("utf-8-sig")
            made.add(_LINK.sub("L", _TIME.sub("T", text)))
    assert len(made) == 1
    text = made.pop()
    if suffix == ".csv":
        rows = {row[2]: row[-1] for row in csv.reader(io.StringIO(text))}
        assert "是空文件" in rows["empty.csv"] and "is empty" in rows["empty.csv"]
        assert rows["empty.csv"].startswith("未读取：")
    else:
        assert "既不是文本也不是工作簿" in text and "is not a text or a workbook" in text


def test_the_report_notes_it_in_its_own_language(
    at: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for case, language, wanted in (
        ("en", "zh", "没有识别出任何标识"),
        ("zh", "en", "No identifier"),
    ):
        told(capsysbinary, case, language, "report", "report.html")
        text = html.unescape(Path("report.html").read_text(encoding="utf-8"))
        assert wanted in text
        if language == "zh":
            assert "No identifier was recognised" not in text


def test_the_ledger_is_whole(at: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for case, language in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
        capsysbinary.readouterr()
        assert run(["--lang", language, "-C", case, "verify", "--json"]) == 0
        checks = json.loads(capsysbinary.readouterr().out)["checks"]
        assert {check["state"] for check in checks} == {"same"}
