"""Priors in the user's hands, what the seller says, and kinds of evidence that are left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution import Settings, Trace, to_json, trace_case
from leaktrace.attribution.assumed import EVIDENCE_KINDS, near_names
from leaktrace.attribution.case_model import model_of, shipped_settings
from leaktrace.attribution.claims import MOST, Claim, claims_of, premises_under
from leaktrace.attribution.findings import log10_odds
from leaktrace.attribution.result import BatchFinding
from leaktrace.attribution.settings import Market
from leaktrace.case.records import Batch
from leaktrace.errors import UsageError
from tests.attribution.made_case import MadeCase, canary, held_list, source

PLANTED = "2025-06-01"
FIRST = 100_000


@dataclass
class ClaimedCase(MadeCase):
    """A case in which something is said of every batch."""

    claimed_kind: str = ""
    price: str = ""
    price_unit: str = ""

    def batches(self) -> tuple[Batch, ...]:
        said = {"claimed_kind": self.claimed_kind, "price": self.price,
                "price_unit": self.price_unit}  # fmt: skip
        return tuple(replace(one, **said) for one in super().batches())


def made(hits: int = 2, misses: int = 10, **said: str) -> ClaimedCase:
    """A list from A, dated; B of another kind shares some of its people, C and D have no list."""
    case = ClaimedCase(**said)
    people = range(2000)
    days = {one: 20_000 + one // 10 for one in people}
    case.add_source("A", 2000, reference=held_list(people, days=days))
    case.add_source("B", 2000, reference=held_list(range(1700, 3700)), kind="dental")
    case.add_source("C", 5000, kind="dental")
    case.add_source("D", 5000)
    numbers = range(FIRST, FIRST + hits + misses)
    case.planted = [canary(f"c{one}", one, ("A", PLANTED)) for one in numbers]
    case.add_batch("b1", held_list([*people[::5], *numbers[:hits]]))
    return case


def run(case: MadeCase, **how: object) -> Trace:
    return trace_case(case, settings=replace(shipped_settings(), **how))


def first(trace: Trace) -> BatchFinding:
    return trace.batches[0]


def posteriors(trace: Trace) -> dict[str, float]:
    return {one.source: one.posterior for one in first(trace).sources}


def test_a_prior_of_the_users_is_the_one_that_is_used() -> None:
    case = made(0, 4)
    plain, low, high = (
        next(one for one in first(run(case, prior_by_source=told)).sources if one.source == "A")
        for told in ({}, {"A": 0.02}, {"A": 0.6})
    )
    assert (low.prior, high.prior) == (0.02, 0.6)
    assert low.posterior < plain.posterior < high.posterior
    # Not calibrated away: the odds move by what the prior's odds moved, the evidence staying.
    moved = log10_odds(high.posterior) - log10_odds(low.posterior)
    assert moved > 0.4 * (log10_odds(0.6) - log10_odds(0.02))
    document = json.loads(to_json(run(case, prior_by_source={"A": 0.02})))
    assert document["model"]["prior"]["sources"] == {"A": 0.02}
    priors = {one["source"]: one["prior"] for one in document["batches"][0]["sources"]}
    assert (priors["A"], priors["C"]) == (0.02, 0.25)


def test_the_twins_prior_by_kind_is_the_one_that_is_used() -> None:
    case = made(0, 0)
    few, many = (
        posteriors(run(case, twin_by_kind={"property-sale": odds}))["A"] for odds in (0.02, 2.0)
    )
    assert many < posteriors(run(case))["A"] < few
    said = run(case, twin_by_kind={"property-sale": 2.0}).model.prior
    assert said["twin_odds_by_kind"] == {"property-sale": 2.0}
    elsewhere = posteriors(run(case, twin_by_kind={"dental": 2.0}))
    assert elsewhere["A"] == pytest.approx(posteriors(run(case))["A"], abs=0.01)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"prior_by_source": {"Z": 0.2}}, "there are: A, B, C, D"),
        ({"prior_by_source": {"A": 1.0}}, "between 0 and 1"),
        ({"twin_by_kind": {"property-sales": 1.0}}, "did you mean property-sale,"),
        ({"twin_by_kind": {"dental": 0.0}}, "above 0"),
        ({"without": frozenset({"canary"})}, "did you mean canaries?"),
        ({"market": {"dentist": Market(0.1)}}, "dental"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(
    settings: Mapping[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said.replace("?", r"\?")):
        run(made(), **settings)


def test_near_names() -> None:
    assert near_names("b01", ["B001", "B002", "X"]) == "did you mean B001, B002?"
    assert near_names("?", []) == "there is none yet"
    assert near_names("zzz", [f"n{one:02}" for one in range(40)]).endswith("n11 …")


# --- what the seller says -----------------------------------------------------------------------


def test_a_claimed_kind_moves_the_odds_a_little() -> None:
    silent, said = posteriors(run(made(0, 0))), run(made(0, 0, claimed_kind="dental"))
    spoken = posteriors(said)
    for name in ("B", "C"):
        assert 0 < log10_odds(spoken[name]) - log10_odds(silent[name]) < np.log10(MOST)
    assert spoken["A"] < silent["A"]
    assert all(one.prior == 0.25 for one in first(said).sources)
    assert posteriors(run(made(0, 0, claimed_kind="牙科"))) == spoken


def test_a_claim_is_told_as_evidence_and_can_be_left_out() -> None:
    case = made(claimed_kind="售楼")
    piece = next(one for one in first(run(case)).evidence if one.kind == "claim")
    assert (piece.source, piece.code) == ("A", "seller.claims")
    assert 0 < piece.log10_lr < np.log10(2.0)
    assert "Sellers lie" in piece.text
    off = run(case, without=frozenset({"claims"}))
    assert not [one for one in first(off).evidence if one.kind == "claim"]
    assert posteriors(off) == posteriors(run(made()))


def test_no_claim_ever_tells_a_source_from_its_twin() -> None:
    case = made(0, 0, claimed_kind="property-sale")
    for one in range(2, 12):
        case.add_batch(f"b{one:02}", held_list(range(one % 5, 2000, 5)), f"2026-03-{one:02}")
    assert max(one.posterior for batch in run(case).batches for one in batch.sources) < 0.95


@given(
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.floats(1.0, MOST), max_size=8),
    st.floats(0.01, 0.3),
)
def test_claims_give_to_some_what_they_take_from_others(
    factors: dict[str, float], prior: float
) -> None:
    premises = replace(model_of(MadeCase()).premises, prior=dict.fromkeys("ABCDEFGH", prior))
    moved = premises_under(premises, {one: Claim(f, ("kind",)) for one, f in factors.items()})
    assert sum(moved.prior.values()) == pytest.approx(sum(premises.prior.values()))
    assert all(0 < one < 1 for one in moved.prior.values())
    for one, factor in factors.items():
        assert moved.prior[one] <= prior * factor + 1e-12


def test_price_and_carriers_count_only_as_the_user_told() -> None:
    crowd = held_list(range(500), carrier=dict.fromkeys(range(500), 1))
    mixed = held_list(range(500), carrier={one: 1 + one % 3 for one in range(500)})
    sources = {"A": source("A"), "T": source("T", kind="telecom")}
    case = made(price="250", price_unit="total", claimed_kind="telecom")
    batch = case.batches()[0]
    people = batch.people
    assert claims_of(batch, crowd, sources, Settings()).keys() == {"T"}
    market = {"telecom": Market(200 / people, 300 / people, one_carrier=True)}
    told = claims_of(batch, crowd, sources, Settings(market=market))["T"]
    assert told == Claim(MOST, ("kind", "price", "carrier"))
    assert claims_of(batch, mixed, sources, Settings(market=market))["T"].fits == ("kind", "price")
    dear = replace(batch, price="9", price_unit="per-number")
    assert claims_of(dear, mixed, sources, Settings(market=market))["T"].fits == ("kind",)
    unsaid = replace(batch, price="cheap", claimed_kind="")
    assert claims_of(unsaid, mixed, sources, Settings(market=market)) == {}


# --- evidence that is left out ------------------------------------------------------------------


@pytest.mark.parametrize("kind", EVIDENCE_KINDS)
def test_every_kind_of_evidence_can_be_left_out(kind: str) -> None:
    case = made(claimed_kind="property-sale")
    case.add_batch("b2", held_list(range(0, 2000, 10)), "2026-03-05")
    off = run(case, without=frozenset({kind}))
    assert off.model.off == (kind,)
    kinds = {
        "canaries": {"canary-hit", "canary-miss", "canary"},
        "references": {"overlap", "dates"},
        "cells": {"cells"},
        "dates": {"dates"},
        "claims": {"claim"},
        "made-up": {"made-up"},
    }.get(kind, set())
    assert not [one for batch in off.batches for one in batch.evidence if one.kind in kinds]


def test_without_canaries_is_the_case_that_has_none() -> None:
    bare = made()
    bare.planted = []
    left = run(made(), without=frozenset({"canaries"}))
    assert [replace(one, evidence=()) for one in left.batches] == [
        replace(one, evidence=()) for one in run(bare).batches
    ]


def test_without_references_is_the_case_that_has_none() -> None:
    bare = made()
    bare.lists.clear()
    left = run(made(), without=frozenset({"references"}))
    assert left.batches == run(bare).batches


def test_without_the_other_batches_each_list_stands_by_itself() -> None:
    case, alone = made(0, 8), made(0, 8)
    for one in range(2, 6):
        case.add_batch(f"b{one}", held_list(range(one, 2000, 5)), f"2026-03-{one:02}")
    without = frozenset({"other-batches", "lineage"})
    together, apart = run(case), run(case, without=without)
    assert posteriors(apart) == pytest.approx(posteriors(run(alone, without=without)))
    assert posteriors(apart) != posteriors(together)
    assert all(0 <= (one.leaked or 0) < 0.95 for one in apart.sources)


def test_without_made_up_numbers_nobody_is_made_up() -> None:
    case = made(0, 0)
    people = range(500_000, 500_400)
    case.add_batch("b1", held_list(people, swept=people))
    assert first(run(case)).verdict == "no-source"
    off = first(run(case, without=frozenset({"made-up"})))
    assert off.verdict != "no-source"
    assert off.made_up_share.high == 0.0


def test_without_lineage_no_list_has_a_parent() -> None:
    case = made()
    case.add_batch("b2", held_list(range(0, 2000, 10)), "2026-03-05")
    assert [one for batch in run(case).batches for one in batch.parents]
    off = run(case, without=frozenset({"lineage"}))
    assert not [one for batch in off.batches for one in batch.parents]
