from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leaktrace.canary.planning import (
    FORMS,
    Assumed,
    LeakAssumed,
    Means,
    PlannedSource,
    allot,
    make_plan,
    plan_csv,
    plan_lines,
    planned_sources,
    read_plan,
    read_planned_sources,
    source_powers,
)
from leaktrace.canary.planning.forecast import named_chance
from leaktrace.canary.planning.power import Leak, least_hits
from leaktrace.case.records import Source
from leaktrace.errors import LeaktraceError
from leaktrace.intake.worker import Worker

LAWFUL = {2: "company", 5: "bank"}
SOURCES = tuple(
    PlannedSource(f"S{at:02}", population=1_000 * (at + 1), lawful=LAWFUL.get(at, ""))
    for at in range(12)
)
NUMBERS = tuple(f"N{at:02}" for at in range(20))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("pool", [8, 12, 20])
def test_lawful_sources_share_no_number_and_limits_are_kept(form: str, pool: int) -> None:
    made = allot(form, SOURCES, NUMBERS[:pool], registrations=40, seed=3)
    if made is None:
        assert form == "own" and pool < len(SOURCES)
        return
    assert made.registrations <= 40
    assert (made.code.sum(axis=1) >= 1).all()
    for at in LAWFUL:
        assert made.code[:, made.code[at]].sum(axis=0).max() == 1
    assert made.used <= pool and len(made.pairs()) == made.registrations


def test_own_numbers_are_shared_by_nobody_and_a_hybrid_has_some_of_both() -> None:
    own, hybrid = (allot(form, SOURCES, NUMBERS) for form in ("own", "hybrid"))
    assert own is not None and own.code.sum(axis=0).max() == 1
    assert hybrid is not None
    load = hybrid.code.sum(axis=0)
    assert (load == 1).sum() >= 12 and load.max() > 1


def test_the_same_seed_gives_the_same_plan_and_another_does_not() -> None:
    first, again, other = (allot("code", SOURCES, NUMBERS, seed=seed) for seed in (1, 1, 2))
    assert first and again and other
    assert first.pairs() == again.pairs() != other.pairs()


def test_controls_are_drawn_from_the_pool_and_never_planted() -> None:
    means = Means(NUMBERS, controls=6)
    plan = make_plan(SOURCES, means, trials=3, seed=4)
    assert len(plan.controls) == 6
    assert not set(plan.controls) & {number for number, _source in plan.allotment.pairs()}
    assert plan.controls != make_plan(SOURCES, means, trials=3, seed=5).controls
    assert plan.to_json() == make_plan(SOURCES, means, trials=3, seed=4).to_json()
    assert list(plan.to_frame()["source"]) == [one.id for one in SOURCES]


def test_numbers_bought_together_are_planted_apart() -> None:
    numbers = tuple(f"N{at:03}" for at in range(36))
    plan = make_plan(SOURCES, Means(numbers), trials=1, form="own")
    held = [[int(number[1:]) for number, source in plan.allotment.pairs() if source == one.id]
            for one in SOURCES]  # fmt: skip
    assert sorted(one for each in held for one in each) == list(range(36))
    assert sum(each[2] - each[0] == 2 for each in held) <= 1


def test_the_best_alternative_is_chosen() -> None:
    plan = make_plan(SOURCES, Means(NUMBERS), assumed=Assumed(leaks=1, missing=0.1), trials=12)
    exact = {one.form: one.naming.chance for one in plan.alternatives if one.naming}
    assert plan.chosen.naming
    assert exact[plan.chosen.form] >= max(exact.values()) - plan.chosen.naming.error * 2
    assert exact[plan.chosen.form] > 0.7


class Counting:
    """A progress observer that counts."""

    def __init__(self) -> None:
        self.total = self.done = self.ended = 0

    def begin(self, task: str, total: int | None = None) -> None:
        self.total = total or 0

    def advance(self, amount: int = 1) -> None:
        self.done += amount

    def end(self) -> None:
        self.ended += 1


def test_codes_are_tried_with_fewer_registrations_while_they_name_as_well() -> None:
    numbers, counting = tuple(f"N{at:03}" for at in range(80)), Counting()
    sources = tuple(PlannedSource(f"S{at}", population=20_000) for at in range(10))
    plan = make_plan(sources, Means(numbers), assumed=Assumed(1, 0.1), trials=4, progress=counting)
    codes = [one.registrations for one in plan.alternatives if one.form == "code"]
    assert codes == [400, 200, 100, 50]
    assert counting.done == counting.total == 4 * 6 and counting.ended == 1
    # Few numbers a source name as well, but often miss a leak of a quarter of its rows.
    assert {one.naming.exact for one in plan.alternatives if one.naming} == {4}
    unseen = {one.registrations: len(one.failing(0.95)) for one in plan.alternatives}
    assert unseen[50] == unseen[80] == unseen[100] == 10 and unseen[200] == 0
    assert plan.chosen.registrations == 200
    assert [one["chosen"] for one in plan.to_json()["alternatives"]].count(True) == 1


