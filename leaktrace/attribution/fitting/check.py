"""What one check of fit says."""

from __future__ import annotations

from dataclasses import dataclass

PATTERNS, HITS, STRAYS, DATES, COVERAGE, CELLS = (
    "fit.patterns",
    "fit.canaries",
    "fit.strays",
    "fit.dates",
    "fit.coverage",
    "fit.cells",
)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that an explanation predicts, and what was observed.

    Attributes
    ----------
    code : str
        Which check.
    sources : tuple of str
        What it is about.
    observed, expected : float
        Counts of people or canaries.
    p : float
        The probability of something as far off, or farther, if the explanation holds.
    """

    code: str
    sources: tuple[str, ...]
    observed: float
    expected: float
    p: float
