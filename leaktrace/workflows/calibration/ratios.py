"""Are likelihood ratios right: their cost and its two parts, and what the trials vouch for.

Checked against the package ``lir`` of the Netherlands Forensic Institute, to 1e-6. Where there is a
choice its convention is taken; the one departure is that nothing is changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
STEP = 0.01
_EXTREME = 9.0


def cllr(log10_lr: Floats, true: Flags) -> float:
    """The cost of likelihood ratios, in bits: 0 is perfect, 1 is what saying nothing costs.

    The mean of log2(1 + 1/LR) over true pairs and of log2(1 + LR) over false ones, halved together
    (Brümmer and du Preez, Computer Speech and Language 20, 2006).

    Parameters
    ----------
    log10_lr : float64[n]
        May be infinite.
    true : bool[n]

    Returns
    -------
    float
        NaN where all pairs are true, or none is.
    """
    if true.all() or not true.any():
        return nan
    natural = log10_lr * np.log(10.0)
    missed = np.logaddexp(0.0, -natural[true]).mean()
    misled = np.logaddexp(0.0, natural[~true]).mean()
    return float((missed + misled) / 2 / np.log(2.0))


def cllr_min(log10_lr: Floats, true: Flags) -> float:
    """Cllr after the best monotone recalibration: what is lost in telling the pairs apart.
    ``cllr - cllr_min`` is ``cllr_cal``, what better calibration would save."""
    if true.all() or not true.any():
        return nan
    blocks = pool_adjacent_violators(log10_lr, true)
    return cllr(blocks.recalibrated(log10_lr), true)


@dataclass(frozen=True, slots=True)
class Blocks:
    """A monotone recalibration: what was said, in blocks, and what it was worth in each.

    Attributes
    ----------
    low, high : float64[k]
        log10 of the smallest and the largest likelihood ratio said in each block, ascending.
    worth : float64[k]
        log10 of the likelihood ratio that fits the block best, ascending; minus infinity where
        none of its pairs is true, infinity where all are.
    pairs : int64[k]
        How many pairs each block rests on.
    """

    low: Floats
    high: Floats
    worth: Floats
    pairs: npt.NDArray[np.int64]

    def recalibrated(self, log10_lr: Floats) -> Floats:
        """The worth of ratios among those that the blocks were made from."""
        return self.worth[np.searchsorted(self.high, log10_lr)]


def pool_adjacent_violators(log10_lr: Floats, true: Flags) -> Blocks:
    """The recalibration that rises with what was said and fits the truth best, each side weighing
    the same (the PAV algorithm, by scipy; at least one pair must be true and one false)."""
    from scipy.optimize import isotonic_regression

    values, place = np.unique(log10_lr, return_inverse=True)
    yes = np.bincount(place[true], minlength=len(values))
    no = np.bincount(place[~true], minlength=len(values))
    weight = yes / yes.sum() + no / no.sum()
    fitted = isotonic_regression(yes / yes.sum() / weight, weights=weight)
    first = fitted.blocks[:-1]
    # Counted anew: 1 - p would lose what is near 1.
    yes, no = np.add.reduceat(yes, first), np.add.reduceat(no, first)
    with np.errstate(divide="ignore"):
        worth = np.log10(yes / yes.sum()) - np.log10(no / no.sum())
    return Blocks(values[first], values[fitted.blocks[1:] - 1], worth, yes + no)


def shares_above(log10_lr: Floats, true: Flags, threshold: Floats) -> tuple[Floats, Floats]:
    """The share of the true and of the false pairs with a ratio of at least each threshold: the two
    curves of a Tippett plot. NaN for a side without pairs."""
    return _share_from(log10_lr[true], threshold), _share_from(log10_lr[~true], threshold)


def _share_from(ratios: Floats, threshold: Floats) -> Floats:
    if not len(ratios):
        return np.full(len(threshold), nan)
    below = np.searchsorted(np.sort(ratios), threshold, side="left")
    return np.asarray(1.0 - below / len(ratios))


def empirical_bounds(log10_lr: Floats, true: Flags) -> tuple[float, float]:
    """log10 of the smallest and the largest likelihood ratio that the trials can vouch for.

    The largest (smallest) threshold up (down) to which deciding by the system costs no more than
    ignoring it, one misleading trial added on each side (Vergeer and others, Science and Justice
    56, 2016). Their own program adds one on the side in question alone; ``lir`` adds both, which
    is more careful by less than a hundredth where there are many trials.

    Parameters
    ----------
    log10_lr : float64[n]
        Not cut; beyond 9 either way they count as 9.
    true : bool[n]

    Returns
    -------
    pair of float
        Multiples of 0.01, at most and at least 0; both 0 where all pairs are true, or none is.
    """
    if true.all() or not true.any():
        return 0.0, 0.0
    said = np.clip(log10_lr, -_EXTREME, _EXTREME)
    threshold = _thresholds(said, int(true.sum()), int((~true).sum()))
    # Compared as ratios, as lir does: a threshold that equals a ratio falls on the same side.
    cost = 10.0**threshold
    neutral = np.where(cost < 1.0, cost, 1.0)
    kept = _more_than(10.0 ** said[true], cost) / (true.sum() + 1)
    misled = (_more_than(10.0 ** said[~true], cost) + 1) / ((~true).sum() + 1)
    worse = neutral / (1.0 - kept + cost * misled) < 1.0
    low = np.max(threshold[(threshold <= 0) & worse] + STEP, initial=threshold.min())
    high = np.min(threshold[(threshold >= 0) & worse] - STEP, initial=threshold.max())
    return min(float(low), 0.0), max(float(high), 0.0)


def _thresholds(said: Floats, true: int, false: int) -> Floats:
    """Where the bounds are looked for: no further than the trials go, nor their number."""
    lowest = max(said.min(), -np.log10(true + 1))
    highest = min(said.max(), np.log10(false + 1))
    first = min(0, int(np.floor_divide(lowest, STEP)))
    last = max(0, int(np.floor_divide(highest, STEP)) + 1)
    return np.linspace(first * STEP, last * STEP, last - first + 1)


def _more_than(ratios: Floats, threshold: Floats) -> npt.NDArray[np.int64]:
    return len(ratios) - np.searchsorted(np.sort(ratios), threshold, side="right")
