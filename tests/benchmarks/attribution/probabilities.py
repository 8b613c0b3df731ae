"""Are the probabilities and the likelihood ratios right: calibration error, Cllr and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import numpy as np
import numpy.typing as npt

from tests.benchmarks.attribution.rows import OURS, WorldRow

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
ABOVE = 0.05
BINS = 10
_DRAWS, _SEED = 100, 1


def statements(rows: Sequence[WorldRow], method: str = OURS) -> tuple[Floats, Flags]:
    """Posteriors above 0.05 of all pairs, and which of the pairs are true."""
    said, true = [], []
    for row in rows:
        for batch in row.batches:
            for source, posterior in row.answer(method, batch.id).scores.items():
                if posterior > ABOVE:
                    said.append(posterior)
                    true.append(source in batch.sources)
    return np.array(said, dtype=np.float64), np.array(true, dtype=np.bool_)


def calibration_error(said: Floats, true: Flags) -> float:
    """The expected calibration error of statements above 0.05: ten bins of equal width on
    (0.05, 1], the absolute difference of mean posterior and share of true ones in each, weighted
    by the number of statements."""
    if not len(said):
        return nan
    width = (1 - ABOVE) / BINS
    places = np.clip(((said - ABOVE) / width).astype(int), 0, BINS - 1)
    gaps = np.bincount(places, said - true, BINS)
    return float(np.abs(gaps).sum() / len(said))


def error_if_right(said: Floats) -> float:
    """The calibration error that these statements would have on average if every posterior were
    exactly right: what the number of statements alone makes of it."""
    if not len(said):
        return nan
    rng = np.random.default_rng(_SEED)
    drawn = [calibration_error(said, rng.random(len(said)) < said) for _ in range(_DRAWS)]
    return float(np.mean(drawn))


def ratios(rows: Sequence[WorldRow]) -> tuple[Floats, Flags]:
    """log10 likelihood ratios of all pairs of batch and known source, and which pairs are true.

    A source that is not listed counts with the ratio of the posterior from which on it would be:
    the contract says no more of it than that it is below. For false pairs that is the worst that
    it can mean; true ones among them cost log2(1 + 1/LR), some 6.7 bits.
    """
    said, true = [], []
    for row in rows:
        for batch in row.batches:
            listed = row.listed[batch.id]
            for source in row.sources:
                said.append(listed[source].log10_lr if source in listed else row.unlisted)
                true.append(source in batch.sources)
    return np.array(said, dtype=np.float64), np.array(true, dtype=np.bool_)


def cllr(log10_lr: Floats, true: Flags) -> float:
    """The cost of likelihood ratios in bits (Brümmer and du Preez, Computer Speech and Language 20,
    2006): the mean of log2(1 + 1/LR) over true pairs and of log2(1 + LR) over false ones, halved
    together."""
    if true.all() or not true.any():
        return nan
    natural = log10_lr * np.log(10.0)
    missed = np.logaddexp(0.0, -natural[true]).mean()
    misled = np.logaddexp(0.0, natural[~true]).mean()
    return float((missed + misled) / 2 / np.log(2.0))


def cllr_min(log10_lr: Floats, true: Flags) -> float:
    """Cllr after the best monotone recalibration (pool adjacent violators, at even prior odds):
    what is lost in telling the pairs apart. ``cllr - cllr_min`` is ``cllr_cal``."""
    from scipy.optimize import isotonic_regression

    if true.all() or not true.any():
        return nan
    values, place = np.unique(log10_lr, return_inverse=True)
    yes = np.bincount(place[true], minlength=len(values)) / true.sum()
    no = np.bincount(place[~true], minlength=len(values)) / (~true).sum()
    weight = yes + no
    fitted = isotonic_regression(yes / weight, weights=weight).x.clip(0.0, 1.0)
    # A side that has no weight where the fit is 0 or 1 costs nothing there.
    with np.errstate(divide="ignore", invalid="ignore"):
        missed = np.where(yes > 0, yes * -np.log2(fitted), 0.0).sum()
        misled = np.where(no > 0, no * -np.log2(1 - fitted), 0.0).sum()
    return float((missed + misled) / 2)


def pooled_error(rows: Sequence[WorldRow]) -> float:
    """The calibration error of all worlds' statements together."""
    return calibration_error(*statements(rows))


def pooled_cllr(rows: Sequence[WorldRow]) -> float:
    """Cllr of all worlds' pairs together."""
    return cllr(*ratios(rows))


def pooled_cllr_min(rows: Sequence[WorldRow]) -> float:
    """The part of it that no calibration mends."""
    return cllr_min(*ratios(rows))


def pooled_cllr_cal(rows: Sequence[WorldRow]) -> float:
    """The part of it that calibration would mend."""
    said, true = ratios(rows)
    return cllr(said, true) - cllr_min(said, true)


def largest_excess(rows: Sequence[WorldRow]) -> float:
    """By how much the largest log10 likelihood ratio, of either sign, is above the bound."""
    return max(
        (
            abs(one.log10_lr) - row.bound
            for row in rows
            for listed in row.listed.values()
            for one in listed.values()
        ),
        default=nan,
    )


def vouched_for(rows: Sequence[WorldRow]) -> float:
    """log10 of the largest likelihood ratio that the listed pairs of these worlds alone vouch for
    (the empirical upper bound of Vergeer and others, Science and Justice 56, 2016). The ratios are
    cut, so it is never above the bound itself."""
    pairs = [
        (one.log10_lr, source in batch.sources)
        for row in rows
        for batch in row.batches
        for source, one in row.listed[batch.id].items()
    ]
    true = np.sort([ratio for ratio, right in pairs if right])
    false = np.sort([ratio for ratio, right in pairs if not right])
    bound = 0.0
    if not len(true) or not len(false):
        return nan
    for threshold in np.arange(0.0, max(row.bound for row in rows) + 0.005, 0.01):
        kept = 1 - np.searchsorted(true, threshold) / len(true)
        misled = (len(false) - np.searchsorted(false, threshold) + 1) / (len(false) + 1)
        if 10.0**threshold * misled > kept:
            break
        bound = float(threshold)
    return bound
