"""The verdict on a batch and the words of support, as the contract defines them."""

from __future__ import annotations

from collections.abc import Sequence

from leaktrace.attribution.result import SourceFinding

CERTAIN = 0.95
NEVER_ABOVE = 0.9999
# Upper ends of the ENFSI scale (2015), in log10 of the likelihood ratio.
_SUPPORT = (
    (0.30103, "none"),
    (1.0, "weak"),
    (2.0, "moderate"),
    (3.0, "moderately-strong"),
    (4.0, "strong"),
)


def support_of(log10_lr: float) -> str:
    """The ENFSI word for a likelihood ratio; a ratio below 2 supports nothing."""
    for end, word in _SUPPORT:
        if log10_lr < end:
            return word
    return "very-strong"


def verdict_of(
    findings: Sequence[SourceFinding],
    made_up_probability: float,
    made_up_share: float,
    nobody: float,
) -> str:
    """The first verdict that holds.

    Parameters
    ----------
    findings : sequence of SourceFinding
    made_up_probability : float
        That over 90% of the people are made up.
    made_up_share : float
        Estimate of the made-up share.
    nobody : float
        The probability that no known source contributed.
    """
    if made_up_probability >= CERTAIN:
        return "no-source"
    certain = [one for one in findings if one.posterior >= CERTAIN]
    if len(certain) == 1 and certain[0].share.low >= 0.5 * (1.0 - made_up_share):
        return "attributed"
    if certain:
        return "mixed"
    if nobody >= CERTAIN:
        return "unknown-source"
    return "undetermined"
