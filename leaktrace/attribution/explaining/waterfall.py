"""The waterfall of a source: from the prior odds through the evidence to the posterior.

Terminal, JSON and report draw the same :class:`Waterfall`, whose figures are rounded as those of
the JSON document, so that all three show the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leaktrace.attribution.findings import log10_odds
from leaktrace.attribution.result import BatchFinding, Evidence, SourceFinding

EXPLAINED = 0.2
"""From this posterior on a source is likely enough to be explained."""

MOST_EXPLAINED = 3
"""So many sources of a batch are explained, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """What made the posterior of one source in one batch.

    Attributes
    ----------
    source : str
    prior, posterior : float
        Probabilities.
    log10_prior, log10_posterior : float
        Their odds.
    pieces : tuple of Evidence
        Leave-one-out, strongest first: they need not add up to ``log10_lr``.
    log10_lr : float
        All evidence together, cut at the bound.
    capped : bool
    support : str
        The word of the ENFSI scale for ``log10_lr``.
    """

    source: str
    prior: float
    posterior: float
    log10_prior: float
    log10_posterior: float
    pieces: tuple[Evidence, ...]
    log10_lr: float
    capped: bool
    support: str


def waterfalls_of(finding: BatchFinding) -> tuple[Waterfall, ...]:
    """The waterfall of each likely source; of the likeliest alone where none is likely."""
    likely = explained_sources(finding.sources) or finding.sources[:1]
    return tuple(waterfall_of(finding, one) for one in likely)


def explained_sources(sources: Sequence[SourceFinding]) -> tuple[SourceFinding, ...]:
    """Those of a batch's ``sources`` (the likeliest first) that are likely enough."""
    return tuple(one for one in sources[:MOST_EXPLAINED] if one.posterior >= EXPLAINED)


def waterfall_of(finding: BatchFinding, source: SourceFinding) -> Waterfall:
    """The waterfall of ``source``, which is one of those of ``finding``."""
    pieces = [one for one in finding.evidence if one.source == source.source]
    return Waterfall(
        source=source.source,
        prior=four_digits(source.prior),
        posterior=four_digits(source.posterior),
        log10_prior=four_digits(log10_odds(source.prior)),
        log10_posterior=four_digits(log10_odds(source.posterior)),
        pieces=tuple(
            replace(one, log10_lr=four_digits(one.log10_lr))
            for one in sorted(pieces, key=lambda one: -abs(one.log10_lr))
        ),
        log10_lr=four_digits(source.log10_lr),
        capped=source.capped,
        support=source.support,
    )


def four_digits(value: float) -> float:
    """``value`` at four significant digits, as the JSON document has it; no negative zero."""
    return float(f"{value:.4g}") + 0.0
