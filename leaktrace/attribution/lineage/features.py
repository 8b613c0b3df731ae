"""What is told of a pair of lists to the calibrated judge of lineage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.lineage.composition import Composition
from leaktrace.attribution.lineage.containment import Containment, log_ratios
from leaktrace.attribution.lineage.overlap import Overlap

Floats = npt.NDArray[np.float64]
NAMES = (
    "against_chance", "against_common", "whole", "gap", "share", "all", "of_earlier", "rivalled",
    "outdone", "rest_explained", "rest_gap", "whole_and_rest", "rate", "window", "alike", "unlike",
    "strangers", "inside", "told",
)  # fmt: skip
_WHOLE = 0.97
_REST = 0.03
# People in an average source: what a person's being in a small list is worth depends on it little.
_ANYBODY = 1e5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier list from which a batch may have been cut."""

    overlap: Overlap
    seen: Containment
    composition: Composition

    @property
    def gain(self) -> float:
        """How much shorter (in nats) the later list is told as a part of this one: the smallest
        list that holds most of it wins."""
        shared, share = self.overlap.people, min(self.seen.share, 1 - 1e-3)
        alike = shared / max(share, 1e-3)
        gain = shared * log(_ANYBODY / self.overlap.size)
        return gain + shared * log(share) + (alike - shared) * log(1 - share)


def features_of(one: Candidate, others: Sequence[Candidate]) -> Floats:
    """float64[len(NAMES)] for ``one``, among the ``others`` of the same batch."""
    inside, share = one.overlap.inside, one.overlap.share
    chance, common = log_ratios(one.seen, share)
    better = [other for other in others if other.gain > one.gain]
    rivalled = max((_part(inside, other) for other in better), default=0.0)
    rest = ~inside
    explained = max((_part(rest, other) for other in others), default=0.0)
    if rest.sum() < _REST * len(rest):
        explained = 1.0
    whole = float(one.seen.share > _WHOLE)
    return np.array(
        [
            min(max(chance, -20.0), 30.0),
            min(max(common, -10.0), 10.0),
            whole,
            log(min(max(1 - one.seen.share, 0.003), 1.0)),
            share,
            float(share > _WHOLE),
            one.overlap.people / max(1, one.overlap.size),
            rivalled,
            float(rivalled > 0.9),
            explained,
            log(min(max(1 - explained, 0.01), 1.0)),
            whole * explained,
            whole * one.seen.known * log(one.seen.rate),
            float(one.overlap.window),
            one.composition.alike,
            one.composition.unlike,
            one.composition.strangers,
            one.composition.inside,
            one.composition.told,
        ]
    )


def features_among(candidates: Sequence[Candidate]) -> list[Floats]:
    """The features of each of one batch's candidates."""
    return [
        features_of(one, [*candidates[:place], *candidates[place + 1 :]])
        for place, one in enumerate(candidates)
    ]


def _part(people: npt.NDArray[np.bool_], other: Candidate) -> float:
    """The share of ``people`` that is in ``other``."""
    return float((other.overlap.inside & people).sum() / max(1, people.sum()))