def test_a_budget_limits_registrations() -> None:
    means = Means(NUMBERS, budget=320, number_cost=10, registration_cost=5)
    plan = make_plan(SOURCES, means, trials=2)
    assert plan.allotment.registrations <= 24 and plan.chosen.cost <= 320
    with pytest.raises(LeaktraceError, match="registrations are too few"):
        make_plan(SOURCES, Means(NUMBERS, budget=210, number_cost=10, registration_cost=5))


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(LeaktraceError, match="numbers are too few"):
        make_plan(SOURCES, Means(NUMBERS[:2]), trials=1)
    with pytest.raises(LeaktraceError, match="no source"):
        make_plan((), Means(NUMBERS))
    with pytest.raises(LeaktraceError, match="none to plant"):
        make_plan(SOURCES, Means(NUMBERS, controls=20))


def test_a_small_leak_of_a_large_source_is_said_to_be_out_of_reach() -> None:
    large = PlannedSource("big", population=2_000_000)
    plan = make_plan((large, SOURCES[0]), Means(NUMBERS), assumed=Assumed(missing=0.0), trials=2)
    failing = {one.source: one for one in plan.failing}
    assert list(failing) == ["big"]
    assert (failing["big"].needed, failing["big"].needed_two) == (1_197, 1_895)
    assert failing["big"].works(0.95) is False


def test_a_leak_that_misses_some_of_its_canaries_shows_less_often() -> None:
    source = PlannedSource("S", population=10_000, passes=0.8)
    made = allot("own", (source,), NUMBERS)
    assert made is not None
    whole, less = (source_powers(made, (source,), LeakAssumed(), part)[0] for part in (0.0, 0.3))
    for power, kept in ((whole, 0.8), (less, 0.8 * 0.7)):
        # In a draw without replacement, other canaries stand in the way of none.
        assert power.one == pytest.approx(1 - (1 - kept * 5_000 / 10_000) ** 20, abs=2e-4)
    assert whole.needed and less.needed and less.needed > whole.needed


def test_an_unknown_population_has_no_power() -> None:
    made = allot("own", (PlannedSource("S"),), ("N",))
    assert made is not None
    (power,) = source_powers(made, (PlannedSource("S"),), LeakAssumed())
    assert power.one is None and power.works(0.95) is None


def test_the_chance_to_name_is_what_simulation_finds() -> None:
    leak, assumed = Leak(1_000, 400), LeakAssumed(background=0.01)
    rng = np.random.default_rng(3)
    least, hits = least_hits(6, 0.01, 0.01), rng.hypergeometric(6, 994, 400, 4_000)
    alone = float((hits >= least).mean())
    assert named_chance(leak, 6, [], assumed) == pytest.approx(alone, abs=0.04)
    # One other source holds the first three: those that came back must not all be among them.
    inside = [set(rng.choice(6, one, replace=False)) <= {0, 1, 2} for one in hits]
    told = float(((hits >= least) & ~np.array(inside)).mean())
    assert named_chance(leak, 6, [3], assumed) == pytest.approx(told, abs=0.04)


def test_a_plan_file_comes_back(tmp_path: Path, worker: Worker) -> None:
    plan = make_plan(SOURCES, Means(NUMBERS, controls=2), trials=1)
    lines = plan_lines(plan)
    path = tmp_path / "plan.csv"
    path.write_bytes(plan_csv(lines))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_plan(path, worker=worker) == (lines, ())
    assert [one.number for one in lines if one.source is None] == list(plan.controls)
    assert {one.lawful for one in lines if one.source == "S02"} == {"company"}


def test_sources_come_from_a_table_with_chinese_headers(tmp_path: Path, worker: Worker) -> None:
    path = tmp_path / "sources.csv"
    text = "编号,类别,人数,通过率\nB,年报,2万,40%\nA,dental,,0.5\nC,dental,9,7\nA,dental,9,1\n"
    path.write_text(text, encoding="gb18030")
    found, refused = read_planned_sources(path, worker=worker)
    assert found == (
        PlannedSource("A", "", "dental", None, 0.5, ""),
        PlannedSource("B", "", "annual-report", 20_000, 0.4, "company"),
    )
    assert [(one.code, one.row) for one in refused] == [("share", 4), ("duplicate-id", 5)]


def test_a_source_of_a_case_is_lawful_by_kind_or_name() -> None:
    kinds = {"a": ("dental", "牙科"), "b": ("life-insurance", "寿险"), "c": ("other", "社保大厅")}
    made = planned_sources(
        Source(key, name, kind, 5) for key, (kind, name) in sorted(kinds.items(), reverse=True)
    )
    assert [(one.id, one.lawful) for one in made] == [
        ("a", ""),
        ("b", "insurer"),
        ("c", "authority"),
    ]
