"""The source or its unseen twin: decided over all batches together.

A source's list cannot tell the source from its twin; our canaries can, and many small misses
decide together. Each source has one hidden state for the whole case: only itself leaks, only its
twin leaks, or both. Given the states the batches are independent, so messages on a star give each
batch what all the others say.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.hypotheses import CODES, CONTRIBUTED, SILENT, TWIN, Premises
from leaktrace.attribution.points import Point, Points

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
_ROUNDS = 3
# Batches of one source repeat the same hidden causes (a canary that never rings, a shared
# filter), so what the others say is flattened a little.
_DEPENDENCE = 0.7
# The status of a source by the code of its reading (ABSENT is the last): 0 where it has no part, 1
# it contributed, 2 its twin did.
_STATUS: Places = np.zeros(4, dtype=np.intp)
_STATUS[[CODES[CONTRIBUTED], CODES[TWIN]]] = 1, 2


@dataclass(frozen=True, slots=True)
class Cavity:
    """What all other batches say of each source's state, for one batch.

    Attributes
    ----------
    log_states : mapping
        Source id to the log probabilities of (only itself, only its twin, both leak): float64[3].
    """

    log_states: Mapping[str, Floats]

    @property
    def states(self) -> Mapping[str, Floats]:
        """The same as probabilities."""
        return {one: np.exp(log) for one, log in self.log_states.items()}


@dataclass(frozen=True, slots=True)
class Pooled:
    """The batches' posteriors with the twins' states pooled.

    Attributes
    ----------
    weights : sequence of float64[points]
        For each batch; they sum to 1.
    cavities : sequence of Cavity
        For each batch.
    states : mapping
        Source id to P(only itself, only its twin, both leak).
    ratios : mapping
        Source id to the log likelihood ratios, batch by batch, of "it or its twin contributed".
    """

    weights: Sequence[Floats]
    cavities: Sequence[Cavity]
    states: Mapping[str, Floats]
    ratios: Mapping[str, Sequence[float]]


def pool(
    batches: Sequence[Sequence[Point]],
    premises: Premises,
    leaks: Mapping[str, Places] | None = None,
) -> Pooled:
    """Posterior weights of all points of all batches, the twins' states pooled.

    ``leaks`` says which batches show the same leak of a source
    (:func:`~leaktrace.attribution.leaks.leaks_of`): together they count as one.
    """
    laid = [Points.of(points) for points in batches]
    sources = sorted(
        {
            source
            for points in laid
            for source, some in zip(points.lists, (_STATUS[points.codes] > 0).T, strict=True)
            if some.any()
        }
    )
    places = {source: place for place, source in enumerate(sources)}
    told = [_statuses(points, places) for points in laid]
    rows = [np.array([places[one] for one in names], dtype=np.intp) for names, _status in told]
    prior, factors = _priors(sources, premises), _factors(sources, premises)
    shown = _Shown.of(sources, len(laid), leaks or {})
    messages = np.zeros((len(sources), len(laid), 3))
    for _round in range(_ROUNDS):
        fresh = np.zeros(messages.shape)
        cavities = shown.cavities(messages, prior)
        for place, points in enumerate(laid):
            here = rows[place]
            if len(here) and len(points):
                fresh[here, place] = _said(
                    points.scores, told[place][1], cavities[here, place], factors[here]
                )
        messages = fresh
    cavities = shown.cavities(messages, prior)
    found = [
        Cavity(dict(zip(sources, cavities[:, place], strict=True))) for place in range(len(laid))
    ]
    weights = [
        weights_under(points, cavity.log_states, premises)
        for points, cavity in zip(laid, found, strict=True)
    ]
    states = np.exp(_log_normal(prior + _DEPENDENCE * shown.together(messages)))
    return Pooled(
        weights, found, dict(zip(sources, states, strict=True)), _ratios(laid, weights, premises)
    )


def _statuses(points: Points, known: Container[str]) -> tuple[list[str], Places]:
    """The ``known`` sources that may have a part, and in each point the status of each:
    intp[p, k]. A source that is a host, its canaries in the batch, contributed itself."""
    names = [*points.lists, *points.hosts]
    status = np.concatenate(
        [_STATUS[points.codes], points.inside[:, len(points.lists) :].astype(np.intp)], axis=1
    )
    kept = [place for place, one in enumerate(names) if one in known and one != SILENT]
    return [names[place] for place in kept], status[:, kept]


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which leak of each source each batch shows.

    Attributes
    ----------
    leak : intp[sources, batches]
        A row of ``size`` (flattened).
    size : float64[sources * batches]
        How many batches show each.
    """

    leak: Places
    size: Floats

    @classmethod
    def of(cls, sources: Sequence[str], batches: int, leaks: Mapping[str, Places]) -> _Shown:
        each = np.arange(batches)
        rows = [leaks.get(source, each) + place * batches for place, source in enumerate(sources)]
        leak = np.array(rows, dtype=np.intp).reshape(len(sources), batches)
        return cls(leak, np.bincount(leak.ravel(), minlength=leak.size).astype(np.float64))

    def together(self, messages: Floats) -> Floats:
        """What all leaks of each source say: float64[sources, 3]."""
        return np.asarray((messages / self.size[self.leak][..., None]).sum(axis=1))

    def cavities(self, messages: Floats, prior: Floats) -> Floats:
        """float64[sources, batches, 3]: what the other leaks say, for each batch."""
        means = np.zeros((self.leak.size, 3))
        np.add.at(means, self.leak, messages)
        means /= np.maximum(1.0, self.size)[:, None]
        others = self.together(messages)[:, None] - means[self.leak]
        return _log_normal(prior[:, None] + _DEPENDENCE * others)


