"""How much a question with two outcomes is expected to tell."""

from __future__ import annotations

from math import log2

from leaktrace.attribution.explaining.waterfall import EXPLAINED
from leaktrace.attribution.verdict import CERTAIN


def entropy(probability: float) -> float:
    """The uncertainty of a yes or no, in bits."""
    rest = 1.0 - probability
    return -sum(part * log2(part) for part in (probability, rest) if part > 0.0)


def information(posterior: float, good: float, bad: float) -> float:
    """By how much the entropy of ``posterior`` is expected to fall, in bits.

    Parameters
    ----------
    posterior : float
        The probability, as it stands, that the answer is yes.
    good, bad : float
        The probability of the good outcome if it is yes, and if it is no.
    """
    expected = 0.0
    for weight, after in _outcomes(posterior, good, bad):
        expected += weight * entropy(after)
    return max(0.0, entropy(posterior) - expected)


def settled(posterior: float, good: float, bad: float) -> float:
    """The probability that the outcome names the source (0.95 or more), or clears one that was
    likely (0.05 or less; one that was not likely needs no clearing)."""
    likely = posterior >= EXPLAINED
    return sum(
        weight
        for weight, after in _outcomes(posterior, good, bad)
        if after >= CERTAIN or (likely and after <= 1.0 - CERTAIN)
    )


def _outcomes(posterior: float, good: float, bad: float) -> list[tuple[float, float]]:
    """Both outcomes: the probability of each and the posterior after it."""
    found = []
    for yes, no in ((good, bad), (1.0 - good, 1.0 - bad)):
        weight = posterior * yes + (1.0 - posterior) * no
        if weight > 0.0:
            found.append((weight, posterior * yes / weight))
    return found
