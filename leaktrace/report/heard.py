"""What calls say of each source: the sources that calls speak of, and their evidence in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leaktrace.attribution.result import BY_CALLS, SourceSummary, Trace
from leaktrace.attribution.twins import twins_of
from leaktrace.messages import _, ngettext
from leaktrace.report.context import Context
from leaktrace.report.evidence import evidence_row
from leaktrace.report.numbers import count_text, odds_text, times_text
from leaktrace.report.standing import STATED, SUPPORTED, WITH_REASON
from leaktrace.report.view import HeardView
from leaktrace.report.waterfall import piece_text
from leaktrace.report.words import piece_word

FEW_SOURCES = 12
"""Up to so many sources, the evidence of each stands open; else of those that calls speak of."""


def heard_of(trace: Trace) -> tuple[SourceSummary, ...]:
    """The sources that calls speak of, those that most probably leaked first."""
    found = [one for one in trace.sources if one.by_calls and one.leaked is not None]
    return tuple(sorted(found, key=lambda one: (-(one.leaked or 0.0), one.source)))


def heard_views(context: Context) -> tuple[HeardView, ...]:
    """The part of the page about each source that calls speak of."""
    found = heard_of(context.trace)
    return tuple(_view(one, context, few=len(found) <= FEW_SOURCES) for one in found)


def heard_sentences(context: Context) -> tuple[str, ...]:
    """What calls tell, in a sentence for each source that they speak for, and one for the rest."""
    told, rest = [], []
    for one in heard_of(context.trace):
        if _ratio(one) > SUPPORTED and (one.leaked or 0.0) >= WITH_REASON:
            told.append(_sentence(one, context.source_names[one.source], context.cap))
        else:
            rest.append(one)
    return (*told, *quiet_lines(rest))


def quiet_lines(rest: Sequence[SourceSummary]) -> tuple[str, ...]:
    """How many of ``rest`` the calls speak against, and of how many they tell nothing much."""
    against = sum(_ratio(one) < -SUPPORTED for one in rest)
    quiet = len(rest) - against
    lines = []
    if against:
        text = ngettext(
            "Against a leak of {count} source the calls speak.",
            "Against a leak of {count} sources the calls speak.",
            against,
        )
        lines.append(text.format(count=count_text(against)))
    if quiet:
        text = ngettext(
            "Of {count} source the calls tell nothing much, either way.",
            "Of {count} sources the calls tell nothing much, either way.",
            quiet,
        )
        lines.append(text.format(count=count_text(quiet)))
    return tuple(lines)


def calls_hold() -> str:
    """How far what calls say holds."""
    return _(
        "Calls hold as far as their model does: it was checked on simulated years, and never "
        "says who let the data out."
    )


def calls_not_said() -> tuple[str, ...]:
    """What calls never say, of any source."""
    return (
        _("By what road the data went (sold, stolen, passed on), and who let it out."),
        _(
            "That whoever rang knew where the number came from. The number that shows may be "
            "forged, and is nobody's identity."
        ),
    )


def _ratio(one: SourceSummary) -> float:
    whole = one.by_calls
    return whole.log10_lr if whole else 0.0


def _sentence(one: SourceSummary, name: str, cap: float) -> str:
    ratio = _ratio(one)
    leaked, times = one.leaked or 0.0, times_text(ratio)
    if ratio >= cap:
        times = _("at least {times}").format(times=times)
    stated = _(
        "Data of {source} most probably circulates: probability {odds}; the calls are {times} "
        "times likelier if so: {support}."
    )
    open_ = _(
        "Data of {source} may circulate, which cannot be told yet: probability {odds}; the calls "
        "are {times} times likelier if so: {support}."
    )
    return (stated if leaked >= STATED else open_).format(
        source=name, odds=odds_text(leaked), times=times, support=piece_word(ratio)
    )


def _view(one: SourceSummary, context: Context, *, few: bool) -> HeardView:
    ratio = _ratio(one)
    parts = [piece for piece in one.evidence if piece.kind == "calls" and piece.code != BY_CALLS]
    parts.sort(key=lambda piece: -abs(piece.log10_lr))
    whole = one.by_calls
    return HeardView(
        name=context.source_names[one.source],
        odds=odds_text(one.leaked or 0.0),
        strength=int((one.leaked or 0.0) * 100),
        ratio=piece_text(whole, context.cap) if whole else "",
        support=piece_word(ratio),
        open=few or abs(ratio) > SUPPORTED,
        evidence=tuple(evidence_row(piece, context.cap) for piece in (whole, *parts) if piece),
        notes=tuple(_notes(one, context)),
    )


def _notes(one: SourceSummary, context: Context) -> Iterable[str]:
    """What the calls about a source do not say."""
    whole, record = one.by_calls, context.sources.get(one.source)
    if abs(_ratio(one)) <= SUPPORTED:
        yield _("These calls tell nothing much of it, either way.")
    shared = _shared(one.source, context)
    if shared:
        text = ngettext(
            "{count} of its numbers is known to other sources, too: by themselves, calls to it "
            "cannot tell these apart.",
            "{count} of its numbers are known to other sources, too: by themselves, calls to them "
            "cannot tell these apart.",
            shared,
        )
        yield text.format(count=count_text(shared))
    if whole and not whole.detail.get("recited"):
        yield _("No caller recited anything that it alone had been told.")
    if record is not None:
        text = _(
            "Who may hold its own copy, too: {copies}. A leak from them counts for the source."
        )
        yield text.format(copies=twins_of(record.kind).copy)


def _shared(source: str, context: Context) -> int:
    """How many canaries of ``source`` are planted elsewhere, too."""
    where = [
        {planting.source for planting in canary.plantings if planting.source is not None}
        for canary in context.canaries.values()
    ]
    return sum(source in one and len(one) > 1 for one in where)
