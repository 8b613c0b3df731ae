"""The case in numbers, and what a reader must know before anything else."""

from __future__ import annotations

from collections.abc import Mapping

from leaktrace.attribution.result import Model, Trace
from leaktrace.graph import shown_text
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.heard import heard_of
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
    both = ((_("Sources"), sources), (_("Canaries"), canaries))
    if not findings:
        return (*both, *_heard_facts(context))
    stated = sum(any(source.posterior >= STATED for source in item.sources) for item in findings)
    return (
        (_("Lists"), count_text(len(findings))),
        (_("People in them, list by list"), count_text(sum(item.people for item in findings))),
        (_("Seen"), _span(context)),
        *both,
        (_("Lists with a source at 95% or more"), _of(stated, len(findings))),
        *_heard_facts(context),
    )


def _heard_facts(context: Context) -> Pairs:
    heard = heard_of(context.trace)
    if not heard:
        return ()
    stated = sum((one.leaked or 0.0) >= STATED for one in heard)
    return (
        (_("Sources whose numbers were listened to"), _of(len(heard), len(context.sources))),
        (_("Of these, at 95% or more"), _of(stated, len(heard))),
    )


def _of(count: int, total: int) -> str:
    return _("{count} of {total}").format(count=count_text(count), total=count_text(total))


def _span(context: Context) -> str:
    moments = [batch.seen_at for batch in context.batches.values()]
    if not moments:
        return "–"
    first = min(moments, key=lambda moment: moment.earliest).text[:10]
    last = max(moments, key=lambda moment: moment.latest).text[:10]
    return first if first == last else f"{first} – {last}"


def notices(disclosing: bool, trace: Trace) -> tuple[str, ...]:
    """What stands above the first sentence."""
    told = [_comes_from() if trace.batches else _circulates()]
    if disclosing:
        told.append(
            _(
                "This copy shows the identities of canaries. Whoever reads it can recognise and "
                "avoid them: treat every canary shown here as burnt."
            )
        )
    return (*told, *assumed_lines(trace.model))


def _comes_from() -> str:
    return _(
        "“Comes from” means that the people in a list are in it as registered at that source, "
        "by any road: straight, through an earlier list, or through somebody who holds the "
        "source's own copy. It never says who let them out."
    )


def _circulates() -> str:
    return _(
        "“Circulates” means that what was told at a source has come to others, by any road: sold, "
        "stolen, or through somebody who holds the source's own copy. It never says who let it "
        "out."
    )


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
