"""Sources that share lines or campaigns, decoded together.

A line that two sources know rings if either leaked, and a campaign that touches lines of several
needs but one of them to explain it. Each source is reduced to the states that weigh most by itself
(with a leak and without); a Gibbs sampler goes through them, pairs of linked sources at once, so
that which of two it was stays open where nothing tells. What is reported are the averages of the
probabilities that it works with, not of its draws.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from leaktrace.calls.leaking.lines import LineView, log_likelihoods
from leaktrace.calls.leaking.source import SourceCase, summed
from leaktrace.calls.leaking.spells import Spell, moments
from leaktrace.calls.leaking.states import Reduced, State

Floats = npt.NDArray[np.float64]

_SEED = 11
_SWEEPS, _FIRST = 150, 30
# Whoever is less probable for his calls than before them explains nothing of others.
_ACTIVE = 0.0
_PAIRS = 60
_SUREST = 1e-6


def together(cases: Mapping[str, SourceCase], tempering: float, leaks: float) -> dict[str, float]:
    """The natural log of the likelihood ratio of a leak, by source.

    Parameters
    ----------
    cases : mapping of str to SourceCase
    tempering : float
    leaks : float
        Prior probability of a leak.

    Notes
    -----
    What a public source holds circulates nearly for sure, which explains calls to lines that it
    shares with others; of itself that says nothing.
    """
    ratios = {one: case.odds(tempering).log_lr for one, case in cases.items()}
    prior = np.log(leaks) - np.log1p(-leaks)
    active = [
        Reduced(case, tempering, leaks)
        for one, case in cases.items()
        if ratios[one] > _ACTIVE or case.business.public
    ]
    for members in _linked(active):
        for one, drawn in zip(members, _Sampler(members, tempering).run(), strict=True):
            chance = min(max(drawn, _SUREST), 1.0 - _SUREST)
            # Never above what it could say if nobody else explained anything.
            told = float(np.log(chance / (1.0 - chance))) - prior
            if not one.case.business.public:
                ratios[one.case.source] = min(ratios[one.case.source], told)
    return ratios


def _linked(sources: Sequence[Reduced]) -> list[list[Reduced]]:
    """Sources in groups that share a line or a campaign; those that share none are left out."""
    import networkx

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_edges_from(_pairs(sources))
    found = sorted(sorted(one) for one in networkx.connected_components(graph))
    return [[sources[at] for at in members] for members in found]


def _pairs(sources: Sequence[Reduced]) -> list[tuple[int, int]]:
    """Positions of sources that share a line, or a campaign which both may well have placed."""
    owners: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, source in enumerate(sources):
        for line in source.case.known:
            owners["line", line].append(at)
        for group in source.explains:
            owners["group", group].append(at)
    return sorted({pair for shared in owners.values() for pair in combinations(shared, 2)})


class _Sampler:
    """Goes through the states of linked sources."""

    def __init__(self, sources: Sequence[Reduced], tempering: float) -> None:
        self._tempering = tempering
        self._sources = sources
        owners: dict[int, list[int]] = defaultdict(list)
        for at, source in enumerate(sources):
            for line in source.case.known:
                owners[line].append(at)
        self._lines = {
            line: _Shared(line, tuple(known), [sources[one] for one in known])
            for line, known in owners.items()
        }
        self._pairs = _pairs(sources)
        self._now = [0] * len(sources)
        self._explained = np.zeros(len(sources[0].case.scene.groups))
        for source in sources:
            self._explained[source.touched] += source.ratios[0]

    def run(self) -> list[float]:
        """The probability of a leak of each source."""
        rng = np.random.default_rng(_SEED)
        sums, times = np.zeros(len(self._sources)), np.zeros(len(self._sources))
        for sweep in range(_SWEEPS):
            for a, b in self._chosen(rng):
                chances = _chances(self._pair(a, b))
                pick = int(rng.choice(chances.size, p=chances.ravel()))
                self._move(a, pick // chances.shape[1])
                self._move(b, pick % chances.shape[1])
                if sweep >= _FIRST:
                    for one, axis in ((a, 1), (b, 0)):
                        sums[one] += chances.sum(axis=axis) @ self._sources[one].leaking
                        times[one] += 1
            for one, source in enumerate(self._sources):
                chances = _chances(self._single(one))
                self._move(one, int(rng.choice(chances.size, p=chances)))
                if sweep >= _FIRST:
                    sums[one] += chances @ source.leaking
                    times[one] += 1
        return list(sums / times)

    def _chosen(self, rng: np.random.Generator) -> list[tuple[int, int]]:
        if len(self._pairs) <= _PAIRS:
            return self._pairs
        return [self._pairs[at] for at in rng.choice(len(self._pairs), _PAIRS, replace=False)]

    def _move(self, at: int, state: int) -> None:
        source = self._sources[at]
        self._explained[source.touched] += source.ratios[state] - source.ratios[self._now[at]]
        self._now[at] = state

    def _single(self, at: int) -> Floats:
        source = self._sources[at]
        others = self._explained[source.touched] - source.ratios[self._now[at]]
        terms = np.log1p(np.maximum(others, 0.0)[None, :] + source.ratios)
        logs = source.priors + self._tempering * terms.sum(axis=1)
        for line in source.case.known:
            logs = logs + self._tempering * self._lines[line].along((at,), self._now)
        return np.asarray(logs)

    def _pair(self, a: int, b: int) -> Floats:
        one, other = self._sources[a], self._sources[b]
        both = np.union1d(one.touched, other.touched)
        mine, theirs = _spread(one, both), _spread(other, both)
        rest = self._explained[both] - mine[self._now[a]] - theirs[self._now[b]]
        terms = np.log1p(np.maximum(rest, 0.0) + mine[:, None, :] + theirs[None, :, :])
        logs = one.priors[:, None] + other.priors[None, :] + self._tempering * terms.sum(axis=2)
        for line in {**one.case.known, **other.case.known}:
            in_a, in_b = line in one.case.known, line in other.case.known
            free = (a, b) if in_a and in_b else (a,) if in_a else (b,)
            found = self._tempering * self._lines[line].along(free, self._now)
            logs = logs + (found if in_a and in_b else found[:, None] if in_a else found[None, :])
        return np.asarray(logs)


def _spread(source: Reduced, groups: npt.NDArray[np.int64]) -> Floats:
    found = np.zeros((len(source.states), groups.size))
    found[:, np.searchsorted(groups, source.touched)] = source.ratios
    return found


def _chances(logs: Floats) -> Floats:
    found = np.exp(logs - logs.max())
    return np.asarray(found / found.sum())


class _Shared:
    """A line's likelihood under the states of those of its sources that are decoded together."""

    def __init__(self, line: int, owners: tuple[int, ...], sources: Sequence[Reduced]) -> None:
        self._line = line
        self._owners = owners
        self._sources = sources
        self._known: dict[tuple[tuple[int, int, int], ...], float] = {}
        self._tables: dict[tuple[int | None, ...], Floats] = {}

    def along(self, free: tuple[int, ...], now: Sequence[int]) -> Floats:
        """The log ratios over all states of the sources in ``free``, positions in rising order, the
        others being in their states of ``now``."""
        key = tuple(None if one in free else now[one] for one in self._owners)
        if key not in self._tables:
            ranges = [
                range(len(source.states)) if at is None else [at]
                for source, at in zip(self._sources, key, strict=True)
            ]
            found = np.array([self._of(one) for one in product(*ranges)])
            shape = [len(one) for one, at in zip(ranges, key, strict=True) if at is None]
            self._tables[key] = found.reshape(shape)
        return self._tables[key]

    def _of(self, states: tuple[int, ...]) -> float:
        chosen = [one.states[at] for one, at in zip(self._sources, states, strict=True)]
        # What counts of a state at a line: since when, and how often, it is rung by single callers.
        key = tuple((one.spell, one.rate, one.own) for one in chosen)
        if key not in self._known:
            self._known[key] = self._worked_out(chosen)
        return self._known[key]

    def _worked_out(self, states: Sequence[State]) -> float:
        scene = self._sources[0].case.scene
        view, assumed = scene.views[self._line], scene.assumed
        own = np.zeros(len(view.touches)), 0.0
        leaks: list[tuple[Floats, float]] = []
        for source, state in zip(self._sources, states, strict=True):
            case = source.case
            known = case.known[self._line]
            if state.own:
                rate = assumed.own_rates[state.own - 1][0]
                marks = case.itself.marks(view.touches, assumed)
                own = _plus(own, _way(view, marks, rate, case.ever, known))
            buyer = case.single[state.rate]
            if state.leaked and buyer.rate:
                marks = buyer.who.marks(view.touches, assumed)
                leaks.append(_way(view, marks, buyer.rate, case.spells[state.spell - 1], known))
        a, wholes, logs = [np.zeros(len(view.touches))], [0.0], []
        for subset in product((False, True), repeat=len(leaks)):
            whole = own
            for leak, inside in zip(leaks, subset, strict=True):
                whole = _plus(whole, leak) if inside else whole
            a.append(whole[0])
            wholes.append(whole[1])
            within = sum(subset)
            logs.append(
                within * np.log(assumed.included)
                + (len(leaks) - within) * np.log1p(-assumed.included)
            )
        rates = np.array(a).reshape(len(wholes), len(view.touches))
        found = log_likelihoods(view, scene.background, rates, np.array(wholes), assumed)
        mixed = float(summed(found[1:] + np.array(logs), 0)) - float(found[0])
        x = max(source.case.road_chance(self._line) for source in self._sources)
        road = max(source.case.roads[self._line] for source in self._sources)
        return float(np.logaddexp(np.log1p(-x) + mixed, np.log(x) + road))


def _way(
    view: LineView, marks: Floats, rate: float, when: Spell, known: float
) -> tuple[Floats, float]:
    late = when.at(moments(view.touches), known)
    return rate * marks * late, rate * when.days(view.line.spans, known)


def _plus(one: tuple[Floats, float], other: tuple[Floats, float]) -> tuple[Floats, float]:
    return one[0] + other[0], one[1] + other[1]
