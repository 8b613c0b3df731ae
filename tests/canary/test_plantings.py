from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from leaktrace.canary import import_plantings
from leaktrace.case import Case, ImportOutcome, import_sources, ingest
from leaktrace.intake.worker import Worker
from leaktrace.messages import choose_language

HEADER = "canary_id,source_id,planted_at,mobile,name,id_number,email,address"
ID_GOOD = "310104198805123455"


def write(path: Path, *lines: Sequence[str], header: str = HEADER, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header.split(","), *lines])
    return path


def padded(*values: str) -> tuple[str, ...]:
    return (*values, *[""] * (len(HEADER.split(",")) - len(values)))


@pytest.fixture
def sources(case: Case, worker: Worker, tmp_path: Path) -> Case:
    lines = (("S01", "a", "agency", ""), ("S02", "b", "dental", ""))
    path = write(tmp_path / "SOURCES.csv", *lines, header="id,name,kind,population")
    assert import_sources(case, path, worker=worker).added == 2
    return case


def taken(case: Case, worker: Worker, tmp_path: Path, *lines: Sequence[str]) -> ImportOutcome:
    return import_plantings(case, write(tmp_path / "PLANTINGS.csv", *lines), worker=worker)


def test_plantings_are_recorded(sources: Case, worker: Worker, tmp_path: Path) -> None:
    outcome = taken(
        sources,
        worker,
        tmp_path,
        padded("C001", "S01", "2026-03-01", "137-6123-4098", "白晨曦", ID_GOOD),
        padded("C001", "S02", "2026-03-02 09:30", "", "", "", "bai@example.org"),
        padded("C002", "", "2026-03-01", "13761234099"),
        padded("C003", "", "", "13761234100"),
    )
    assert (outcome.added, outcome.refused) == (4, ())
    one, two, three = sources.canaries()
    assert [(item.source, item.planted_at.text) for item in one.plantings] == [
        ("S01", "2026-03-01"),
        ("S02", "2026-03-02T09:30:00+08:00"),
    ]
    assert one.plantings[0].planted_at.latest - one.plantings[0].planted_at.earliest == 86399
    assert set(one.tokens) == {
        "mobile",
        "id_number",
        "email",
        "mobile_masked",
        "id_number_masked",
        "name_mobile_masked",
        "name_last4",
    }
    assert set(two.tokens) == {"mobile", "mobile_masked"}
    assert two.plantings[0].source is None and three.plantings[0].planted_at.text == ""
    assert one.region > 0 and one.carrier > 0
    assert sources.reveal_canary("C001") == {
        "mobile": "137-6123-4098",
        "name": "白晨曦",
        "id_number": ID_GOOD,
        "email": "bai@example.org",
    }


