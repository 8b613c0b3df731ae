"""The source or its unseen twin: decided over all batches together.

A source's list cannot tell the source from its twin; our canaries can, and many small misses
decide together. Each source has one hidden state for the whole case: only itself leaks, only its
twin leaks, or both. Given the states the batches are independent, so messages on a star give each
batch what all the others say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.hypotheses import CONTRIBUTED, TWIN, Premises
from leaktrace.attribution.inference import Point

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
_ROUNDS = 3
# Batches of one source repeat the same hidden causes (a canary that never rings, a shared
# filter), so what the others say is flattened a little.
_DEPENDENCE = 0.7


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


def pool(batches: Sequence[Sequence[Point]], premises: Premises) -> Pooled:
    """Posterior weights of all points of all batches, the twins' states pooled."""
    tables = [_statuses(points) for points in batches]
    sources = sorted({source for table in tables for source in table})
    messages = {one: np.zeros((len(batches), 3)) for one in sources}
    for _round in range(_ROUNDS):
        fresh = {one: np.zeros((len(batches), 3)) for one in sources}
        for place, points in enumerate(batches):
            scores = np.array([point.log_score for point in points])
            cavity = _cavity(messages, place, premises)
            for one in tables[place]:
                fresh[one][place] = _message(scores, tables[place], one, cavity, premises)
        messages = fresh
    cavities = [_cavity(messages, place, premises) for place in range(len(batches))]
    weights = [
        weights_under(points, cavity.log_states, premises)
        for points, cavity in zip(batches, cavities, strict=True)
    ]
    states = {
        one: np.exp(_log_normal(_prior(one, premises) + _DEPENDENCE * messages[one].sum(axis=0)))
        for one in sources
    }
    return Pooled(weights, cavities, states, _ratios(batches, weights, premises))


def _ratios(
    batches: Sequence[Sequence[Point]], weights: Sequence[Floats], premises: Premises
) -> dict[str, list[float]]:
    ratios: dict[str, list[float]] = {one: [] for one in premises.prior}
    for points, weight in zip(batches, weights, strict=True):
        if not points:
            continue
        inside = dict.fromkeys(premises.prior, 0.0)
        for point, part in zip(points, weight, strict=True):
            for source in point.hypothesis.named_or_twin:
                inside[source] += float(part)
            for source, share in point.silent.items():
                inside[source] += float(part) * share
        for source, probability in inside.items():
            kept = min(max(probability, 1e-9), 1 - 1e-9)
            prior = premises.prior[source]
            odds = np.log(kept / (1 - kept)) - np.log(prior / (1 - prior))
            ratios[source].append(float(odds))
    return ratios


def weights_under(
    points: Sequence[Point], log_states: Mapping[str, Floats], premises: Premises
) -> Floats:
    """Posterior weights of one batch's points, given log probabilities of the twins' states; a
    source without one has its prior."""
    total = np.array([point.log_score for point in points])
    for source, codes in _statuses(points).items():
        state = log_states.get(source)
        state = _log_normal(_prior(source, premises)) if state is None else state
        total = total + _lift(state, source, premises)[codes]
    return np.exp(_log_normal(total))


def _statuses(points: Sequence[Point]) -> dict[str, Codes]:
    """For each source with a part: 0 where it has none, 1 it contributed, 2 its twin did."""
    sources = sorted(
        {one for p in points for one, how in p.hypothesis.readings if how in (CONTRIBUTED, TWIN)}
    )
    codes = {CONTRIBUTED: 1, TWIN: 2}
    table = {one: np.zeros(len(points), dtype=np.int8) for one in sources}
    for place, point in enumerate(points):
        for source, how in point.hypothesis.readings:
            if how in codes:
                table[source][place] = codes[how]
    return table


def _cavity(messages: Mapping[str, Floats], place: int, premises: Premises) -> Cavity:
    return Cavity(
        {
            one: _log_normal(_prior(one, premises) + _DEPENDENCE * (said.sum(axis=0) - said[place]))
            for one, said in messages.items()
        }
    )


def _message(
    scores: Floats,
    table: Mapping[str, Codes],
    source: str,
    cavity: Cavity,
    premises: Premises,
) -> Floats:
    """What a batch says of ``source``'s state: float64[3], log, its mean 0."""
    total = scores.copy()
    for other, codes in table.items():
        if other != source:
            total = total + _lift(cavity.log_states[other], other, premises)[codes]
    factors = _factors(source, premises)
    said = np.array([np.logaddexp.reduce(total + row[table[source]]) for row in factors])
    return np.asarray(said - said.mean())


def _prior(source: str, premises: Premises) -> Floats:
    odds = premises.twin_odds[source]
    both = premises.settings.both_leak
    alone = (1 - both) / (1 + odds)
    return np.asarray(np.log(np.array([alone, odds * alone, both])))


def _factors(source: str, premises: Premises) -> Floats:
    """float64[3, 3]: by what each state multiplies a point in which the source has no part,
    contributed, or its twin did (relative to the prior in the point's own score)."""
    odds = premises.twin_odds[source]
    own, twin = 1 + odds, (1 + odds) / odds
    return np.asarray(np.log([[1.0, own, 1e-12], [1.0, 1e-12, twin], [1.0, own / 2, twin / 2]]))


def _lift(log_state: Floats, source: str, premises: Premises) -> Floats:
    """float64[3]: log factor of a point by its status, the state averaged over."""
    return np.asarray(np.logaddexp.reduce(log_state[:, None] + _factors(source, premises), axis=0))


def _log_normal(scores: Floats) -> Floats:
    return np.asarray(scores - np.logaddexp.reduce(scores))
