from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.canary import import_plantings
from leaktrace.canary.pool import import_numbers, read_pool, states
from leaktrace.canary.pool.lines import number_line
from leaktrace.canary.pool.reading import read_entry
from leaktrace.case import Case, ImportOutcome
from leaktrace.case.chain import chain_faults
from leaktrace.case.lines import LineRefused
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.intake.tables import TableRow
from leaktrace.intake.worker import Worker
from leaktrace.times import read_moment
from tests.canary.pool.pooldata import HEADER, mobile, number, write


def taken(case: Case, worker: Worker, folder: Path, *lines: list[str]) -> ImportOutcome:
    return import_numbers(case, write(folder / "NUMBERS.csv", *lines), worker=worker)


def test_numbers_come_in_with_their_quarantine(case: Case, worker: Worker, tmp_path: Path) -> None:
    outcome = taken(
        case,
        worker,
        tmp_path,
        number("N1", mobile(1), custodian="王五", acquired_at="2024-01-01", cost="19元"),
        number("N2", mobile(2), acquired_at="2024-01-01", quarantine_until="2024-02-01"),
        number("M1", "box@example.org", acquired_at="2024-01-01"),
        number("A1", "上海市 长宁路1号", kind="address", acquired_at="2024-01-01"),
        number("L1", "021-62345678", acquired_at="2024-01-01"),
    )
    assert (outcome.added, outcome.refused) == (5, ())
    assert {one.id: one.kind for one in read_pool(case)} == {
        "N1": "mobile", "N2": "mobile", "M1": "email", "A1": "address", "L1": "landline",
    }  # fmt: skip
    (first,) = (one for one in read_pool(case) if one.id == "N1")
    assert (first.custodian, first.cost, first.value) == ("王五", 19.0, mobile(1))
    assert mobile(1) not in repr(first) and "王五" not in repr(first)
    early, middle = (states(case, read_moment(day)) for day in ("2024-01-15", "2024-02-15"))
    assert {name: state.code for name, state in early.items()} == {
        "N1": "quarantined", "N2": "quarantined", "M1": "free", "A1": "free", "L1": "quarantined",
    }  # fmt: skip
    assert (middle["N1"].code, middle["N2"].code) == ("quarantined", "free")
    assert states(case)["N1"].since.text == "2024-03-31"
    assert states(case, read_moment("2023-01-01")) == {}
    assert chain_faults(case.ledger, case.key) == []


def test_nothing_of_a_number_stands_in_plain(
    case: Case, folder: Path, worker: Worker, tmp_path: Path
) -> None:
    taken(case, worker, tmp_path, number("N1", mobile(1), custodian="王五", note="抽屉"))
    dump = "\n".join(sqlite3.connect(folder / "leaktrace.sqlite").iterdump())
    for secret in (mobile(1), "王五", "抽屉"):
        assert secret not in dump
        assert secret.encode().hex().upper() not in dump.upper()


