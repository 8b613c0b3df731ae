"""The baselines on small cases whose answer is plain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from scipy.stats import binom

from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable, TokenIndex
from tests.benchmarks.attribution.baselines import BASELINES
from tests.benchmarks.attribution.baselines.containment import (
    containment_above_threshold,
    highest_containment,
)
from tests.benchmarks.attribution.baselines.ensemble import lsh_ensemble
from tests.benchmarks.attribution.baselines.facts import BatchFacts, CaseFacts
from tests.benchmarks.attribution.baselines.gather import cover_of, gather
from tests.benchmarks.attribution.baselines.guilt import guilt_of
from tests.benchmarks.attribution.baselines.together import (
    both_with_lineage,
    parents_by_containment,
)
from tests.benchmarks.attribution.baselines.yacht import p_value, presence_test

People = Sequence[int]


def held(people: People) -> HeldList:
    """A list of mobiles: each person's token is a fixed mixing of its number."""
    tokens = np.random.default_rng(0).integers(1, 2**63, 20_000, dtype=np.uint64)[list(people)]
    order = np.argsort(tokens)
    count = len(people)
    none = np.zeros(count, dtype=bool)
    table = PeopleTable(
        np.zeros(count, np.uint64), np.full(count, NO_DAY, np.int32), none.astype(np.uint8),
        none.astype(np.uint16), none, none,
    )  # fmt: skip
    index = {"mobile": TokenIndex(tokens[order], order.astype(np.uint32))}
    return HeldList(table, index, 1, count, {"mobile": count})


def case(
    lists: Mapping[str, People],
    batches: Sequence[tuple[str, People, Mapping[str, int]]],
    coverage: float = 1.0,
) -> CaseFacts:
    """A case of reference lists and of batches (name, people, canary hits by source) in time."""
    found: list[BatchFacts] = []
    for place, (name, people, hits) in enumerate(batches):
        earlier = {one: np.isin(people, old) for one, old, _hits in batches[:place]}
        shared = {one: np.isin(people, members) for one, members in lists.items()}
        found.append(BatchFacts(name, held(people), shared, hits, earlier))
    exclusive = {
        one: ~np.isin(members, [p for other, q in lists.items() if other != one for p in q])
        for one, members in lists.items()
    }
    return CaseFacts(
        tuple(found),
        {one: held(members) for one, members in lists.items()},
        dict.fromkeys(lists, coverage),
        exclusive,
    )


@pytest.mark.parametrize("p", np.linspace(0.0, 1.0, 11).tolist())
def test_guilt_in_the_models_own_example_to_the_digit(p: float) -> None:
    """T = {t1, t2, t3}, R1 = {t1, t2}, R2 = {t1, t3}, S = T."""
    found = guilt_of({"U1": np.array([True, True, False]), "U2": np.array([True, False, True])}, p)
    assert found["U1"] == found["U2"]
    assert found["U1"] == pytest.approx(1 - (1 - (1 - p) / 2) * (1 - (1 - p)), abs=1e-15)


def test_guilt_of_the_agent_that_had_everything_and_of_the_one_that_had_half() -> None:
    """T of 16 objects, all leaked; U1 had all of them, U2 eight."""
    half = np.arange(16) < 8
    for p in (0.0, 0.3, 0.5, 0.9):
        found = guilt_of({"U1": np.ones(16, dtype=bool), "U2": half}, p)
        both, alone = ((1 + p) / 2) ** 8, p**8
        assert found["U1"] == pytest.approx(1 - both * alone, abs=1e-15)
        assert found["U2"] == pytest.approx(1 - both, abs=1e-15)
    assert guilt_of({"U1": np.ones(4, dtype=bool)}, 1.0) == {"U1": 0.0}
    assert guilt_of({}, 0.5) == {}


def test_containment_names_the_highest_or_all_above() -> None:
    facts = case({"S1": range(80), "S2": range(50, 100), "S3": range(5)}, [("B", range(100), {})])
    assert highest_containment(facts, 0.3)["B"].stated == {"S1"}
    assert highest_containment(facts, 0.9)["B"].stated == frozenset()
    found = containment_above_threshold(facts, 0.3)["B"]
    assert found.stated == found.likely == {"S1", "S2"}
    assert found.scores == pytest.approx({"S1": 0.8, "S2": 0.5, "S3": 0.05})


def test_gather_counts_nobody_twice_and_stops() -> None:
    lists = {"S1": range(60), "S2": range(50, 90), "S3": range(58), "S4": range(96, 100)}
    facts = case(lists, [("B", range(100), {})])
    assert cover_of(facts.batches[0], 0.03) == pytest.approx({"S1": 0.6, "S2": 0.3})
    assert gather(facts, 0.35)["B"].stated == {"S1"}


def test_presence_is_tested_on_people_whom_no_other_list_has() -> None:
    lists = {"S1": range(1_000), "S2": range(500, 1_500)}
    batch = range(450, 650)
    facts = case(lists, [("B", batch, {})], coverage=0.8)
    # Of S1's own 500 people 50 are in the batch. With a tenth of it S1 would show 10 of its own.
    assert p_value(facts, facts.batches[0], "S1", 0.1) == 1.0
    assert p_value(facts, facts.batches[0], "S2", 0.1) == 0.0
    assert p_value(facts, facts.batches[0], "S1", 0.6) == binom.cdf(50, 60, 0.8)
    assert presence_test(facts, 0.1, 0.99)["B"].stated == {"S1"}


def test_the_nearest_list_that_holds_a_batch_is_its_parent() -> None:
    facts = case({}, [("A", range(200), {}), ("B", range(100), {}), ("C", range(50), {})])
    assert parents_by_containment(facts.batches[1]) == {"A": 1.0}
    assert parents_by_containment(facts.batches[2]) == {"B": 1.0}
    two = case({}, [("A", range(60), {}), ("B", range(60, 100), {}), ("C", range(100), {})])
    assert parents_by_containment(two.batches[2], 0.3) == pytest.approx({"A": 0.6, "B": 0.4})


def test_canaries_come_before_parents_and_parents_before_containment() -> None:
    batches = [
        ("A", range(100), {"S9": 2}), ("B", range(95), {}), ("C", range(90), {"S8": 1}),
        ("D", range(200, 300), {}),
    ]  # fmt: skip
    found = both_with_lineage(case({"S1": range(270)}, batches))
    assert found["A"].scores == {"S9": 0.75}
    assert found["B"].stated == {"S9"}
    assert found["B"].parents == {"A": 1.0}
    assert found["C"].scores == {"S8": 0.5}
    assert found["D"].scores == pytest.approx({"S1": 0.7})


def test_the_ensemble_finds_the_list_that_holds_a_batch() -> None:
    lists = {"S1": range(4_000), "S2": range(8_000, 12_000)}
    found = lsh_ensemble(case(lists, [("B", range(3_000), {}), ("C", range(15_000, 16_000), {})]))
    assert found["B"].stated == {"S1"}
    assert found["B"].scores["S1"] == pytest.approx(1.0, abs=0.2)
    assert found["C"].stated == frozenset()


def test_every_baseline_answers_every_batch_also_without_lists_or_people() -> None:
    facts = case({}, [("A", range(10), {}), ("B", [], {}), ("C", range(10), {"S1": 1})])
    listed = case({"S1": range(30)}, [("A", range(10), {}), ("B", [], {})])
    for baseline in BASELINES.values():
        assert set(baseline(facts)) == {"A", "B", "C"}
        for found in baseline(listed).values():
            assert all(0 < score <= 1 for score in found.scores.values())
            assert found.stated == found.likely <= set(found.scores)
