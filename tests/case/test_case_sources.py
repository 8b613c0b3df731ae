from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.case import Case, ImportOutcome, import_sources
from leaktrace.case.records import SOURCE_KINDS
from leaktrace.case.sourcekinds import kind_code
from leaktrace.intake.worker import Worker
from leaktrace.messages import choose_language
from tests.case.case_data import write_table

HEADER = "id,name,kind,population,opened_at,closed_at,access,processors,recipients,own_numbers,note"
CHINESE = "编号,名称,类别,人数,开始,结束,公开,受托处理方,接收方,自有号码,备注"
LINES = (
    ("S01", "滨江一号售楼处", "售楼", "12,000", "2025/3/1", "", "受限", "甲公司；乙公司", "",
     "02151234567", "样板间"),
    ("S02", "企业年报公示", "年报", "1.2万", "", "", "公开", "", "", "", ""),
    ("S03", "物业", "物业", "", "2024-01-01", "2026-01-01", "", "", "丙公司", "", ""),
)  # fmt: skip


def taken(case: Case, worker: Worker, path: Path) -> ImportOutcome:
    return import_sources(case, path, worker=worker)


def check_lines(case: Case) -> None:
    one, two, three = case.sources()
    assert (one.kind, two.kind, three.kind) == (
        "property-sale",
        "annual-report",
        "property-management",
    )
    assert (one.population, two.population, three.population) == (12000, 12000, None)
    assert (one.access, two.access, three.access) == ("restricted", "public", "restricted")
    assert one.opened_at is not None and one.opened_at.text == "2025-03-01"
    assert one.processors == ("甲公司", "乙公司") and three.recipients == ("丙公司",)
    assert one.own_numbers == ("02151234567",) and one.note == "样板间"
    assert one.kind_as_written == "售楼"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_table_from_chinese_excel(
    case: Case, worker: Worker, tmp_path: Path, encoding: str
) -> None:
    path = write_table(tmp_path / "来源.csv", CHINESE, *LINES, encoding=encoding)
    outcome = taken(case, worker, path)
    assert (outcome.added, outcome.refused, outcome.warnings) == (3, (), ())
    check_lines(case)


def test_a_workbook(case: Case, worker: Worker, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (CHINESE.split(","), *LINES):
        book.active.append(list(row))
    book.save(tmp_path / "来源.xlsx")
    assert taken(case, worker, tmp_path / "来源.xlsx").added == 3
    check_lines(case)


def test_importing_twice_changes_nothing(case: Case, worker: Worker, tmp_path: Path) -> None:
    path = write_table(tmp_path / "SOURCES.csv", HEADER, *LINES)
    taken(case, worker, path)
    before = list(case.ledger.iterdump())
    again = taken(case, worker, path)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)
    assert list(case.ledger.iterdump()) == before
    assert [run.command for run in case.runs()] == ["source import"]


