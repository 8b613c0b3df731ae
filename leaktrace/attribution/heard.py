"""What the calls of a case say of its sources, and what that means for its lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import exp, log

from leaktrace.attribution.hypotheses import Premises, at_odds
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.switches import CALLS, CANARIES, SeenCase
from leaktrace.attribution.view import CaseView
from leaktrace.calls.leaking import SourceCalls, heard_in, what_calls_say
from leaktrace.case.case import Case

#: Calls never move the odds that a source contributed to a list by more than this: that data of it
#: circulate does not say that this list is of them.
MOST_BY_CALLS = 3.0
#: Nor down by more: what nobody rang yet may still be sold.
LEAST_BY_CALLS = 0.7

FARTHEST = 50.0
"""Log odds are never taken beyond this."""


def calls_of(case: CaseView, settings: Settings) -> Mapping[str, SourceCalls]:
    """What the calls of ``case`` say of its sources, by source; nothing where it has none."""
    whole = case.case if isinstance(case, SeenCase) else case
    if not isinstance(whole, Case) or {CALLS, CANARIES} & settings.without:
        return {}
    heard = heard_in(whole)
    if heard is None:
        return {}
    return {one.source: one for one in what_calls_say(heard, settings.leaks)}


def factors_of(calls: Mapping[str, SourceCalls], settings: Settings) -> dict[str, float]:
    """By what the calls multiply the prior odds of each source for any list.

    A source contributes only if its data circulate; what the calls make of that probability, within
    the bounds above.
    """
    before = log(settings.leaks / (1.0 - settings.leaks))
    return {
        source: min(
            max(chance_at(before + one.log10_lr * log(10.0)) / settings.leaks, LEAST_BY_CALLS),
            MOST_BY_CALLS,
        )
        for source, one in calls.items()
    }


def premises_heard(premises: Premises, factors: Mapping[str, float]) -> Premises:
    """``premises`` with the prior of each source as the calls move it."""
    if not factors:
        return premises
    return replace(premises, prior=at_odds(premises.prior, factors))


def chance_at(log_odds: float) -> float:
    """The probability whose natural log odds these are."""
    return 1.0 / (1.0 + exp(-min(max(log_odds, -FARTHEST), FARTHEST)))