def test_a_canary_shows_in_a_list_that_holds_it_plain_or_masked(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    line = padded("C001", "S01", "2026-03-01", "13761234098", "白晨曦", ID_GOOD, "bai@example.org")
    taken(sources, worker, tmp_path, line)
    plain = [("白晨曦", "+86 137 6123 4098", ID_GOOD, "BAI@example.org")]
    masked = [("白晨曦", "137****4098", "310104********3455", "")]
    others = [
        (f"赵{name}", f"1391234{at:04d}", "", f"x{at}@example.org")
        for at, name in enumerate("安博文晨华恩泽方舟谷海棠嘉禾行")
    ]
    header = "姓名,手机号,身份证号,邮箱"
    write(tmp_path / "plain.csv", *others, *plain, header=header)
    masked_others = [
        (name, number[:3] + "****" + number[7:], "", "") for name, number, *_ in others
    ]
    write(tmp_path / "masked.csv", *masked_others, *masked, header=header)
    lists = [tmp_path / "plain.csv", tmp_path / "masked.csv"]
    assert ingest(sources, lists, worker=worker).refused == ()
    (canary,) = sources.canaries()
    for batch, kinds in (
        ("plain", set(canary.tokens)),
        ("masked", {"mobile_masked", "id_number_masked", "name_mobile_masked", "name_last4"}),
    ):
        index = sources.held_batch(batch).index
        shown = {
            kind
            for kind, tokens in canary.tokens.items()
            if kind in index and np.isin(np.array(tokens, np.uint64), index[kind].tokens).all()
        }
        assert shown == kinds, batch


def test_importing_twice_changes_nothing(sources: Case, worker: Worker, tmp_path: Path) -> None:
    lines = (
        padded("C001", "S01", "2026-03-01", "13761234098"),
        padded("C2", "", "", "13761234099"),
    )
    taken(sources, worker, tmp_path, *lines)
    before = list(sources.ledger.iterdump())
    outcome = taken(sources, worker, tmp_path, *lines)
    assert (outcome.added, outcome.unchanged, outcome.refused) == (0, 2, ())
    assert list(sources.ledger.iterdump()) == before


def test_a_known_canary_may_be_planted_elsewhere(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    taken(sources, worker, tmp_path, padded("C001", "S01", "2026-03-01", "13761234098"))
    outcome = taken(sources, worker, tmp_path, padded("C001", "S02", "2026-04-01"))
    assert (outcome.added, outcome.refused) == (1, ())
    assert len(sources.canaries()[0].plantings) == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (padded("C001", "S01", "2026-03-02"), "changed-planting"),
        (padded("C001", "S02", "2026-03-02", "13761234000"), "changed-identity"),
        (padded("C001", "S02", "2026-03-02", "", "", "", "new@example.org"), "changed-identity"),
        (padded("C001", "", "2026-03-02"), "planted-control"),
        (padded("C000", "S01", "2026-03-02"), "planted-control"),
        (padded("C009", "S09", "2026-03-02", "13761234001"), "unknown-source"),
        (padded("C009", "S01", "2026-02-30", "13761234001"), "date"),
        (padded("C009", "S01", "", "13761234001"), "no-date"),
        (padded("C009", "S01", "2026-03-02", "1.37612E+10"), "damaged-number"),
        (padded("C009", "S01", "2026-03-02", "137612340"), "not-recognised"),
        (padded("C009", "S01", "2026-03-02", "13800138000"), "well-known"),
        (padded("C009", "S01", "2026-03-02", "4008123123"), "well-known"),
        (padded("C009", "S01", "2026-03-02", "", "白晨曦"), "no-identifier"),
        (padded("C009", "S01", "2026-03-02", "", "", "310104198805123450"), "no-identifier"),
        (padded("C009", "S01", "2026-03-02", "", "", "", "not an address"), "not-recognised"),
        (padded("", "S01", "2026-03-02", "13761234001"), "no-id"),
        (padded("13761234001", "S01", "2026-03-02", "13761234001"), "identifier-as-id"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_the_rest_goes_on(
    sources: Case, worker: Worker, tmp_path: Path, line: tuple[str, ...], code: str
) -> None:
    taken(
        sources,
        worker,
        tmp_path,
        padded("C000", "", "2026-03-01", "13761234097"),
        padded("C001", "S01", "2026-03-01", "13761234098"),
    )
    rest = padded("C002", "S02", "2026-03-01", "13761234099")
    outcome = taken(sources, worker, tmp_path, line, rest)
    (refusal,) = outcome.refused
    assert (outcome.added, refusal.code, refusal.row) == (1, code, 2)
    assert "\n" not in refusal.reason and "row 2" in refusal.reason
    for field in line[3:]:
        assert not field or field not in refusal.reason
    assert [canary.id for canary in sources.canaries()] == ["C000", "C001", "C002"]


def test_lines_that_disagree_on_a_canary(sources: Case, worker: Worker, tmp_path: Path) -> None:
    outcome = taken(
        sources,
        worker,
        tmp_path,
        padded("C001", "S01", "2026-03-01", "13761234098", "白晨曦"),
        padded("C001", "S02", "2026-03-01", "137 6123 4098", "白 晨曦"),
        padded("C001", "", "2026-03-01", "13761234098", "黑晨曦"),
    )
    assert outcome.added == 2
    assert [(one.code, one.row) for one in outcome.refused] == [("changed-identity", 4)]


def test_what_is_doubtful_is_taken_with_a_warning(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    outcome = taken(
        sources,
        worker,
        tmp_path,
        padded("C001", "S01", "2026-03-01", "13761234098", "", "310104198805123450"),
        padded("C002", "S02", "2026-03-01", "13761234098", "白晨曦"),
    )
    assert outcome.added == 2
    assert [warning.code for warning in outcome.warnings] == ["suspect-id", "shared-identifier"]
    assert [(one.subject_id, one.code) for one in sources.warnings()] == [
        ("C001", "suspect-id"),
        ("C002", "shared-identifier"),
    ]


def test_a_table_from_chinese_excel(sources: Case, worker: Worker, tmp_path: Path) -> None:
    path = write(
        tmp_path / "投放.csv",
        ("C001", "S01", "2026/3/1", '="13761234098"', "白晨曦"),
        header="金丝雀编号,来源编号,投放时间,手机号,姓名",
        encoding="gb18030",
    )
    assert import_plantings(sources, path, worker=worker).added == 1
    assert "name_mobile_masked" in sources.canaries()[0].tokens


def test_a_failure_half_way_leaves_the_case(
    sources: Case, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leaktrace.canary import roster

    before = list(sources.ledger.iterdump())
    calls: list[int] = []
    write_one = roster.Roster._write_planting

    def fail(self: roster.Roster, line: roster.PlantingLine) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        write_one(self, line)

    monkeypatch.setattr(roster.Roster, "_write_planting", fail)
    lines = [padded(f"C{at}", "S01", "2026-03-01", f"1376123409{at}") for at in range(3)]
    with pytest.raises(RuntimeError):
        taken(sources, worker, tmp_path, *lines)
    assert list(sources.ledger.iterdump()) == before and sources.canaries() == ()


def test_a_second_source_is_taken_with_a_warning(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    first = padded("C001", "S01", "2026-03-01", "13761234098")
    second = padded("C001", "S02", "2026-03-02")
    assert taken(sources, worker, tmp_path, first).warnings == ()
    (warning,) = taken(sources, worker, tmp_path, first, second).warnings
    assert warning.code == "several-sources"
    assert "C001" in warning.text and "S01, S02" in warning.text
    assert taken(sources, worker, tmp_path, first, second).warnings == ()


def test_a_chinese_message_names_the_header_that_is_there(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    choose_language("zh")
    lines = (("C1", "S09", "2026-03-01", "13761234098"), ("C2", "S01", "2026-03-01", "150"))
    path = write(tmp_path / "投放.csv", *lines, header="蜜标编号,投放来源,投放日期,联系电话")
    first, second = import_plantings(sources, path, worker=worker).refused
    assert "投放来源" in first.reason and "source_id" not in first.reason
    assert "联系电话" in second.reason and "mobile" not in second.reason


def test_a_mailbox_alone_is_a_canary(sources: Case, worker: Worker, tmp_path: Path) -> None:
    line = padded("C001", "S01", "2026-03-01", "", "", "", "bai@example.org")
    assert taken(sources, worker, tmp_path, line).added == 1
    (canary,) = sources.canaries()
    assert (set(canary.tokens), canary.carrier, canary.region) == ({"email"}, 0, 0)
