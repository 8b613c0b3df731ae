"""The case in numbers, and what a reader must know before anything else."""

from __future__ import annotations

from collections.abc import Mapping

from leaktrace.attribution.result import Model
from leaktrace.graph import shown_text
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.numbers import count_text
from leaktrace.report.standing import STATED
from leaktrace.report.view import Pairs
from leaktrace.report.words import kind_word, listed


def case_facts(context: Context) -> Pairs:
    """Labels and values for the head of the page."""
    findings = context.trace.batches
    planted = [
        any(planting.source is not None for planting in canary.plantings)
        for canary in context.canaries.values()
    ]
    canaries = _("{planted} planted, {controls} controls").format(
        planted=count_text(sum(planted)), controls=count_text(len(planted) - sum(planted))
    )
    sources = _("{count}, {held} with a list of their own").format(
        count=count_text(len(context.sources)), held=count_text(len(context.references))
    )
    stated = sum(any(source.posterior >= STATED for source in item.sources) for item in findings)
    return (
        (_("Lists"), count_text(len(findings))),
        (_("People in them, list by list"), count_text(sum(item.people for item in findings))),
        (_("Seen"), _span(context)),
        (_("Sources"), sources),
        (_("Canaries"), canaries),
        (
            _("Lists with a source at 95% or more"),
            _("{count} of {total}").format(
                count=count_text(stated), total=count_text(len(findings))
            ),
        ),
    )


def _span(context: Context) -> str:
    moments = [batch.seen_at for batch in context.batches.values()]
    if not moments:
        return "–"
    first = min(moments, key=lambda moment: moment.earliest).text[:10]
    last = max(moments, key=lambda moment: moment.latest).text[:10]
    return first if first == last else f"{first} – {last}"


def notices(disclosing: bool, model: Model) -> tuple[str, ...]:
    """What stands above the first sentence."""
    told = [
        _(
            "“Comes from” means that the people in a list are in it as registered at that source, "
            "by any road: straight, through an earlier list, or through somebody who holds the "
            "source's own copy. It never says who let them out."
        )
    ]
    if disclosing:
        told.append(
            _(
                "This copy shows the identities of canaries. Whoever reads it can recognise and "
                "avoid them: treat every canary shown here as burnt."
            )
        )
    return (*told, *assumed_lines(model))


def assumed_lines(model: Model) -> tuple[str, ...]:
    """What the user left out, and assumed, instead of what this version would."""
    told = []
    if model.off:
        told.append(_("Left out, as asked for: {kinds}.").format(kinds=listed(model.off)))
    priors = _set(model.prior.get("sources", {}))
    if priors:
        told.append(_("Assumed beforehand, as asked for: {priors}.").format(priors=priors))
    twins = _set(model.prior.get("twin_odds_by_kind", {}))
    if twins:
        told.append(_("Odds of an unseen twin, as asked for: {odds}.").format(odds=twins))
    market = listed(map(kind_word, model.prior.get("market", {})))
    if market:
        told.append(_("How lists of a kind are sold, as told: {kinds}.").format(kinds=market))
    return tuple(told)


def _set(values: Mapping[str, float]) -> str:
    return listed(f"{shown_text(name)} {value:.3g}" for name, value in values.items())
