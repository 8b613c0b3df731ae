"""How much of what looks like an earlier list's people is in it, and what that says.

A batch that was cut from a list and mixed with others holds people who look like the list's (by the
reference lists they stand in) and nearly all of those are in the list; where both were cut from one
source, only as many are as chance has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.lineage.overlap import Overlap
from leaktrace.fingerprint.lookup import NOBODY

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
# The purest groups of people, until they hold this part of the shared ones.
_PURE, _FEWEST = 0.3, 20.0
_ROWS_THAT_COUNT = 300.0
_LEAST_RATE, _MOST_RATE = 0.003, 0.98
_UNKNOWN_RATE = 0.01

# Containments on which densities are laid out; finer near one, where cuts are.
GRID: Floats = np.concatenate([np.linspace(0.02, 0.96, 48), [0.975, 0.985, 0.992, 0.997]])
_STEPS = np.gradient(GRID)
_WHOLE, _FRESHENED = 0.97, 0.75


@dataclass(frozen=True, slots=True)
class Containment:
    """Of the ``watched`` people who look most like an earlier list's, ``found`` are in it.

    ``rate`` is what chance would give, as far as references tell (``known``, the share of the
    watched for whom they do).
    """

    found: float
    watched: float
    rate: float
    known: float

    @property
    def share(self) -> float:
        """The containment."""
        return self.found / max(1.0, self.watched)


def containment_of(
    overlap: Overlap, members: Mapping[str, npt.NDArray[np.uint32]], rates: Floats, known: Bools
) -> Containment:
    """The containment of the people of ``overlap.later`` whose reference lists (``members``: source
    to the row in its list) are those of the shared people."""
    code = np.zeros(len(overlap.inside), dtype=np.int64)
    for bit, source in enumerate(sorted(members)):
        code |= (members[source] != NOBODY).astype(np.int64) << bit
    _values, group = np.unique(code, return_inverse=True)
    whole = np.bincount(group).astype(np.float64)
    part = np.bincount(group, weights=overlap.inside)
    order = np.argsort(-(part + 0.5) / (whole + 1.0), kind="stable")
    reached = np.cumsum(part[order])
    wanted = min(float(overlap.people), max(_FEWEST, _PURE * overlap.people))
    count = min(int(np.searchsorted(reached, wanted - 0.5)) + 1, len(order))
    pure = np.isin(group, order[:count])
    told = pure & known
    rate = float(rates[told].mean()) if told.any() else _UNKNOWN_RATE
    return Containment(
        float(reached[count - 1]),
        float(whole[order[:count]].sum()),
        min(max(rate, _LEAST_RATE), _MOST_RATE),
        float(known[pure].mean()),
    )


def log_ratios(seen: Containment, share: float) -> tuple[float, float]:
    """Log evidence of "cut from it" against "chance", and against "both cut from an unseen list".

    ``share`` is that of the shared people in the later list. At most 300 people count: those of one
    list are not independent.
    """
    weight = min(1.0, _ROWS_THAT_COUNT / max(1.0, seen.watched))
    missing = seen.watched - seen.found
    likelihood = weight * (seen.found * np.log(GRID) + missing * np.log(1 - GRID))
    cut = _evidence(likelihood, _cut(share))
    return (
        cut - _evidence(likelihood, _chance(seen)),
        cut - _evidence(likelihood, _common()),
    )


def _evidence(likelihood: Floats, density: Floats) -> float:
    return float(np.logaddexp.reduce(likelihood + np.log(density / density.sum() + 1e-12)))


def _cut(share: float) -> Floats:
    """Nearly whole; or somewhat less, where fresh people of the same source were added. Then the
    shared people make up most of the list."""
    fresh = 0.35 if share > _FRESHENED else 0.08
    whole = GRID > _WHOLE
    freshened = (GRID > _FRESHENED) & ~whole
    density = np.full(len(GRID), 1e-3 / 40)
    density[whole] = (1 - fresh) / whole.sum()
    density[freshened] = fresh / freshened.sum()
    return density


def _chance(seen: Containment) -> Floats:
    """Around the rate that references tell; where none does, anything, the more the rarer."""
    logit = np.log(GRID / (1 - GRID))
    middle = np.log(seen.rate / (1 - seen.rate))
    told = np.exp(-0.5 * ((logit - middle) / 0.7) ** 2) / (GRID * (1 - GRID)) * _STEPS
    untold = np.where(GRID < 0.6, 1.0, 0.15) / GRID * _STEPS
    return np.asarray(seen.known * told / told.sum() + (1 - seen.known) * untold / untold.sum())


def _common() -> Floats:
    """Anything from three tenths on: what the earlier list kept of the unseen one."""
    return np.asarray(np.where(GRID > 0.3, 1.0, 0.02) * _STEPS)
