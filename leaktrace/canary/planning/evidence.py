"""How well sets of leaking sources explain which numbers came back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import log, log1p

import numpy as np
import numpy.typing as npt

from leaktrace.canary.planning.codes import Code

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_BLOCK = 64  # a product of so many chances of at least 0.001 stays above the smallest float
_ROOM = 4_000_000
_LEVELS = (1, 9, 9, 6, 4, 3, 2)
_WIDEST = 0.8


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates over which is integrated.

    ``loss``: what share of its canaries a leak misses, equally likely; ``background``: how often a
    number comes back by itself, with the weights ``trust``.
    """

    loss: tuple[float, ...] = (0.05, 0.2, 0.35, 0.5, 0.65, 0.75)
    background: tuple[float, ...] = (0.002, 0.008, 0.02, 0.04, 0.08, 0.16)
    trust: tuple[float, ...] = ()

    def told_by(self, controls: int, came_back: int) -> Rates:
        """The same, with what ``controls`` controls say of the background."""
        logs = [came_back * log(b) + (controls - came_back) * log1p(-b) for b in self.background]
        weights = np.exp(np.array(logs) - max(logs))
        return replace(self, trust=tuple((weights / weights.sum()).tolist()))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answers, parted into what came back and what did not.

    ``back``, ``quiet``: float64[n, ·], the chance that source i, leaking whole, shows each number
    that came back, or did not; 0 where it does not hold it.
    """

    back: Floats
    quiet: Floats

    @classmethod
    def of(
        cls,
        holds: Code,
        back: npt.NDArray[np.bool_],
        heard: npt.NDArray[np.bool_] | None,
        passes: Floats | None,
    ) -> Evidence:
        """The evidence of ``holds`` (n × m) and ``back`` (m); what was not heard is left out."""
        shows = holds.astype(np.float64) if passes is None else np.where(holds, passes, 0.0)
        audible = np.ones(len(back), np.bool_) if heard is None else heard
        return cls(shows[:, back & audible], shows[:, ~back & audible])

    def silence(self, loss: Floats) -> Floats:
        """log P(each source misses all that did not come back), float64[l, n], by loss rate."""
        return np.stack([np.log(1.0 - (1.0 - one) * self.quiet).sum(axis=1) for one in loss])


def common_scores(evidence: Evidence, rates: Rates, sets: Ints) -> Floats:
    """log P(answers | set), the loss rate common to all its leaks; ``sets`` is int[s, size]."""
    return _mixed(_by_rates(evidence, rates, sets))


def likeliest_rates(evidence: Evidence, rates: Rates, leaks: Ints) -> Rates:
    """The one loss rate and the one background of ``rates`` at which the set ``leaks`` explains
    most."""
    best = int(_by_rates(evidence, rates, leaks[None, :])[0].argmax())
    level, turn = divmod(best, len(rates.background))
    return Rates((rates.loss[level],), (rates.background[turn],), (1.0,))


def _by_rates(evidence: Evidence, rates: Rates, sets: Ints) -> Floats:
    """log P(answers | set) at each loss rate and background, weighted: float64[s, l · b]."""
    loss, scores = np.array(rates.loss), []
    silent = evidence.silence(loss)
    for level, one in enumerate(loss):
        missed = 1.0 - (1.0 - one) * evidence.back
        scores.append(_over_background(evidence, rates, sets, missed, silent[level]))
    return np.concatenate(scores, axis=1)


def own_scores(evidence: Evidence, rates: Rates, sets: Ints) -> Floats:
    """log P(answers | set), each leak with a loss rate of its own."""
    size = sets.shape[1]
    if size == 0 or not len(sets):
        return common_scores(evidence, rates, sets)
    steps = _LEVELS[min(size, len(_LEVELS) - 1)]
    loss = (np.arange(steps) + 0.5) / steps * _WIDEST
    silent = evidence.silence(loss)
    missed = np.stack([1.0 - (1.0 - one) * evidence.back for one in loss])
    # Source i at level l is one row of a table of n · l rows: a set at given levels picks rows.
    rows = missed.transpose(1, 0, 2).reshape(steps * missed.shape[1], missed.shape[2])
    quiet = silent.T.reshape(-1)
    levels = np.array(list(product(range(steps), repeat=size)), dtype=np.int64)
    picked = (sets[:, None, :] * steps + levels[None, :, :]).reshape(-1, size)
    scores = _over_background(evidence, rates, picked, rows, quiet)
    return _mixed(scores.reshape(len(sets), -1)) - log(len(levels)) + log(len(rates.loss))


def _over_background(
    evidence: Evidence, rates: Rates, picked: Ints, missed: Floats, silent: Floats
) -> Floats:
    """log P for every pick of rows and background rate, its weight in it: float64[s, b]."""
    quiet = silent[picked].sum(axis=1)
    scores = np.empty((len(picked), len(rates.background)))
    number = evidence.quiet.shape[1]
    step = max(1, _ROOM // max(missed.shape[1], 1))
    for start in range(0, len(picked), step):
        part = slice(start, start + step)
        none = np.ones((len(picked[part]), missed.shape[1]))
        for place in range(picked.shape[1]):
            none *= missed[picked[part, place]]
        for turn, rate in enumerate(rates.background):
            scores[part, turn] = (
                _log_product(1.0 - (1.0 - rate) * none)
                + quiet[part]
                + number * log1p(-rate)
                + log(max(rates.trust[turn], 1e-300))
            )
    return scores


def _log_product(chances: Floats) -> Floats:
    """The sum of the logarithms of each row; products of blocks, since a logarithm is dear."""
    total = np.zeros(len(chances))
    for start in range(0, chances.shape[1], _BLOCK):
        total += np.log(chances[:, start : start + _BLOCK].prod(axis=1))
    return total


def _mixed(scores: Floats) -> Floats:
    highest = scores.max(axis=1, initial=-np.inf, keepdims=True)
    mixed: Floats = highest[:, 0] + np.log(np.exp(scores - highest).sum(axis=1))
    return mixed