def test_a_changed_line_updates_and_is_logged(case: Case, worker: Worker, tmp_path: Path) -> None:
    taken(case, worker, write_table(tmp_path / "SOURCES.csv", HEADER, *LINES))
    changed = [list(line) for line in LINES]
    changed[1][3] = "15000"
    outcome = taken(case, worker, write_table(tmp_path / "SOURCES.csv", HEADER, *changed))
    assert (outcome.updated, outcome.unchanged) == (1, 2)
    assert case.sources()[1].population == 15000
    (row,) = case.ledger.execute("SELECT * FROM changes").fetchall()
    assert (row["subject"], row["subject_id"]) == ("source", "S02")
    assert case.sealer.open(row["before_sealed"], "changes.before")["population"] == 12000
    assert case.sealer.open(row["after_sealed"], "changes.after")["population"] == 15000


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("S09", "x", "agency", "many"), "population"),
        (("S09", "x", "agency", "-5"), "population"),
        (("S09", "x", "agency", "0"), "population"),
        (("S09", "x", "agency", "1.38E+10"), "damaged-number"),
        (("S09", "x", "agency", "5", "2026-02-30"), "date"),
        (("S09", "x", "agency", "5", "2026-02-02", "2025-01-01"), "date"),
        (("S09", "x", "agency", "5", "", "", "perhaps"), "access"),
        (("", "x", "agency", "5"), "no-id"),
        (("13812345679", "x", "agency", "5"), "identifier-as-id"),
        (("S03", "again", "agency", "5"), "duplicate-id"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_the_rest_goes_on(
    case: Case, worker: Worker, tmp_path: Path, line: tuple[str, ...], code: str
) -> None:
    rest = ("",) * (len(HEADER.split(",")) - len(line))
    path = write_table(tmp_path / "SOURCES.csv", HEADER, *LINES, (*line, *rest))
    outcome = taken(case, worker, path)
    (refusal,) = outcome.refused
    assert (outcome.added, refusal.code, refusal.row) == (3, code, 5)
    assert "row 5" in refusal.reason and "\n" not in refusal.reason
    assert "13812345679" not in refusal.reason
    assert not outcome.nothing_accepted


def test_an_unknown_kind_is_kept_and_treated_as_other(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_table(tmp_path / "SOURCES.csv", "id,name,kind,population", ("S1", "x", "spa", ""))
    outcome = taken(case, worker, path)
    (source,) = case.sources()
    assert (source.kind, source.kind_as_written) == ("other", "spa")
    assert [warning.code for warning in outcome.warnings] == ["unknown-kind"]
    assert [(one.subject, one.subject_id, one.code) for one in case.warnings()] == [
        ("source", "S1", "unknown-kind")
    ]


def test_unknown_columns_are_kept_as_notes(case: Case, worker: Worker, tmp_path: Path) -> None:
    path = write_table(
        tmp_path / "SOURCES.csv",
        "id,name,kind,population,note,contact",
        ("S1", "x", "other", "", "old", "desk 3"),
    )
    taken(case, worker, path)
    assert case.sources()[0].note == "old; contact: desk 3"


def test_a_file_that_is_no_such_table_is_refused(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    for name, content in (
        ("missing.csv", None),
        ("empty.csv", b""),
        ("other.csv", b"a,b\n1,2\n"),
        ("SOURCES.xlsx", b"PK\x03\x04 cut off"),
        ("binary.csv", bytes(range(256)) * 20),
    ):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        outcome = taken(case, worker, tmp_path / name)
        assert outcome.nothing_accepted and len(outcome.refused) == 1, name
        assert "\n" not in outcome.refused[0].reason
    assert case.sources() == () and case.runs() == ()


def test_every_kind_has_its_code() -> None:
    assert {kind_code(kind) for kind in SOURCE_KINDS} == set(SOURCE_KINDS)
    for word, code in (
        ("看房", "property-viewing"),
        ("贷款APP", "loan-app"),
        ("Loan App", "loan-app"),
        ("中介 ", "agency"),
        ("annual_report", "annual-report"),
    ):
        assert kind_code(word) == code
    assert kind_code("水疗") is None


def test_a_chinese_message_names_the_header_that_is_there(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    header = "编号,名称,类型,登记人数,关闭时间"
    lines = (("S1", "甲", "物业", "很多", ""), ("S2", "乙", "物业", "", "2026-02-30"))
    path = write_table(tmp_path / "来源.csv", header, *lines, encoding="gbk")
    choose_language("zh")
    first, second = taken(case, worker, path).refused
    assert "登记人数" in first.reason and "population" not in first.reason
    assert "关闭时间" in second.reason and "closed_at" not in second.reason


def test_an_unknown_kind_is_answered_with_the_known_ones(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_table(tmp_path / "SOURCES.csv", "id,name,kind,population", ("S1", "x", "spa", ""))
    (warning,) = taken(case, worker, path).warnings
    assert "property-viewing, property-sale" in warning.text
    choose_language("zh")
    (warning,) = taken(case, worker, path).warnings
    assert "看房 (property-viewing)" in warning.text
