"""How much of a source's people its reference list holds, and how many people there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import comb, exp, log

import numpy as np

from leaktrace.attribution.samples import ReferenceSet
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.sightings import find_canary
from leaktrace.case.records import Canary, Source
from leaktrace.fingerprint.held import NO_DAY, HeldList
from leaktrace.fingerprint.lookup import full_people

# Where nothing says how many people a source has, a list is taken to hold most of them.
_UNSAID_COVERAGE = 0.9
_UNSAID_SPREAD = 0.12
UNKNOWN_POPULATION = 50_000.0
_ENOUGH_CANARIES = 5
# A list that holds so much of its source lacks nobody for want of days.
_FULL, _MOST_COMPLETE, _WHOLE, _SAME = 0.92, 0.98, 0.97, 0.04
_FEWEST_DATED, _RECENT, _ENDED = 50, 180.0, 10.0
# So many canaries in one batch tell whether its people were taken out of the list.
_ENOUGH_LEAKED, _CHANCE = 2, 0.05
# The prior probability that a list was purged of those who leaked, and the Beta law of the part of
# them that is then left in it.
_PURGED, _LEFT = 0.1, (0.7, 1.5)
# A list is doubted from this probability on; what is left is then any of these quantiles.
_DOUBTED, _QUANTILES = 0.15, (1 / 6, 1 / 2, 5 / 6)
_SPREAD_STEPS = np.linspace(-1.5, 1.5, 7)


@dataclass(frozen=True, slots=True)
class Growth:
    """A list that ends before the number of the source's people was told.

    Whoever registered since is not missing from it: of those registered when it was drawn up, it
    holds ``complete``. How fast people registered then tells how many there were later.

    Attributes
    ----------
    told : float
        The list's size beside the number of people.
    complete : float
        The part of those registered by its newest day, if the number was told of the day on which
        the newest batch was seen.
    newest : float or None
        The list's newest day (days since 1970); None: it is not dated.
    a_day : float
        How many people registered a day, beside its size.
    """

    told: float
    complete: float
    newest: float | None
    a_day: float

    @classmethod
    def of(cls, held: HeldList, population: int, today: float) -> Growth | None:
        """That of a list of a source of so many people; None where it holds nearly all of them."""
        told = min(1.0, held.size / population)
        if told >= _FULL or held.scaled > 1:
            return None
        newest = _newest(held)
        if newest is None:
            return cls(told, _FULL, None, 0.0)
        days = held.people.registered[held.people.registered != NO_DAY]
        width = max(_RECENT, 0.25 * (newest - float(np.quantile(days, 0.005))))
        a_day = float((days > newest - width).mean() / width)
        grown = 1.0 + a_day * max(0.0, today - newest)
        complete = min(_MOST_COMPLETE, told * grown)
        return cls(told, complete, newest, a_day)

    def parts_by(self, day: float) -> tuple[float, float, float]:
        """The least, the likeliest and the most that the list holds of those registered by
        ``day``: numbers of people are rough, and lists mostly whole when they are drawn up."""
        if self.newest is None:
            return self.told, (self.told * self.complete) ** 0.5, self.complete
        grown = 1.0 + self.a_day * max(0.0, day - self.newest)
        low = min(self.complete, max(self.told, self.complete / grown))
        return low, self.complete, max(self.complete, _WHOLE)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The part of a source's people who are in its list.

    Attributes
    ----------
    mean, spread : float
        Mean and standard deviation where the list is what it claims to be.
    present, planted : int
        Our canaries found in the list, and those that should be in it.
    doubted : float or None
        The part that those canaries say, where it is clearly less: the list was purged of people,
        or of nothing but our canaries.
    known : mapping
        Those canaries that should be in the list, and whether each is.
    purged : tuple of (part, weight)
        What part of those who leaked may be left in the list, if it was purged of them; the weights
        add up to the probability that it was.
    growth : Growth or None
        Where the list ends before the number of people was told, or may.
    told : tuple of float
        The part may be any of these (weighted as the errors of told coverages), where the list ends
        before a batch was cut, or may.
    newest : float or None
        The list's newest day (days since 1970); None: it is not dated.
    leaked : tuple of int
        Of the canaries found in any batch that should be in the list, how many it holds, and how
        many they are.
    """

    mean: float
    spread: float
    present: int = 0
    planted: int = 0
    doubted: float | None = None
    known: Mapping[str, bool] = field(default_factory=dict, repr=False)
    purged: tuple[tuple[float, float], ...] = ()
    growth: Growth | None = None
    told: tuple[float, ...] = ()
    newest: float | None = None
    leaked: tuple[int, int] = (0, 0)

    def means(self, factors: Sequence[float]) -> tuple[float, ...]:
        """What the part may be: as told, give or take ``factors``."""
        return self.told or tuple(min(1.0, self.mean * factor) for factor in factors)

    def ended(self, day: float) -> bool:
        """Whether the list ends so long before ``day`` that a batch seen then may hold people who
        have all registered since."""
        return self.newest is not None and self.newest < day - _ENDED

    def by(self, day: float) -> Coverage:
        """The coverage of those who were registered when a batch seen on ``day`` (days since 1970)
        was cut."""
        if self.growth is None:
            return self
        low, middle, high = self.growth.parts_by(day)
        if high - low < _SAME:
            return replace(self, mean=high, told=())
        return replace(self, mean=middle, told=(low, middle, high))

    @property
    def doubt(self) -> float:
        """The probability that the list was purged of those who leaked."""
        return sum(weight for _part, weight in self.purged)

    def among_leaked(self, leaked: Iterable[str]) -> Coverage:
        """The coverage of those who leaked, by the canaries in ``leaked`` (found in any batch).

        Whoever purges a list takes out what leaked, so that the list may hold nobody of a batch
        and still most of the source.
        """
        found = self._known_of(leaked)
        if len(found) < _ENOUGH_LEAKED:
            return self
        counts = sum(found), len(found)
        return replace(self, purged=_purged(*counts, self.mean, self.spread), leaked=counts)

    def lacks_leaked(self, leaked: Iterable[str]) -> bool:
        """Whether the list holds clearly fewer of ``leaked`` than it should."""
        found = self._known_of(leaked)
        usual = self.mean if self.doubted is None else self.doubted
        enough = len(found) >= _ENOUGH_LEAKED
        return enough and _binomial_tail(sum(found), len(found), usual) <= _CHANCE

    def _known_of(self, canaries: Iterable[str]) -> list[bool]:
        return [self.known[one] for one in sorted(canaries) if one in self.known]


