"""The electronic-data list: every file with its hash, members below their archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.case.custody import CustodyRecord
from leaktrace.case.stored import Original
from leaktrace.errors import UsageError
from leaktrace.intake.blocks import MemberReport
from leaktrace.messages import choose_language
from leaktrace.report.datalist import data_list, write_data_list


def record(**changed: object) -> CustodyRecord:
    said = {
        "subject": "batch",
        "subject_id": "B1",
        "current": True,
        "taken_at": "2026-05-01T16:30:00+00:00",
        "time_zone": "+0000",
        "examiner": "张警官",
        "command": "ingest",
        "version": "9.9",
        "file": "a.zip",
        "path": "/e/a.zip",
        "original": Original("a.zip", "/e/a.zip", "ab" * 32, 99, "2026-01-01T00:00:00+00:00"),
    }
    return CustodyRecord(**{**said, **changed})  # type: ignore[arg-type]


MEMBERS = (
    MemberReport(None, "zip", 99, "ab" * 32, "container"),
    MemberReport("in › <b>.csv", "text", 50, "cd" * 32, "read"),
    MemberReport("c.doc", "doc", 0, "", "refused", "document", "c.doc is a document"),
    MemberReport(".DS_Store", "", 3, "ef" * 32, "litter"),
)


def test_members_stand_below_their_archive() -> None:
    made = data_list([record(members=MEMBERS), record(subject_id="B2"), record(current=False)])
    assert [row.number for row in made.rows] == ["1", "1.1", "1.2", "1.3", "2"]
    first, inner, refused, litter, _ = made.rows
    assert "压缩包" in first.category and "ZIP" in first.form and first.sha256 == "ab" * 32
    assert (inner.name, inner.form, inner.size) == ("in › <b>.csv", "文本 Text", "50")
    assert refused.sha256 == refused.size == "" and "未读取" in refused.remarks
    assert "未读取" in litter.remarks
    assert first.taken_at == "2026-05-02 00:30:00 UTC+8" and first.tool == "leaktrace 9.9"


def test_what_is_not_said_stays_blank_and_names_are_escaped(tmp_path: Path) -> None:
    made = data_list([record(members=MEMBERS)], {"place": "某处"}, "00ff")
    for language in ("zh", "en"):
        choose_language(language)
        write_data_list(tmp_path / f"{language}.html", made)
    page = (tmp_path / "zh.html").read_bytes()
    assert page == (tmp_path / "en.html").read_bytes()
    text = page.decode()
    assert '<th scope="row">地点 Place</th><td>某处</td>' in text
    assert '<th scope="row">案由 Case cause</th><td></td>' in text
    assert "&lt;b&gt;.csv" in text and "<b>" not in text and "00ff" in text


def test_only_two_forms_are_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.html or \.csv"):
        write_data_list(tmp_path / "list.docx", data_list([record()]))
    assert not list(tmp_path.iterdir())
