"""Tables in which some rows have a time and some a number are no chats, whatever their rows
look like."""

from __future__ import annotations

import csv
import io
from itertools import permutations
from pathlib import Path

import pytest

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.documents import chat, stanzas, turned, wall
from leaktrace.intake.reading import open_list
from tests.data.make.people import people

FOLK = people(4200, 120)
HEADERS = {
    "chinese": {"name": "客户姓名", "time": "创建时间", "phone": "联系电话", "note": "备注"},
    "english": {"name": "name", "time": "created_at", "phone": "phone", "note": "remark"},
    "none": None,
}
NOTE = "再联系\n张经理 2026-03-01 10:30"
BLANKS = (0, 50, 67, 95)
FORMS = (chat, stanzas, turned, wall)


def _table(
    order: tuple[str, ...], blank: int, titles: dict[str, str] | None, mark: str = ","
) -> str:
    rows = [[titles[name] for name in order]] if titles else []
    for i, one in enumerate(FOLK):
        time = f"20{i % 9 + 15}-{i % 12 + 1:02d}-{i % 27 + 1:02d} {i % 24:02d}:{i % 60:02d}:30"
        cells = {"name": one.name, "phone": one.mobile, "note": NOTE if i % 3 else ""}
        cells["time"] = "" if i * 37 % 100 < blank else time
        rows.append([cells[name] for name in order])
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _read(tmp_path: Path, text: str) -> ListSummary:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8-sig")
    return build_list(open_list(path), Key(b"k" * 32)).summary


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("titles", HEADERS)
def test_blank_times_make_no_chat(tmp_path: Path, titles: str, blank: int) -> None:
    text = _table(("name", "time", "phone"), blank, HEADERS[titles])
    summary = _read(tmp_path, text)
    assert summary.layout["form"] == "text"
    assert (summary.rows, summary.people, summary.identifiers) == (120, 120, {"mobile": 120})


@pytest.mark.parametrize("order", list(permutations(("name", "time", "phone"))))
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_no_order_of_columns_makes_a_chat(order: tuple[str, ...], mark: str) -> None:
    for blank in BLANKS:
        for titles in HEADERS.values():
            text = _table(order, blank, titles, mark)
            assert not any(form.matches(text) for form in FORMS)


@pytest.mark.parametrize("titles", HEADERS)
@pytest.mark.parametrize("order", [("phone", "name", "note", "time"), ("name", "note", "time")])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_notes_of_several_lines_make_no_chat(
    order: tuple[str, ...], titles: str, mark: str
) -> None:
    for blank in BLANKS:
        assert not chat.matches(_table(order, blank, HEADERS[titles], mark))


@pytest.mark.parametrize("head", ["销售, 2026-03-01 10:{i:02d}", "销售，2026/3/1 10:{i:02d}:11"])
@pytest.mark.parametrize("mark", [",", "，"])
def test_a_chat_with_as_many_marks_in_each_line_is_one(head: str, mark: str) -> None:
    lines = (f"{head.format(i=i)}\n{p.name}{mark}{p.mobile}\n" for i, p in enumerate(FOLK[:40]))
    assert chat.matches("".join(lines))


@pytest.mark.parametrize("header", ["手机1,手机2,手机3\n", ""])
@pytest.mark.parametrize("width", [1, 2, 3])
def test_columns_of_phones_are_columns(header: str, width: int) -> None:
    rows = [FOLK[start : start + width] for start in range(0, 120, width)]
    title = ",".join(header.strip().split(",")[:width]) + "\n" if header else ""
    text = title + "".join(",".join(p.mobile for p in row) + "\n" for row in rows)
    assert not any(form.matches(text) for form in FORMS)


@pytest.mark.parametrize("header", ["姓名,手机1,手机2,手机3,手机4\n", ""])
def test_four_mobiles_of_one_person_are_of_one(tmp_path: Path, header: str) -> None:
    rows = [FOLK[start : start + 4] for start in range(0, 120, 4)]
    text = header + "".join(",".join([r[0].name, *(p.mobile for p in r)]) + "\n" for r in rows)
    summary = _read(tmp_path, text)
    assert (summary.layout["form"], summary.rows, summary.people) == ("text", 30, 30)


@pytest.mark.parametrize("header", ["主叫号码,被叫号码\n", "caller,callee\n", ""])
def test_callers_and_callees_are_columns(tmp_path: Path, header: str) -> None:
    text = header + "".join(
        f"{one.mobile},{two.mobile}\n" for one, two in zip(FOLK[::2], FOLK[1::2], strict=True)
    )
    summary = _read(tmp_path, text)
    assert (summary.layout["form"], summary.rows) == ("text", 60)
    assert summary.identifiers == {"mobile": 120}
