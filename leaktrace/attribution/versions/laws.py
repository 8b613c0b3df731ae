"""How often a source's own copy, and another holder's, say the same of a person: laws of rates.

All rates are beyond chance: u in [0, 1] makes an agreement of chance + (1 - chance) u. The numbers
below are assumptions, each with its reason; what other holders do is learnt from the case as far as
its references share people (:mod:`leaktrace.attribution.versions.holders`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.versions.columns import DAY, NAME, NUMBER, PLACE, TEXT, UNREAD
from leaktrace.attribution.versions.headers import FACT

Floats = npt.NDArray[np.float64]
_LOGITS = np.linspace(-9.0, 9.0, 181)
#: The rates at which laws are held: a tenth apart in log odds, fine where rates are near 0 or 1.
RATES: Floats = 1.0 / (1.0 + np.exp(-_LOGITS))


_EDGES = np.concatenate(([0.0], (RATES[1:] + RATES[:-1]) / 2, [1.0]))
#: Parts of the matched people who are the source's own at which evidence is worked out.
PARTS: tuple[float, ...] = (
    0.0, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beta:
    """A Beta law of a rate."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """Its mean."""
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """Its variance."""
        return self.mean * (1 - self.mean) / (self.a + self.b + 1)

    def weights(self) -> Floats:
        """Probability of each of :data:`RATES` (the density in log odds is x^a (1-x)^b)."""
        log = self.a * np.log(RATES) + self.b * np.log1p(-RATES)
        found = np.exp(log - log.max())
        return np.asarray(found / found.sum())


def mixed(parts: Sequence[tuple[float, Beta]]) -> Floats:
    """Weights of a mixture of Beta laws over :data:`RATES`."""
    return np.asarray(sum(weight * law.weights() for weight, law in parts))


# A copy says what the original says, but for typing errors and what was corrected at the source
# since (first part), a careless or rounding hand (second), a column filled anew (third).
_OWN = ((0.72, Beta(40.0, 1.0)), (0.2, Beta(6.0, 1.2)), (0.08, Beta(1.0, 1.0)))
# It is typed as the original, column by column, unless somebody retyped the list or ran it through
# a program: then it is typed as any other hand would, with this probability.
_OWN_TYPED = ((0.9, Beta(40.0, 1.0)), (0.1, Beta(1.0, 1.0)))
RETYPED = 0.35
# What two holders who registered somebody by themselves say of him before any pair of references
# told: addresses and names are facts; an amount is each holder's own, and a day too, though who
# registers somebody a few days later now and then hits the same. Broad, so that a case with other
# customs soon moves it.
_FACT = ((0.5, Beta(30.0, 0.7)), (0.5, Beta(5.0, 1.0)))
USUAL = {
    NAME: ((1.0, Beta(9.0, 0.6)),),
    PLACE: ((0.75, Beta(4.0, 1.0)), (0.25, Beta(20.0, 0.6))),
    TEXT: ((1.0, Beta(0.5, 3.0)),),
    NUMBER: ((1.0, Beta(0.5, 4.0)),),
    DAY: ((1.0, Beta(0.5, 5.0)),),
    UNREAD: ((1.0, Beta(0.5, 0.7)),),
}
# Where no header says so, a column of texts, amounts or days may hold facts all the same (an area,
# a birthday, a city); such columns come together (estate, building and room).
FACTS = 0.25
_MAY_BE_FACTS = (TEXT, NUMBER, DAY)
#: The same of whether they type it alike where they say the same: either by custom or not at all.
USUAL_TYPED = {
    NAME: ((1.0, Beta(6.0, 0.4)),),
    PLACE: ((1.0, Beta(0.4, 0.6)),),
    TEXT: ((1.0, Beta(0.8, 0.5)),),
    NUMBER: ((1.0, Beta(0.4, 0.6)),),
    DAY: ((1.0, Beta(0.4, 0.7)),),
    UNREAD: ((1.0, Beta(0.5, 0.5)),),
}
# A column that the seller wrote anew, or that never was the source's, agrees as another holder's
# would; more often where only the kind of the columns speaks for their being the same, and where
# the list was retyped an amount is often rounded (13,080 to 1.3万).
_REPLACED, _REPLACED_UNSURE, _ROUNDED = 0.12, 0.5, 0.4
# Another holder may agree as a copy would (it filled the column from the same form): so likely if
# no other reference shows the column, if one does, if several do. It keeps one column from swearing
# to anything.
_ALIKE = {
    NAME: (0.3, 0.3, 0.3),
    PLACE: (0.1, 0.07, 0.05),
    TEXT: (0.12, 0.06, 0.04),
    NUMBER: (0.08, 0.04, 0.03),
    DAY: (0.08, 0.04, 0.03),
    UNREAD: (0.15, 0.1, 0.1),
}
# Where two holders say different things of somebody one of them errs or is out of date, and a third
# who registered him by himself sides with either about as often, whatever the customs.
_APART = Beta(2.0, 2.5)
# Nothing agrees beyond chance where the columns only look like one. Where people were told by
# masked numbers any part of them may be others, and so of the rate at which they agree.
_STRANGE, _STRANGE_VAGUE = (0.05, Beta(0.5, 20.0)), (0.4, Beta(1.0, 1.3))


# What all holders do with columns of a kind counts for one column as much as so many other
# references in which it was seen.
_KIND_COUNTS = 1.5
# Rates of a few pairs that happen to be alike do not make the next one so.
_LEAST_SPREAD = 0.03


def drawn_law(rates: Sequence[float], usual: Floats, counts: float) -> Floats:
    """The law of one more rate, after ``rates`` that were drawn from one Beta law: float64[rates].

    Its mean and variance are those of the draws (method of moments), the variance widened for how
    few they are, the mean held a little to that of the ``usual`` law, which is mixed in with the
    weight of so many draws.
    """
    if not rates:
        return usual
    count = len(rates)
    mean = (float(np.sum(rates)) + 0.5 * float(usual @ RATES)) / (count + 0.5)
    mean = min(max(mean, 0.005), 0.995)
    spread = float(np.mean((np.array(rates) - mean) ** 2)) * (1 + 2 / count)
    spread += _LEAST_SPREAD**2 * 2 / (2 + count)
    size = max(mean * (1 - mean) / spread - 1.0, 0.5)
    weight = counts / (counts + count)
    law = Beta(mean * size, (1 - mean) * size).weights()
    return np.asarray((1 - weight) * law + weight * usual)


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column of a source's list, as it is compared.

    Attributes
    ----------
    source : str
    column : int
    kind, nature : str
        What it holds (:mod:`leaktrace.attribution.versions.columns`), and what its header says
        (:mod:`leaktrace.attribution.versions.headers`).
    sure : bool
        Whether the columns compared surely are one.
    vague : bool
        Whether people were told by masked numbers and the like, so that many are others.
    """

    source: str
    column: int
    kind: str
    nature: str
    sure: bool
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How the columns of a list are read together.

    Attributes
    ----------
    retyped : bool
        Whether the seller retyped the list.
    facts : bool
        Whether columns of which nothing tells it hold facts.
    """

    retyped: bool
    facts: bool


#: Every reading, with its probability.
READINGS = (
    (Reading(retyped=False, facts=False), (1 - RETYPED) * (1 - FACTS)),
    (Reading(retyped=False, facts=True), (1 - RETYPED) * FACTS),
    (Reading(retyped=True, facts=False), RETYPED * (1 - FACTS)),
    (Reading(retyped=True, facts=True), RETYPED * FACTS),
)


@dataclass(slots=True)
class HolderLaws:
    """The laws of agreement of one case.

    Attributes
    ----------
    others : mapping
        By kind of column the law of another holder's agreement in what is said: weights of
        :data:`RATES`.
    typing : mapping
        The same of being typed alike where the same is said.
    seen : mapping
        By source and column the rates at which other references agree with that column.
    """

    others: Mapping[str, Floats]
    typing: Mapping[str, Floats]
    seen: Mapping[tuple[str, int], Sequence[float]] = field(default_factory=dict)
    _same: dict[tuple[ColumnOf, Reading, bool], Floats] = field(default_factory=dict)
    _typed: dict[str, Floats] = field(default_factory=dict)

    def other(self, one: ColumnOf, *, facts: bool = False) -> Floats:
        """The law of another holder's agreement with a source's column: float64[rates].

        ``facts``: if columns of which nothing tells it hold facts.
        """
        rates = self.seen.get((one.source, one.column), ())
        may_be = one.kind in _MAY_BE_FACTS and not rates and not one.nature
        named = one.nature == FACT and one.kind in (PLACE, *_MAY_BE_FACTS)
        if named or (may_be and facts):
            return drawn_law(rates, mixed(_FACT), _KIND_COUNTS)
        return drawn_law(rates, self.others[one.kind], _KIND_COUNTS)

    def expected(self, one: ColumnOf) -> float:
        """The mean rate, beyond chance, at which another holder says the same."""
        usual = self.other(one) @ RATES
        return float((1 - FACTS) * usual + FACTS * (self.other(one, facts=True) @ RATES))

    def same(self, one: ColumnOf, reading: Reading, *, apart: bool) -> Floats:
        """Weights of :data:`RATES` at each of :data:`PARTS`: float64[parts, rates].

        ``apart``: of people of whom another reference says something else than the source's.
        """
        key = (one, reading, apart)
        if key not in self._same:
            learnt = _APART.weights() if apart else self.other(one, facts=reading.facts)
            alike = _ALIKE[one.kind][min(len(self.seen.get((one.source, one.column), ())), 2)]
            part, strange = _STRANGE_VAGUE if one.vague else _STRANGE
            other = (1 - alike) * learnt + alike * mixed(_OWN)
            other = (1 - part) * other + part * strange.weights()
            rounded = _ROUNDED if reading.retyped and one.kind == NUMBER else 0.0
            replaced = max(_REPLACED if one.sure else _REPLACED_UNSURE, rounded)
            self._same[key] = (1 - replaced) * (_blending(_OWN) @ other) + replaced * other
        return self._same[key]

    def typed(self, kind: str) -> Floats:
        """The same of being typed alike where the same is said, if nobody retyped the list."""
        if kind not in self._typed:
            self._typed[kind] = _blending(_OWN_TYPED) @ self.typing[kind]
        return self._typed[kind]


@cache
def _blending(own: tuple[tuple[float, Beta], ...]) -> Floats:
    """What makes the law of part x own + (1 - part) x other, for each of :data:`PARTS`, of that of
    other: float64[parts, rates, rates]."""
    size = len(RATES)
    weights = np.repeat(mixed(own)[:, None], size, axis=1).ravel()
    found = []
    for part in PARTS:
        rates = part * RATES[:, None] + (1.0 - part) * RATES[None, :]
        bins = (np.searchsorted(_EDGES, rates.ravel(), side="right") - 1).clip(max=size - 1)
        cells = bins * size + np.tile(np.arange(size), size)
        found.append(np.bincount(cells, weights, minlength=size * size).reshape(size, size))
    return np.array(found)
