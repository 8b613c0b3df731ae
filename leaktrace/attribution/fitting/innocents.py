"""Of 1,000 innocents like a source that is named, how many would have scored as high?

An innocent like it has as many people, as many canaries planted on the same days, and a list that
overlaps the others' as its does. It is innocent in the ways in which the source itself would be,
as often as those are likely; in each of them it is drawn anew

- which of its canaries are in the batch: by other roads only, at the rates of the case;
- how many of the batch's people are in its list, where it merely overlaps: from the law of overlaps
  (its twin's leak holds as many as the source's own would);
- what the cells say, where they were compared: as of those sources of the case that overlap a batch
  without having contributed.

- what the other batches say of it and its twin: as of another source of the case, or nothing.

Approximations, that it may be drawn in milliseconds: its canaries are shared with no other source,
finds are correlated as the rows of a batch are, and its share stays that of the source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fitting.elsewhere import Elsewhere
from leaktrace.attribution.fitting.explained import Explained, explanations_of, inside_of
from leaktrace.attribution.fitting.redraw import (
    common_roads,
    drawn_finds,
    own_canaries,
    source_trial,
)
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points
from leaktrace.attribution.pooling import weights_under
from leaktrace.attribution.result import Innocents

Floats = npt.NDArray[np.float64]
DRAWN = 1000
_LEVELS = 8
_MOST_STATES = 6
# Odds beyond this were not weighed.
_UNWEIGHED = 3e-4


@dataclass(frozen=True, slots=True)
class Answered:
    """One batch with its weighed explanations.

    Attributes
    ----------
    seen : Observation
    points : Points
    weights : float64[points]
    log_states : mapping
        What the other batches say of the twins, see :class:`leaktrace.attribution.pooling.Cavity`.
    premises : Premises
        The batch's.
    """

    seen: Observation
    points: Points
    weights: Floats
    log_states: Mapping[str, Floats]
    premises: Premises


def score_changes(
    answer: Answered, source: str, ways: Mapping[str, float], case: Elsewhere
) -> Floats:
    """By how much the log odds of innocents like ``source`` differ from its own: float64[DRAWN].

    Parameters
    ----------
    answer : Answered
    source : str
    ways : mapping
        The ways in which it would be innocent (``twin``, ``overlap``, ``other-road``,
        ``elsewhere``) with their probabilities.
    case : Elsewhere
    """
    rng = np.random.default_rng(_seed(answer.seen.batch.id, source))
    named = _naming(answer, source)
    part = ways.get("overlap", 0.0) if source in answer.seen.lists else 0.0
    levels, moved = _overlaps(answer, source, part, rng)
    change = _pool_changes(answer, source, rng) + moved
    versions = answer.seen.versions.get(source)
    if versions is not None:
        said = sum(one.weight * versions.log_ratio(one.share_of(source)) for one in named)
        change = change + case.drawn_cells(DRAWN, rng) - said
    return np.asarray(change + _canary_change(answer, source, named, levels, case, rng))


def _naming(answer: Answered, source: str) -> list[Explained]:
    """The explanations in which ``source`` contributed; their weights sum to 1."""
    inside = [one for one in explanations_of(answer.points, answer.weights) if one.part_of(source)]
    parts = [one.weight * one.part_of(source) for one in inside]
    total = sum(parts)
    return [replace(one, weight=part / total) for one, part in zip(inside, parts, strict=True)]


def _seed(batch: str, source: str) -> int:
    name = f"{len(batch)}:{batch}{source}".encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big")


def _pool_changes(answer: Answered, source: str, rng: np.random.Generator) -> Floats:
    """The other batches say of an innocent what they say of another source of the case, or
    nothing: float64[DRAWN]."""
    if source not in answer.log_states:
        return np.zeros(DRAWN)
    others = [state for one, state in sorted(answer.log_states.items()) if one != source]
    places = np.unique(np.linspace(0, len(others) - 1, _MOST_STATES).astype(int)) if others else ()
    lists = [one for one in answer.points.lists if one != source and one in answer.log_states]
    rest = {one: answer.log_states[one] for one in lists}
    told = [rest, *({**rest, source: others[place]} for place in places)]
    inside = inside_of(answer.points, source)
    now = _log_odds(float(answer.weights @ inside))
    odds = [
        _log_odds(float(weights_under(answer.points, states, answer.premises) @ inside))
        for states in told
    ]
    return np.array(odds)[rng.integers(len(odds), size=DRAWN)] - now


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _UNWEIGHED), 1.0 - _UNWEIGHED)
    return float(np.log(kept) - np.log1p(-kept))


def _overlaps(
    answer: Answered, source: str, part: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """What a mere overlap may be, over what the source's is, and how that moves the log odds: by
    how much likelier such an overlap is than the source's. 1 and 0 for those that do not overlap.
    """
    seen, law = answer.seen, answer.premises.law
    levels, moves = np.ones(DRAWN), np.zeros(DRAWN)
    rows = np.flatnonzero(rng.random(DRAWN) < part)
    if len(rows):
        own = max(seen.overlaps[source] / max(1, seen.seen[source]), 1e-3)
        grid = (np.arange(_LEVELS) + 0.5) / _LEVELS
        density = np.exp([law.log_density(float(one)) for one in grid])
        drawn = rng.choice(_LEVELS, size=len(rows), p=density / density.sum())
        levels[rows] = grid[drawn] / own
        likelier = density / np.exp(law.log_density(own))
        moves[rows] = -np.log1p(part * (likelier - 1.0))[drawn]
    return levels, moves


def _canary_change(
    answer: Answered,
    source: str,
    named: Sequence[Explained],
    levels: Floats,
    case: Elsewhere,
    rng: np.random.Generator,
) -> Floats:
    """How other finds than the source's move the log odds: float64[DRAWN]."""
    settings, seen = answer.premises.settings, answer.seen
    canaries = own_canaries(seen, source)
    if not len(canaries) or not named:
        return np.zeros(DRAWN)
    finds = drawn_finds(len(canaries), DRAWN, case, settings.intraclass, rng)
    terms = []
    for explained in named:
        trial = source_trial(seen, source, explained, settings)
        said = trial.log_ratios(finds)
        for level in np.unique(levels[levels != 1.0]):
            rows = levels == level
            other = source_trial(seen, source, explained, settings, scale=float(level))
            said[rows] = other.log_ratios(finds[rows])
        own = float(trial.log_ratios(trial.observed[None, :])[0])
        terms.append(np.log(explained.weight) + said - own)
    together = common_roads(seen, source, np.vstack([trial.observed, finds]), settings)
    change = np.logaddexp.reduce(np.array(terms), axis=0)
    return np.asarray(change - (together[1:] - together[0]))


def innocents_like(
    answer: Answered, source: str, ways: Mapping[str, float], case: Elsewhere
) -> Innocents:
    """How many of 1,000 innocents like ``source`` would have scored as high."""
    high = int((score_changes(answer, source, ways, case) >= -1e-9).sum())
    return Innocents(DRAWN, high, upper_bound(high, DRAWN))


def upper_bound(found: int, drawn: int, level: float = 0.05) -> float:
    """One-sided upper bound of a part of which ``found`` of ``drawn`` were seen (Clopper and
    Pearson, Biometrika 26, 1934): where so few or fewer come up with probability ``level``."""
    if found >= drawn:
        return 1.0
    low, high = found / drawn, 1.0
    for _step in range(30):
        middle = (low + high) / 2.0
        if _at_most(found, drawn, middle) > level:
            low = middle
        else:
            high = middle
    return high


def _at_most(found: int, drawn: int, part: float) -> float:
    counts = np.arange(found)
    steps = np.log((drawn - counts) / (counts + 1.0)) + np.log(part) - np.log1p(-part)
    terms = drawn * np.log1p(-part) + np.concatenate(([0.0], np.cumsum(steps)))
    return float(np.exp(terms).sum())
