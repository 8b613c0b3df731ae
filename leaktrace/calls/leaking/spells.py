"""When a leaked list is rung: from some day on, the more seldom the older it gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
import numpy.typing as npt

from leaktrace.calls.leaking.assumed import Assumed
from leaktrace.calls.leaking.records import Spans, Touch
from leaktrace.times import DAY

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spell:
    """From ``start`` on (seconds since 1970), at a rate that falls by a factor of e in ``lasts``
    days."""

    start: float
    lasts: float
    log_weight: float = 0.0

    def at(self, moments: Sequence[float] | Floats, known: float = -np.inf) -> Floats:
        """The rate at ``moments`` over that at the start, 0 before it and before ``known``."""
        times = np.asarray(moments, dtype=np.float64)
        age = (times - self.start) / DAY
        live = (age >= 0.0) & (times >= known)
        return np.where(live, np.exp(-np.maximum(age, 0.0) / self.lasts), 0.0)

    def days(self, spans: Spans, known: float = -np.inf) -> float:
        """The days in ``spans`` after ``known``, each weighed by its rate."""
        total = 0.0
        for low, high in spans:
            first = max(low, self.start, known)
            if first < high:
                begun = exp(-(first - self.start) / DAY / self.lasts)
                ended = exp(-(high - self.start) / DAY / self.lasts)
                total += self.lasts * (begun - ended)
        return total


def spells_of(start: float, end: float, assumed: Assumed) -> tuple[Spell, ...]:
    """Those that may have begun between ``start`` and ``end``, their weights summing to 1."""
    starts = start + (end - start) * np.arange(assumed.cuts) / assumed.cuts
    return tuple(
        Spell(float(at), lasts, float(np.log(weight / assumed.cuts)))
        for at in starts
        for lasts, weight in assumed.lasts
    )


def moments(touches: Sequence[Touch]) -> Floats:
    """When each of ``touches`` was, shape (touches,)."""
    return np.array([one.at for one in touches], dtype=np.float64)
