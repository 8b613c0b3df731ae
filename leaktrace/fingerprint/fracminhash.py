"""FracMinHash: what a sample of tokens says of two sets.

Hera, Pierce-Ward and Koslicki, "Deriving confidence intervals for mutation rates across a wide
range of evolutionary distances using FracMinHash", Genome Research 33, 2023.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, log1p, sqrt

DEFAULT_SCALED = 100
SMALLEST_SCALED = 10
LARGEST_SCALED = 1_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share in [0, 1] with its standard error."""

    value: float
    standard_error: float


def bias_factor(size: int, scaled: int) -> float:
    """``1 - (1 - s)**n``: the expected estimate is this times the truth (op. cit.).

    It is the chance that a set of ``size`` has anything in the sample of 1 in ``scaled``.
    """
    if scaled == 1:
        return 1.0 if size else 0.0
    return -expm1(size * log1p(-1 / scaled))


def containment(hits: int, held: int, size: int, scaled: int) -> Estimate:
    """The containment of a set in another from their samples.

    Parameters
    ----------
    hits : int
        Sampled members of the set that are in the other.
    held : int
        Sampled members of the set.
    size : int
        Members of the set in all.
    scaled : int
        1 where both are exact.

    Returns
    -------
    Estimate
        ``hits / held`` over the bias factor, at most 1; 0 for an empty sample. The standard error
        is the binomial one of the sample with the sampling fraction taken off (op. cit.),
        at the posterior mean under a uniform prior, so that no finding and a full one have an
        error too; 0 where both are exact.
    """
    if scaled == 1:
        return Estimate(hits / size if size else 0.0, 0.0)
    middle = (hits + 1) / (held + 2)
    error = sqrt(middle * (1 - middle) / (held + 3) * (1 - 1 / scaled))
    if not held:
        return Estimate(0.0, error)
    return Estimate(min(1.0, hits / held / bias_factor(size, scaled)), error)
