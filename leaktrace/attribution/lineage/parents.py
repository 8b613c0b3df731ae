"""The parents of every batch of a case."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.lineage.chance import chance_rates
from leaktrace.attribution.lineage.composition import composition_of
from leaktrace.attribution.lineage.containment import containment_of
from leaktrace.attribution.lineage.features import NAMES, Candidate, features_among
from leaktrace.attribution.lineage.overlap import overlap_of
from leaktrace.attribution.matching import Between
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.result import Parent, Related
from leaktrace.attribution.samples import ReferenceSet

_MOST_LISTS = 8
_LEAST_PEOPLE, _LEAST_SHARE = 5, 0.04
LISTED = 0.05
"""The least probability of a parent that is told."""


def parents_of(
    observations: Sequence[Observation],
    references: ReferenceSet,
    related: Sequence[Related],
    between: Between,
) -> dict[str, tuple[Parent, ...]]:
    """For each batch the earlier ones that it was probably cut from, the surest first.

    Of two batches seen on the same day the larger one counts as the earlier, so that nothing is its
    own ancestor.
    """
    found = {}
    for batch, candidates in candidates_of(observations, references, related, between).items():
        parents = []
        for one, features in zip(candidates, features_among(candidates), strict=True):
            probability = probability_of(features)
            if probability >= LISTED:
                parents.append(Parent(one.overlap.earlier, probability, one.overlap.share))
        found[batch] = tuple(sorted(parents, key=lambda one: (-one.posterior, one.batch)))
    return found


def candidates_of(
    observations: Sequence[Observation],
    references: ReferenceSet,
    related: Sequence[Related],
    between: Between,
) -> dict[str, list[Candidate]]:
    """For each batch the earlier ones that share at least 5 people and 4% of it."""
    seen = {one.batch.id: one for one in observations}
    places = {batch: place for place, batch in enumerate(in_time(observations))}
    found: dict[str, list[Candidate]] = defaultdict(list)
    for pair in related:
        earlier, later = sorted((pair.earlier, pair.later), key=places.__getitem__)
        matched = between.matched(later, earlier)
        overlap = overlap_of(earlier, later, matched, seen[earlier].people)
        if overlap.people < _LEAST_PEOPLE or overlap.share < _LEAST_SHARE:
            continue
        sources = _common(seen[earlier], seen[later])
        rates, known = chance_rates(seen[earlier], seen[later], references, sources)
        members = {one: seen[later].members[one] for one in sources if one in seen[later].members}
        seen_there = containment_of(overlap, members, rates, known)
        composition = composition_of(
            matched, seen[earlier].members, seen[later].members, seen[earlier].people
        )
        found[later].append(Candidate(overlap, seen_there, composition))
    return dict(found)


def probability_of(features: npt.NDArray[np.float64]) -> float:
    """The calibrated probability that the later list was cut from the earlier one."""
    weights, constant = _weights()
    return float(1 / (1 + np.exp(-(constant + features @ weights))))


def in_time(observations: Sequence[Observation]) -> list[str]:
    """The batches in the order in which they count as seen."""
    ordered = sorted(
        observations, key=lambda one: (one.batch.seen_at.earliest, -one.people, one.batch.id)
    )
    return [one.batch.id for one in ordered]


def _common(earlier: Observation, later: Observation) -> list[str]:
    """The reference lists that either stands in most."""
    shares: dict[str, float] = {}
    for one in (earlier, later):
        for source in one.members:
            share = one.overlaps[source] / max(1, one.seen[source])
            shares[source] = max(shares.get(source, 0.0), share)
    return sorted(shares, key=lambda source: (-shares[source], source))[:_MOST_LISTS]


@cache
def _weights() -> tuple[npt.NDArray[np.float64], float]:
    text = files("leaktrace.attribution.lineage").joinpath("weights.json").read_text("utf-8")
    shipped = json.loads(text)
    return np.array([shipped["weights"][name] for name in NAMES]), float(shipped["constant"])
