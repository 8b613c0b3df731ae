from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leaktrace.case import Case, ImportOutcome, import_offers, open_case, read_offers
from leaktrace.case.chain import chain_faults
from leaktrace.case.layout import LEDGER
from leaktrace.case.migrations import NEWEST, SCRIPTS
from leaktrace.case.pricing import amount_in, currency_code, unit_code
from leaktrace.intake.worker import Worker
from tests.case.case_data import write_table

HEADER = (
    "offer_id,seller,seen_at,platform,claimed_kind,claimed_app,claimed_channel,claimed_carrier,"
    "tags,price,price_unit,currency,min_order,batch_id,note"
)
CHINESE = (
    "报价编号,卖家,发现时间,平台,自称类别,自称应用,自称渠道,自称运营商,标签,价格,计价方式,币种,"
    "起订量,批次编号,备注"
)
LINES = (
    ("O1", "老王 13912345678", "2026/3/1", "某群", "网贷", "某贷", "短信", "移动", "大额；有车",
     "0.35", "按条", "人民币", "1万", "B9", "首发"),
    ("O2", "", "2026-03-02 09:30", "", "", "", "", "", "", "1,200元", "total", "", "", "", ""),
)  # fmt: skip


def taken(case: Case, worker: Worker, path: Path) -> ImportOutcome:
    return import_offers(case, path, worker=worker)


def check_lines(case: Case) -> None:
    one, two = read_offers(case)
    assert (one.id, one.seen_at.text, one.claimed_carrier) == ("O1", "2026-03-01", "china-mobile")
    assert (one.price, one.price_unit, one.currency) == (0.35, "per-number", "CNY")
    assert one.tags == ("大额", "有车") and one.batch_id == "B9" and one.note == "首发"
    assert (two.price, two.price_unit, two.currency) == (1200.0, "total", "CNY")
    assert two.seller == "" and two.seen_at.text == "2026-03-02T09:30:00+08:00"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_table_from_chinese_excel(
    case: Case, worker: Worker, tmp_path: Path, encoding: str
) -> None:
    path = write_table(tmp_path / "报价.csv", CHINESE, *LINES, encoding=encoding)
    outcome = taken(case, worker, path)
    assert (outcome.added, outcome.refused, outcome.warnings) == (2, (), ())
    check_lines(case)


