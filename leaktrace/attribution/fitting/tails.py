"""Tail probabilities of counts, for checks of fit. Plain numpy: a check must cost a millisecond."""

from __future__ import annotations

from math import lgamma

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def hits_law(chances: Floats, most: int) -> Floats:
    """P(0), P(1) … P(most) successes of independent trials (Poisson's binomial law).

    Parameters
    ----------
    chances : float64[k, c]
        The chance of each of c trials, in k cases.
    most : int

    Returns
    -------
    float64[k, most + 1]
    """
    if chances.shape[1] and bool((chances == chances[:, :1]).all()):
        return _binomial(chances[:, 0], chances.shape[1], most)
    law = np.zeros((len(chances), most + 1))
    law[:, 0] = 1.0
    for chance in chances.T:
        there = law[:, :-1] * chance[:, None]
        law *= (1.0 - chance)[:, None]
        law[:, 1:] += there
    return law


def _binomial(chance: Floats, trials: int, most: int) -> Floats:
    """The same where all ``trials`` of a case have one ``chance`` (float64[k])."""
    inside = np.clip(chance, 1e-300, 1.0 - 1e-16)[:, None]
    count = np.arange(min(most, trials) + 1)
    ways = np.array([lgamma(one + 1) + lgamma(trials - one + 1) for one in count.tolist()])
    law = np.zeros((len(chance), most + 1))
    log = lgamma(trials + 1) - ways + count * np.log(inside) + (trials - count) * np.log1p(-inside)
    law[:, : len(count)] = np.exp(log)
    return law


def many_tail(found: int, trials: int, mean: float, correlation: float) -> float:
    """P(at least ``found`` of ``trials``) where each succeeds with probability ``mean`` and any two
    of them are correlated by ``correlation`` (the Beta-binomial law)."""
    if found <= 0:
        return 1.0
    mean = min(max(mean, 1e-12), 1.0 - 1e-12)
    size = 1.0 / correlation - 1.0
    a, b = mean * size, (1.0 - mean) * size
    nobody = lgamma(size) - lgamma(trials + size) + lgamma(trials + b) - lgamma(b)
    count = np.arange(found - 1)
    steps = np.log((trials - count) * (a + count) / ((count + 1.0) * (trials - count - 1.0 + b)))
    below = np.exp(nobody + np.concatenate(([0.0], np.cumsum(steps)))).sum()
    return float(min(1.0, max(0.0, 1.0 - below)))