def test_bad_lines_are_refused_by_row_and_never_by_value(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    outcome = taken(
        case,
        worker,
        tmp_path,
        number("", mobile(1)),
        number(mobile(2), mobile(2)),
        number("N3", ""),
        number("N4", "7654321098"),
        number("N5", f"{mobile(5)} {mobile(6)}"),
        number("N7", mobile(7), kind="email"),
        number("N8", mobile(8), kind="fax"),
        number("N9", mobile(9), acquired_at="2024-02-30"),
        number("N10", mobile(10), acquired_at="2999-01-01"),
        number("N11", mobile(11), cost="cheap"),
        number("N12", "1.38E+10"),
        number("N13", "13800138000"),
        number("N14", "021-62345678", kind="mobile"),
        number("N20", mobile(20)),
        number("N20", mobile(21)),
        number("N22", mobile(20)[:3] + "-" + mobile(20)[3:]),
    )
    assert outcome.added == 1
    assert [(one.row, one.code) for one in outcome.refused] == [
        (2, "no-id"),
        (3, "identifier-as-id"),
        (4, "no-value"),
        (5, "not-recognised"),
        (6, "several-numbers"),
        (7, "not-recognised"),
        (8, "kind"),
        (9, "date"),
        (10, "future"),
        (11, "cost"),
        (12, "damaged-number"),
        (13, "well-known"),
        (14, "other-kind"),
        (16, "duplicate-id"),
        (17, "number-taken"),
    ]
    for one in outcome.refused:
        assert mobile(0)[:7] not in one.reason and "7654321098" not in one.reason


def test_again_changes_nothing_and_news_only_add_to_the_history(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    line = {"custodian": "王五", "acquired_at": "2024-01-01", "contract_end": "2030-01-01"}
    taken(case, worker, tmp_path, number("N1", mobile(1), **line))
    runs = len(case.runs())
    assert taken(case, worker, tmp_path, number("N1", mobile(1), **line)).unchanged == 1
    assert len(case.runs()) == runs
    before = read_entry(case, "N1").history
    news = line | {"custodian": "李四", "contract_end": "2031-01-01", "carrier": "移动"}
    assert taken(case, worker, tmp_path, number("N1", mobile(1), **news)).updated == 1
    entry = read_entry(case, "N1")
    assert entry.history[: len(before)] == before
    assert [one.what for one in entry.history] == ["taken", "handed", "extended"]
    assert (entry.number.custodian, entry.number.carrier) == ("李四", "移动")
    assert entry.number.contract_end == read_moment("2031-01-01")
    # What the table does not repeat is not taken back.
    assert taken(case, worker, tmp_path, number("N1", mobile(1), carrier="移动")).unchanged == 1
    for wrong, code in (
        (number("N1", mobile(2)), "changed-number"),
        (number("N1", mobile(1), acquired_at="2023-01-01"), "changed-history"),
        (number("N2", mobile(1)), "number-taken"),
    ):
        (refused,) = taken(case, worker, tmp_path, wrong).refused
        assert refused.code == code and mobile(0)[:7] not in refused.reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_chinese_tables_in_any_encoding(
    case: Case, worker: Worker, tmp_path: Path, encoding: str
) -> None:
    header = ("编号", "号码", "类别", "保管人", "取得日期", "月租")
    path = write(
        tmp_path / "号码.csv",
        ("N1", mobile(1), "手机", "王五", "2024/1/1", "¥19"),
        ("A1", "长宁路1号", "地址", "王五", "2024/1/1", ""),
        header=header,
        encoding=encoding,
    )
    assert import_numbers(case, path, worker=worker).added == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 64, b"PK\x03\x04broken", b"number_id\nN1\n", b"a,b\n1,2\n", b"\xff\xfe\x00"],
)
def test_a_file_that_is_no_such_table_changes_nothing(
    case: Case, worker: Worker, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "NUMBERS.csv"
    path.write_bytes(content)
    outcome = import_numbers(case, path, worker=worker)
    assert outcome.nothing_accepted and len(outcome.refused) == 1
    assert case.runs() == ()


def test_formulas_and_line_ends_in_cells_are_only_text(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = tmp_path / "NUMBERS.csv"
    rows = [",".join(HEADER), f'N1,="{mobile(1)}",,=cmd|x,@y,,,,,,,"a\nb"']
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    outcome = import_numbers(case, path, worker=worker)
    assert outcome.added == 1
    assert read_pool(case)[0].value == mobile(1)


def test_canaries_are_linked_whichever_comes_first(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    header = ("canary_id", "source_id", "planted_at", "mobile", "email", "address")
    first = write(tmp_path / "P1.csv", ("C1", "", "", mobile(1), "", "长宁路 1号"), header=header)
    import_plantings(case, first, worker=worker)
    taken(
        case,
        worker,
        tmp_path,
        number("N1", mobile(1), acquired_at="2024-01-01"),
        number("N2", mobile(2), acquired_at="2024-01-01"),
        number("M2", "Box@example.org", acquired_at="2024-01-01"),
        number("A1", "长宁路1号", kind="address", acquired_at="2024-01-01"),
    )
    second = write(
        tmp_path / "P2.csv",
        ("C2", "", "2024-06-01", mobile(2), "box@EXAMPLE.org", ""),
        ("C3", "", "2024-06-01", mobile(3), "", ""),
        header=header,
    )
    import_plantings(case, second, worker=worker)
    rows = case.ledger.execute("SELECT canary, number FROM canary_numbers ORDER BY 1, 2")
    found = [tuple(row) for row in rows]
    assert found == [("C1", "A1"), ("C1", "N1"), ("C2", "M2"), ("C2", "N2")]
    assert [read_entry(case, one).standing.base for one in ("N1", "M2")] == ["control"] * 2  # type: ignore[union-attr]
    assert states(case, read_moment("2024-05-01"))["N2"].code == "free"
    assert states(case, read_moment("2024-06-02"))["N2"].code == "control"
    assert chain_faults(case.ledger, case.key) == []


_CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        (mobile(1), f"+86 {mobile(2)}", "box@example.org", "021-62345678", "2024-01-01", "19元", "")
    ),
)


@given(st.lists(_CELLS, min_size=len(HEADER), max_size=len(HEADER)))
def test_any_cells_are_understood_or_refused_without_being_repeated(cells: list[str]) -> None:
    key = Key(bytes(range(32)))
    row = TableRow(2, dict(zip(HEADER, cells, strict=True)), {})
    try:
        line = number_line(row, Tokeniser(key), key)
    except LineRefused as refused:
        assert not re.search(r"1[3-9][0-9]{9}|@|62345678", refused.reason)
    else:
        assert len(line.tokens) == 1 and line.kind in ("mobile", "landline", "email", "address")


def test_a_mistyped_header_is_told_and_its_day_may_be_said_later(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    lines = [("N1", mobile(1), "2024-01-01"), ("N2", mobile(2), "2024-02-01")]
    wrong = write(tmp_path / "W.csv", *lines, header=("number_id", "value", "启用日期"))
    outcome = import_numbers(case, wrong, worker=worker)
    (warning,) = outcome.warnings
    assert (warning.code, outcome.added) == ("unknown-column", 2) and "启用日期" in warning.text
    assert {one.code for one in states(case).values()} == {"quarantined"}
    late = [number("N1", mobile(1), acquired_at="2999-01-01")]
    assert [one.code for one in taken(case, worker, tmp_path, *late).refused] == ["future"]
    header = ("number_id", "value", "acquired_at")
    right = write(tmp_path / "R.csv", *lines, header=header)
    outcome = import_numbers(case, right, worker=worker)
    assert (outcome.updated, outcome.refused, outcome.warnings) == (2, (), ())
    assert {name: one.since.text for name, one in states(case).items()} == {
        "N1": "2024-03-31", "N2": "2024-05-01",
    }  # fmt: skip
    assert states(case, read_moment("2024-01-15"))["N1"].code == "quarantined"
    assert import_numbers(case, right, worker=worker).unchanged == 2
    assert [one.what for one in read_entry(case, "N1").history] == ["taken"]
    # What was said once stays.
    (refused,) = taken(
        case, worker, tmp_path, number("N1", mobile(1), acquired_at="2024-01-02")
    ).refused
    assert refused.code == "changed-history"
    assert chain_faults(case.ledger, case.key) == []