def test_a_workbook(case: Case, worker: Worker, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (CHINESE.split(","), *LINES):
        book.active.append(list(row))
    book.save(tmp_path / "报价.xlsx")
    assert taken(case, worker, tmp_path / "报价.xlsx").added == 2
    check_lines(case)


def test_importing_twice_changes_nothing(case: Case, worker: Worker, tmp_path: Path) -> None:
    path = write_table(tmp_path / "OFFERS.csv", HEADER, *LINES)
    taken(case, worker, path)
    before = list(case.ledger.iterdump())
    again = taken(case, worker, path)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert list(case.ledger.iterdump()) == before
    assert [run.command for run in case.runs()] == ["offer import"]


def test_a_changed_line_updates_and_is_logged(case: Case, worker: Worker, tmp_path: Path) -> None:
    taken(case, worker, write_table(tmp_path / "OFFERS.csv", HEADER, *LINES))
    cheaper = (*LINES[0][:9], "0.30", *LINES[0][10:])
    outcome = taken(case, worker, write_table(tmp_path / "OFFERS.csv", HEADER, cheaper, LINES[1]))
    assert (outcome.updated, outcome.unchanged) == (1, 1)
    assert read_offers(case)[0].price == 0.3
    (row,) = case.ledger.execute("SELECT * FROM changes").fetchall()
    assert (row["subject"], row["subject_id"]) == ("offer", "O1")
    before = case.sealer.open(row["before_sealed"], "changes.before")
    assert (before["price"], before["note"]) == (0.35, "首发")
    assert chain_faults(case.ledger, case.key) == []


def test_unknown_columns_are_kept_as_notes(case: Case, worker: Worker, tmp_path: Path) -> None:
    line = ("O1", "甲", "2026-03-01", "n", "群主")
    path = write_table(tmp_path / "OFFERS.csv", "offer_id,seller,seen_at,note,contact", line)
    taken(case, worker, path)
    assert read_offers(case)[0].note == "n; contact: 群主"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"price": "0"}, "price"),
        ({"price": "-1"}, "price"),
        ({"price": "面议"}, "price"),
        ({"price": "0,3"}, "price"),
        ({"price": "1.38E+10"}, "damaged-number"),
        ({"price_unit": "每吨"}, "price-unit"),
        ({"seen_at": ""}, "no-date"),
        ({"seen_at": "2026-02-30"}, "date"),
        ({"offer_id": ""}, "no-id"),
        ({"offer_id": "13912345678"}, "identifier-as-id"),
        ({"batch_id": "13912345678"}, "identifier-as-id"),
        ({"offer_id": "O2"}, "duplicate-id"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_place(
    case: Case, worker: Worker, tmp_path: Path, changed: dict[str, str], code: str
) -> None:
    names = HEADER.split(",")
    line = [changed.get(name, text) for name, text in zip(names, LINES[0], strict=True)]
    outcome = taken(case, worker, write_table(tmp_path / "OFFERS.csv", HEADER, LINES[1], line))
    (refusal,) = outcome.refused
    assert (refusal.code, refusal.row, outcome.added) == (code, 3, 1)
    assert "OFFERS.csv" in refusal.reason and "13912345678" not in refusal.reason
    assert [offer.id for offer in read_offers(case)] == ["O2"]


def test_a_day_to_come_is_doubted(case: Case, worker: Worker, tmp_path: Path) -> None:
    path = write_table(
        tmp_path / "OFFERS.csv", "offer_id,seller,seen_at", ("O1", "甲", "2999-01-01")
    )
    outcome = taken(case, worker, path)
    assert outcome.added == 1 and [one.code for one in outcome.warnings] == ["future"]
    assert [one.subject_id for one in case.warnings()] == ["O1"]


def test_a_table_without_its_columns_is_refused(case: Case, worker: Worker, tmp_path: Path) -> None:
    outcome = taken(case, worker, write_table(tmp_path / "x.csv", "offer_id,price", ("O1", "3")))
    assert outcome.nothing_accepted and not read_offers(case)


def test_nobody_reads_it_from_the_ledger(case: Case, worker: Worker, tmp_path: Path) -> None:
    taken(case, worker, write_table(tmp_path / "OFFERS.csv", HEADER, *LINES))
    written = b"".join(path.read_bytes() for path in case.folder.glob(f"{LEDGER}*"))
    for said in ("老王", "13912345678", "某贷", "大额", "首发"):
        assert said.encode() not in written
    assert "老王" not in repr(read_offers(case)) and "13912345678" not in repr(read_offers(case))


def test_a_case_from_before_there_were_offers(folder: Path, worker: Worker, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folder / LEDGER)) as ledger, ledger:
        with closing(sqlite3.connect(":memory:")) as before:
            before.executescript("".join(SCRIPTS[:3]))
            kept = {row[0] for row in before.execute("SELECT name FROM sqlite_master")}
        names = ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            if name not in kept:
                ledger.execute(f"DROP TABLE {name}")
        ledger.execute("PRAGMA user_version = 3")
    with open_case(folder) as case:
        assert read_offers(case) == ()
        assert taken(case, worker, write_table(tmp_path / "O.csv", HEADER, *LINES)).added == 2
        check_lines(case)
        assert case.ledger.execute("PRAGMA user_version").fetchone()[0] == NEWEST
        assert chain_faults(case.ledger, case.key) == []


def test_prices_units_and_currencies_as_people_write_them() -> None:
    assert amount_in("１２００") == (1200.0, "")
    assert amount_in("1.5万") == (15000.0, "")
    assert amount_in("￥0.3") == (0.3, "")
    assert amount_in("3元") == (3.0, "CNY")
    assert [amount_in(text) for text in ("", "0", "nan", "1e9", "3 4", "约3", "1,20")] == [None] * 7
    assert [unit_code(one) for one in ("", "Per-Number", "打包", "x")] == [
        "", "per-number", "total", None
    ]  # fmt: skip
    assert [currency_code(one) for one in ("rmb", "元", "usdt", "美元")] == [
        "CNY", "CNY", "USDT", "USD"
    ]  # fmt: skip
