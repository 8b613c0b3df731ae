"""Records over a few lines, and what passes for other things."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from leaktrace.engines.local import build_list
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.documents import stanzas
from leaktrace.intake.reading import open_list
from tests.data.make.people import people

FOLK = people(9500, 30)


def _summary(tmp_path: Path, content: str | bytes, name: str = "list.txt") -> ListSummary:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return build_list(open_list(path), Key(b"k" * 32)).summary


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        ("{0.name}\n{0.mobile}\n{0.id_number}\n\n", {"mobile": 30, "id_number": 30}),
        ("{0.name}\n{0.mobile}\n{0.id_number}\n", {"mobile": 30, "id_number": 30}),
        ("{0.mobile}\n{0.name}\n", {"mobile": 30}),
        ("{0.name}\n{0.mobile}\n{0.address}\n\n\n", {"mobile": 30}),
        ("{0.id_number}\r\n{0.mobile}\r\n \r\n", {"mobile": 30, "id_number": 30}),
    ],
)
def test_a_record_over_lines_is_a_row(tmp_path: Path, form: str, kinds: dict[str, int]) -> None:
    summary = _summary(tmp_path, "".join(map(form.format, FOLK)))
    assert (summary.layout["form"], summary.identifiers) == ("stanzas", kinds)
    assert (summary.rows, summary.people) == (30, 30)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{one.mobile}\n" for one in FOLK),
        "".join(f"{one.mobile}\n{one.mobile[::-1]}\n\n" for one in FOLK),
        "姓名,手机\n" + "".join(f"{one.name},{one.mobile}\n" for one in FOLK),
        "".join(f"{one.name}\n" for one in FOLK),
    ],
)
def test_plain_lists_are_no_stanzas(text: str) -> None:
    assert not stanzas.matches(text)


@pytest.mark.parametrize("form", ["{0:*^27} {1}. row {0:*^27}\n", "-[ RECORD {1} ]-+----{0}\n"])
def test_rows_that_a_database_draws_one_under_the_other(tmp_path: Path, form: str) -> None:
    text = "".join(
        form.format("", i + 1)
        + f"    id: {1380013 + i}\n  name: {one.name}\nmobile: {one.mobile}\n"
        + f"idcard: {one.id_number}\n ctime: 2023-05-01 10:00:0{i % 9}\n"
        for i, one in enumerate(FOLK)
    )
    summary = _summary(tmp_path, text + "30 rows in set (0.01 sec)\n")
    assert summary.identifiers == {"mobile": 30, "id_number": 30}
    assert (summary.rows, summary.people, summary.facts["named_rows"]) == (30, 30, 30)


def test_a_number_in_a_note_is_that_of_the_row(tmp_path: Path) -> None:
    pairs = zip(FOLK[:15], FOLK[15:], strict=True)
    rows = "".join(f'{a.name},{a.mobile},"未接\n又留{b.mobile}"\n' for a, b in pairs)
    for header in ("跟进记录", "备注", "销售跟进情况"):
        summary = _summary(tmp_path, f"姓名,手机,{header}\n{rows}")
        assert (summary.rows, summary.people, summary.identifiers) == (15, 15, {"mobile": 30})


def test_lines_with_a_zero_byte_are_refused_one_by_one(tmp_path: Path) -> None:
    lines = b"".join(b"x\0y," + one.mobile.encode() + b"\n" for one in FOLK[:20])
    summary = _summary(tmp_path, b"name,tel\n" + lines)
    assert (summary.rows, summary.refused_rows) == (20, 20)


@pytest.mark.parametrize("length", [1, 400, 40_000])
def test_an_archive_behind_junk_is_read(tmp_path: Path, length: int) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "".join(f"{one.name},{one.mobile}\n" for one in FOLK))
    junk = random.Random(length).randbytes(length)
    assert _summary(tmp_path, junk + content.getvalue()).identifiers == {"mobile": 30}
    with pytest.raises(InputRefused) as refused:
        _summary(tmp_path, junk + content.getvalue()[:60] + junk * 3)
    assert refused.value.code in ("binary", "truncated", "encoding")


def test_bytes_behind_a_signature_are_no_document(tmp_path: Path) -> None:
    garbage = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(1).randbytes(5000)
    with pytest.raises(InputRefused) as refused:
        _summary(tmp_path, garbage, "list.xls")
    assert refused.value.code == "truncated"


def test_a_chats_own_number_is_no_mobile(tmp_path: Path) -> None:
    messages = [{"id": i, "from": "甲", "text": f"客户 {one.mobile}"} for i, one in enumerate(FOLK)]
    chat = {"name": "群", "type": "private_group", "id": 13912345670, "messages": messages}
    assert _summary(tmp_path, json.dumps(chat)).identifiers == {"mobile": 30}
