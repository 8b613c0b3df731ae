"""Counting people beside the tiers: everyone once, and only the columns that the user names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from leaktrace.case import Case, custody_records, ingest
from leaktrace.case.counting import Counting, count_batches
from leaktrace.case.profiles import shared_features
from leaktrace.case.thresholds import CATEGORIES, category_of, measures
from leaktrace.case.tiering import tier_choices
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.intake.worker import Worker
from tests.case.case_data import csv_bytes, people

HEADER = ("姓名", "手机号", "征信", "住址")


def _ingest(case: Case, worker: Worker, folder: Path, **lists: Sequence[Sequence[str]]) -> None:
    paths = []
    for name, rows in lists.items():
        path = folder / f"{name}.csv"
        path.write_bytes(csv_bytes([HEADER, *rows]))
        paths.append(path)
    assert not ingest(case, paths, worker=worker).refused


@pytest.fixture
def counted_case(case: Case, worker: Worker, tmp_path: Path) -> Case:
    """Ten people in A, three of them with credit; the last four of them and two more in B."""
    who = [(name, mobile) for name, mobile, _ in people(12)]
    one = [(*person, "670" if i < 3 else "", "某路1号") for i, person in enumerate(who[:10])]
    two = [(*person, " ", "某路1号" if i < 1 else "") for i, person in enumerate(who[6:])]
    _ingest(case, worker, tmp_path, A=[*one, one[0]], B=two)
    return case


def _count(case: Case, *tiers: str, **options: object) -> Counting:
    choices = tier_choices(tiers, [batch.id for batch in case.batches()])
    return count_batches(case, tiers=choices, **options)  # type: ignore[arg-type]


def test_without_a_word_everyone_is_unassigned(counted_case: Case) -> None:
    found = _count(counted_case)
    assert [one.counted.people for one in found.batches] == [10, 6]
    assert found.together.people == 12
    assert found.together.identifiers == {"mobile": 12}
    assert found.together.unassigned == 12
    assert found.pieces == {50: 0, 500: 0, 5000: 12}


def test_a_filled_cell_puts_a_person_into_its_tier_once(counted_case: Case) -> None:
    found = _count(counted_case, "征信=credit", "住址=500")
    assert found.batches[0].counted.tiers == {50: 3, 500: 7, 5000: 0}
    assert found.together.categories == {"credit": 3, "tier-500": 10}
    assert found.together.tiers == {50: 3, 500: 7, 5000: 0}
    assert found.together.unassigned == 2
    assert sum(found.pieces.values()) == found.together.people


def test_an_identifiers_own_column_can_be_named(counted_case: Case) -> None:
    assert _count(counted_case, "2=health").together.tiers[500] == 12
    assert _count(counted_case, "B:2=health").together.tiers[500] == 6


def test_each_buyer_counts_for_itself(counted_case: Case) -> None:
    found = _count(counted_case, buyers={"A": "甲", "B": "乙"})
    assert sum(found.pieces.values()) == 10 + 6
    assert found.unsold is not None and found.unsold.people == 0
    # Acquired in A, sold in B: the four of both count once.
    found = _count(counted_case, buyers={"B": "乙"})
    assert sum(found.pieces.values()) == 12
    assert found.unsold is not None and found.unsold.people == 6
    assert sum(_count(counted_case, buyers={"A": "甲", "B": "甲"}).pieces.values()) == 12


def test_another_list_makes_no_batch_smaller(case: Case, worker: Worker, tmp_path: Path) -> None:
    who = [(name, mobile) for name, mobile, _ in people(12)]
    _ingest(case, worker, tmp_path, A=[(*one, "", "") for one in who])
    (tmp_path / "shops.csv").write_bytes(
        csv_bytes([("商户", "手机号"), *(("13700000092", mobile) for _, mobile in who)])
    )
    (tmp_path / "links.csv").write_bytes(
        csv_bytes([("手机一", "手机二"), *((who[i][1], who[i + 1][1]) for i in range(0, 4, 2))])
    )
    for name in ("shops.csv", "links.csv"):
        assert not ingest(case, [tmp_path / name], worker=worker).refused
        found = _count(case)
        own = {one.batch.id: (one.counted.people, one.batch.people) for one in found.batches}
        assert own["A"] == (12, 12)
        assert all(counted == kept for counted, kept in own.values())
    assert own["shops"] == (12, 12)
    # Only what another list shows of two numbers makes them one person, in all lists together.
    assert own["links"] == (2, 2)
    assert found.together.people == 10


def test_thresholds_and_their_halves() -> None:
    whole = {one.rule: one for one in measures({50: 25, 500: 125, 5000: 1250}, proceeds=2500)}
    assert whole["pieces-50"].threshold == 50 and whole["pieces-50"].grave_threshold == 500
    assert whole["proportional-sum"].number == 1.0 and whole["proportional-sum"].ratio == 1.0
    assert whole["proceeds"].ratio == 0.5
    half = {one.rule: one for one in measures({50: 25}, in_duty=True, proceeds=2500)}
    assert [half[rule].ratio for rule in ("pieces-50", "proportional-sum", "proceeds")] == [1] * 3
    assert half["pieces-500"].threshold == 250 and half["pieces-500"].grave_threshold == 2500


def test_categories_by_code_number_and_chinese_name() -> None:
    for code, (_tier, name) in CATEGORIES.items():
        assert category_of(code) == code
        if not code.startswith("tier-"):
            assert category_of(name) == code
    assert category_of("5,000") == "tier-5000"
    assert category_of("通信") is None  # content or records?
    assert category_of("501") is None


def test_what_cannot_be_counted_is_refused(counted_case: Case) -> None:
    with pytest.raises(UsageError, match="病历"):
        _count(counted_case, "病历=health")
    with pytest.raises(UsageError, match="whereabouts"):
        _count(counted_case, "征信=sensitive")
    with pytest.raises(LeaktraceError, match="no batch C"):
        count_batches(counted_case, ["C"])


def test_batches_that_share_a_form_are_named(counted_case: Case) -> None:
    (found,) = [o for o in shared_features(counted_case, "A") if o.feature.code == "columns"]
    assert (found.batches, found.of) == (("B",), 1)


def test_the_stored_list_does_not_hold_the_profile(counted_case: Case) -> None:
    assert counted_case.list_facts("A")["facts"]["profile"]["tables"]
    meta = (counted_case.list_folder("A") / "meta.json").read_text(encoding="utf-8")
    assert "profile" not in meta and "征信" not in meta


def test_rows_of_widely_known_numbers_count_nobody(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    who = [(name, mobile, "", "") for name, mobile, _ in people(8)]
    hotlines = [("某公司", f"400-123-{4000 + i}", "", "") for i in range(3)]
    both = [("某银行", f"95588 {who[0][1]}", "", "")]
    _ingest(case, worker, tmp_path, A=[*hotlines, *who], B=[*who[:2], hotlines[0], *both])
    found = _count(case)
    assert [(one.counted.people, one.counted.nobodies) for one in found.batches] == [(8, 3), (2, 1)]
    assert (found.together.people, found.together.nobodies) == (8, 4)
    assert [one.batch.identified_rows for one in found.batches] == [11, 4]
    sold = _count(case, buyers={"A": "甲"})
    assert sold.buyers[0].counted.nobodies == 3
    assert sold.unsold is not None and sold.unsold.nobodies == 1


def test_a_foot_counts_nobody_and_is_noted(case: Case, worker: Worker, tmp_path: Path) -> None:
    who = [(name, mobile, "670", "某路1号") for name, mobile, _ in people(8)]
    _ingest(case, worker, tmp_path, A=[*who, ("联系电话", "13712345678", "", "")])
    found = _count(case)
    assert (found.together.people, found.together.nobodies) == (8, 0)
    assert found.together.identifiers == {"mobile": 9}
    facts = case.list_facts("A")
    assert facts["counts"][0]["margins"] == [{"row": 9, "reason": "contact"}]
    assert any(one["code"] == "margins" for one in facts["warnings"])
    (record,) = custody_records(case, ["A"])
    assert [table.margins for table in record.tables] == [facts["counts"][0]["margins"]]
