"""What would be said of a source had something else been assumed beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leaktrace.attribution.findings import log10_odds
from leaktrace.attribution.result import SourceFinding
from leaktrace.attribution.verdict import NEVER_ABOVE

#: Prior probabilities for which the posterior is told: one in two to one in ten thousand.
PRIORS = (0.5, 0.1, 0.01, 0.001, 0.0001)


@dataclass(frozen=True, slots=True)
class PriorStep:
    """The posterior that would follow from another prior."""

    prior: float
    posterior: float


def calibrated_log10_lr(finding: SourceFinding, cap: float) -> float:
    """log10 of the calibrated likelihood ratio: what the evidence did to the prior odds, cut at
    ``cap``.

    The uncut one made the posterior; a statement about another prior is one that the validation
    must vouch for by the ratio alone, so it says no more than the cut one does.
    """
    ratio = log10_odds(finding.posterior) - log10_odds(finding.prior)
    return float(np.clip(ratio, -cap, cap))


def prior_sensitivity(finding: SourceFinding, cap: float) -> tuple[PriorStep, ...]:
    """The posterior at each of :data:`PRIORS`, by the ratio of :func:`calibrated_log10_lr`."""
    ratio = calibrated_log10_lr(finding, cap)
    return tuple(PriorStep(prior, posterior_at(prior, ratio)) for prior in PRIORS)


def posterior_at(prior: float, log10_lr: float) -> float:
    """Bayes' rule on odds; never above what is ever printed."""
    odds: float = 10.0 ** (log10_odds(prior) + log10_lr)
    return min(odds / (1.0 + odds), NEVER_ABOVE)
