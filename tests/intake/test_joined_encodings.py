"""Files that were put together from one in GBK and one in UTF-8 are read line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.reading import open_list
from tests.data.make.people import people

FOLK = people(9200, 80)
MARK = b"\xef\xbb\xbf"
HEADER = "姓名,手机,城市\n"


def _rows(encoding: str, start: int, times: int = 1) -> bytes:
    """Forty people, the later ones of ``times`` under numbers of their own."""
    text = "".join(
        f"{one.name},{int(one.mobile) + k},无锡\n"
        for k in range(times)
        for one in FOLK[start : start + 40]
    )
    return text.encode(encoding)


@pytest.mark.parametrize("times", [1, 50])
@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("gbk", "utf-8", HEADER.encode("utf-8")),
        ("gbk", "utf-8", MARK + HEADER.encode("utf-8")),
        ("gbk", "utf-8", b""),
        ("utf-8", "gbk", b""),
        ("utf-8", "gbk", HEADER.encode("gbk")),
    ],
)
def test_two_encodings_in_a_file(
    tmp_path: Path, first: str, second: str, between: bytes, times: int
) -> None:
    path = tmp_path / "list.csv"
    head = HEADER.encode(first) + _rows(first, 0, times)
    path.write_bytes(head + between + _rows(second, 40, times))
    built = build_list(open_list(path), Key(b"k" * 32))
    summary = built.summary
    assert (summary.rows, summary.refused_rows) == (80 * times, 0)
    assert summary.identifiers["mobile"] == summary.people == 80 * times
    (warning,) = [one for one in summary.warnings if one.code == "encoding-mixed"]
    assert f"row {40 * times + 1}" in warning.text
    names = built.rows["name"].to_pylist()
    assert len(set(names)) == 80 and 0 not in names


def test_the_second_text_may_come_late(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    many = HEADER.encode("gbk") + _rows("gbk", 0) * 6000
    path.write_bytes(many + _rows("utf-8", 40))
    built = build_list(open_list(path), Key(b"k" * 32))
    assert len(set(built.rows["name"].to_pylist())) == 80