@cache
def _purged(found: int, among: int, mean: float, spread: float) -> tuple[tuple[float, float], ...]:
    """What may be left of those who leaked, of whose canaries ``found`` of ``among`` are in a list
    of that coverage. Asked for every batch and every piece of evidence."""
    from scipy.special import betaln
    from scipy.stats import beta

    a, b = _LEFT
    purged = float(betaln(found + a, among - found + b) - betaln(a, b))
    means = np.clip(mean + spread * _SPREAD_STEPS, 0.02, 0.99)
    chances = np.exp(found * np.log(means) + (among - found) * np.log1p(-means))
    weights = np.exp(-0.5 * _SPREAD_STEPS**2)
    as_told = log(float(weights @ chances / weights.sum()) + 1e-300)
    doubt = _PURGED / (_PURGED + (1 - _PURGED) * exp(min(as_told - purged, 50.0)))
    if doubt < _DOUBTED:
        return ()
    left = beta.ppf(_QUANTILES, found + a, among - found + b)
    return tuple((max(float(part), 0.01), doubt / len(left)) for part in left)


def _binomial_tail(found: int, among: int, rate: float) -> float:
    """The probability of at most ``found`` of ``among`` at ``rate``."""
    return sum(comb(among, k) * rate**k * (1 - rate) ** (among - k) for k in range(found + 1))


def coverages(
    sources: Mapping[str, Source],
    references: ReferenceSet,
    canaries: Sequence[Canary],
    settings: Settings,
    today: float,
) -> dict[str, Coverage]:
    """The coverage of each reference list: from its size beside the population, and from our own
    canaries that must be in it (a suspect may have purged it).

    ``today`` (days since 1970) is the last day of which a population may have been told.
    """
    own: dict[str, list[Canary]] = defaultdict(list)
    for canary in canaries:
        for source in sorted({one.source for one in canary.plantings if one.source}):
            own[source].append(canary)
    return {
        one: replace(
            _coverage(one, sources[one], references, own[one], settings),
            growth=_growth(sources[one], references.held[one], today),
            newest=_newest(references.held[one]),
        )
        for one in references.ids
    }


def _newest(held: HeldList) -> float | None:
    """The newest day of a list most of which is dated, a few typing errors put aside."""
    days = held.people.registered
    days = np.sort(days[days != NO_DAY])
    if len(days) < 0.5 * len(held.people) or len(days) < _FEWEST_DATED:
        return None
    return float(days[int(0.995 * (len(days) - 1))])


def _growth(source: Source, held: HeldList, today: float) -> Growth | None:
    return Growth.of(held, source.population, today) if source.population else None


def _coverage(
    source_id: str,
    source: Source,
    references: ReferenceSet,
    canaries: Sequence[Canary],
    settings: Settings,
) -> Coverage:
    held = references.held[source_id]
    if source.population:
        mean = min(1.0, held.size / source.population)
        spread = settings.coverage_spread
    else:
        mean, spread = _UNSAID_COVERAGE, _UNSAID_SPREAD
    known = _own_canaries(source_id, references, canaries)
    present, planted = sum(known.values()), len(known)
    if held.scaled > 1:
        return Coverage(max(mean, 0.02), spread, present, planted)
    if planted < _ENOUGH_CANARIES:
        return Coverage(max(mean, 0.02), spread, present, planted, known=known)
    rate = (present + 1.0) / (planted + 2.0)
    error = float(np.sqrt(rate * (1 - rate) / (planted + 2.0)))
    if rate < mean - 2.0 * max(error, 0.03):
        purged = ((rate, 0.5),)
        return Coverage(max(mean, 0.02), spread, present, planted, rate, known, purged)
    if source.population is None:
        mean, spread = (mean + rate) / 2, max(error, settings.coverage_spread)
    return Coverage(max(mean, 0.02), spread, present, planted, known=known)


def _own_canaries(
    source_id: str, references: ReferenceSet, canaries: Sequence[Canary]
) -> dict[str, bool]:
    """Canaries planted here before the newest row of the list, and whether it holds each."""
    held = references.held[source_id]
    days = held.people.registered
    newest = int(days.max()) if len(days) else NO_DAY
    full = full_people(held)
    known = {}
    for canary in canaries:
        for planting in canary.plantings:
            if planting.source == source_id and (
                newest == NO_DAY or planting.planted_at.day < newest
            ):
                known[canary.id] = find_canary(canary, held, full) is not None
    return known


def populations(
    sources: Mapping[str, Source], references: ReferenceSet, coverage: Mapping[str, Coverage]
) -> dict[str, float]:
    """People registered at each source: as told, else from its list, else a guess."""
    known = {}
    for one, source in sources.items():
        if source.population:
            known[one] = float(source.population)
        elif one in coverage:
            known[one] = references.held[one].size / (coverage[one].doubted or coverage[one].mean)
        else:
            known[one] = UNKNOWN_POPULATION
    return known