def _said(scores: Floats, status: Places, cavity: Floats, factors: Floats) -> Floats:
    """What one batch says of its sources' states: float64[k, 3], log, each with mean 0.

    Parameters
    ----------
    scores : float64[p]
    status : intp[p, k]
    cavity : float64[k, 3]
        What the other batches say.
    factors : float64[k, 3, 3]
    """
    lifts = _lifts(cavity, factors)[np.arange(status.shape[1]), status]
    # A source's own message leaves out what the others said of it.
    others = (scores + lifts.sum(axis=1))[:, None] - lifts
    peak = others.max(axis=0)
    parts = np.exp(others - peak)
    sums = np.stack([np.where(status == code, parts, 0.0).sum(axis=0) for code in range(3)], axis=1)
    said = np.log((np.exp(factors) * sums[:, None, :]).sum(axis=2)) + peak[:, None]
    return np.asarray(said - said.mean(axis=1, keepdims=True))


def _ratios(
    batches: Sequence[Points], weights: Sequence[Floats], premises: Premises
) -> dict[str, list[float]]:
    names = list(premises.prior)
    places = {source: place for place, source in enumerate(names)}
    rows = []
    for points, weight in zip(batches, weights, strict=True):
        if not len(points):
            continue
        inside = np.zeros(len(names))
        for source, probability in _parts(points, weight):
            inside[places[source]] += probability
        rows.append(inside)
    prior = np.array(list(premises.prior.values()))
    kept = np.clip(np.array(rows).reshape(len(rows), len(names)), 1e-9, 1 - 1e-9)
    odds = np.log(kept / (1 - kept)) - np.log(prior / (1 - prior))
    return dict(zip(names, odds.T.tolist(), strict=True))


def _parts(points: Points, weights: Floats) -> list[tuple[str, float]]:
    """The probability that each source, or its twin, contributed."""
    inside = points.inside.copy()
    inside[:, : len(points.lists)] = _STATUS[points.codes] > 0
    each = zip((*points.lists, *points.hosts), (weights @ inside).tolist(), strict=True)
    found = [(source, part) for source, part in each if source != SILENT]
    there = points.which >= 0
    rows = np.bincount(points.which[there], weights[there], len(points.parts))
    found += zip(points.silent, (rows @ points.parts).tolist(), strict=True)
    return found


def weights_under(
    points: Sequence[Point], log_states: Mapping[str, Floats], premises: Premises
) -> Floats:
    """Posterior weights of one batch's points, given log probabilities of the twins' states; a
    source without one has its prior."""
    laid = Points.of(points)
    if not len(laid):
        return np.zeros(0)
    names, status = _statuses(laid, {*laid.lists, *log_states})
    prior = _log_normal(_priors(names, premises))
    known = [log_states.get(one, prior[place]) for place, one in enumerate(names)]
    states = np.array(known).reshape(len(names), 3)
    lifts = _lifts(states, _factors(names, premises))
    total = laid.scores + lifts[np.arange(len(names)), status].sum(axis=1)
    return np.exp(_log_normal(total))


def _priors(sources: Sequence[str], premises: Premises) -> Floats:
    """float64[sources, 3]."""
    odds = np.array([premises.twin_odds[one] for one in sources])
    both = np.full(len(odds), premises.settings.both_leak)
    alone = (1 - both) / (1 + odds)
    return np.asarray(np.log(np.stack([alone, odds * alone, both], axis=1)))


def _factors(sources: Sequence[str], premises: Premises) -> Floats:
    """float64[sources, 3, 3]: by what each state multiplies a point in which the source has no
    part, contributed, or its twin did (relative to the prior in the point's own score)."""
    odds = np.array([premises.twin_odds[one] for one in sources])
    own, twin = 1 + odds, (1 + odds) / odds
    one, never = np.ones(len(odds)), np.full(len(odds), 1e-12)
    rows = [[one, own, never], [one, never, twin], [one, own / 2, twin / 2]]
    return np.asarray(np.log(np.array(rows)).transpose(2, 0, 1))


def _lifts(log_states: Floats, factors: Floats) -> Floats:
    """float64[k, 3]: log factor of a point by its source's status, the state averaged over."""
    return np.asarray(np.log((np.exp(log_states)[:, :, None] * np.exp(factors)).sum(axis=1)))


def _log_normal(scores: Floats) -> Floats:
    """``scores``, normalised along the last axis."""
    peak = scores.max(axis=-1, keepdims=True)
    return np.asarray(scores - peak - np.log(np.exp(scores - peak).sum(axis=-1, keepdims=True)))
