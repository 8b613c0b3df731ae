"""RTF: tables and lines, in the encodings that office programs write."""

from __future__ import annotations

from deeds import MOBILES
from tables_in import seen

HEAD = r"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0 SimSun;}}{\*\generator x 13800000001;}"


def coded(text):
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def test_lines():
    text = f"{HEAD}{coded('张三')} {MOBILES[0]}\\par \\u26446?\\u22235? 138\\~1234\\~5678\\par}}"
    got = seen(text)
    assert got.form == "rtf"
    assert got.cells() >= {f"张三 {MOBILES[0]}", "李四 138 1234 5678"}
    assert not got.warnings


def test_tables():
    row = "\\trowd\\cellx1\\cellx2\\pard\\intbl {}\\cell {}\\cell\\row"
    rows = row.format(coded("张三"), MOBILES[0]) + row.format("a\\par b", "")
    got = seen(f"{HEAD}{rows}\\pard x\\par}}")
    assert got.tables["1"] == [["张三", MOBILES[0]], ["a\nb", ""]]


def test_a_document_that_is_cut_off():
    got = seen(f"{HEAD}{MOBILES[0]}\\par {MOBILES[1]}")
    assert got.cells() >= {MOBILES[0], MOBILES[1]}
    assert got.warnings == ["truncated"]


def test_braces_without_end_are_no_danger():
    assert MOBILES[0] in seen("{\\rtf1" + "{" * 50_000 + MOBILES[0]).cells()
