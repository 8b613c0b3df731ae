"""Halves of characters are mended once, on whatever road they come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import deeds
import pytest

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.reading import open_list

MOBILES = deeds.MOBILES
HALF, PAIR = "\ud83d", "\ud83d\ude00"


def _json() -> bytes:
    rows = [{f"姓名{HALF}": f"张三{HALF}{i}", "电话": m} for i, m in enumerate(MOBILES)]
    return json.dumps([*rows, {"电话": PAIR}]).encode()


def _lines() -> bytes:
    return b"\n".join(
        json.dumps({"name": f"a{HALF}", "phone": m, "face": PAIR}).encode() for m in MOBILES
    )


def _utf16() -> bytes:
    text = "姓名,电话\n" + "".join(f"张三,{m}\n" for m in MOBILES)
    return b"\xff\xfe" + (text + f"李四{HALF},备注\n").encode("utf-16-le", "surrogatepass")


def _utf8() -> bytes:
    text = "姓名,电话\n" + "".join(f"张三,{m}\n" for m in MOBILES)
    return (text + f"李四{HALF},备注\n").encode("utf-8", "surrogatepass")


def _workbook() -> bytes:
    rows = [[f"张三_xD83D_{i}", m] for i, m in enumerate(MOBILES)]
    return deeds.workbook([["姓名_xD83D_", "电话"], *rows])


def _html() -> bytes:
    rows = "".join(f"<tr><td>张三&#55357;&#xD83D;</td><td>{m}</td></tr>" for m in MOBILES)
    return f"<table><tr><th>姓名&#55357;</th><th>电话</th></tr>{rows}</table>".encode()


def _log() -> bytes:
    lines = [
        f'10.0.0.{i} - - [01/Mar/2026:10:00:0{i} +0800] "POST /u?phone={m} HTTP/1.1" 200 '
        f'{{"name":"a\\ud83d","k\\ud83d":"\\ud83d\\ude00"}}'
        for i, m in enumerate(MOBILES)
    ]
    return ("\n".join(lines) + "\n").encode()


def _rtf() -> bytes:
    lines = "".join(f"\\u-10179? {m}\\par\n" for m in MOBILES)
    return f"{{\\rtf1\\ansi\n{lines}}}".encode()


@pytest.mark.parametrize(
    "make", [_json, _lines, _utf16, _utf8, _workbook, _html, _log, _rtf], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("cells", [True, False])
def test_no_half_of_a_character_is_left(tmp_path: Path, make: Any, cells: bool) -> None:
    path = tmp_path / "list.dat"
    path.write_bytes(make())
    reading = open_list(path, cells=cells)
    built = build_list(reading, Key(b"k" * 32), rows=cells)
    assert built.summary.identifiers == {"mobile": len(MOBILES)}
    # All that is told of the list can be written down.
    told = [reading.columns, reading.layout, reading.warnings, reading.counts, reading.members]
    json.dumps(told, default=str, ensure_ascii=False).encode()


def test_two_halves_that_belong_together_are_one_character(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_bytes(_lines())
    _reading, got = deeds.read(path)
    assert all("\U0001f600" in row for row in got["cells"])
    assert all("a\ufffd" in row for row in got["cells"])
