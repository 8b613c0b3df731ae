"""A case and its trace as the values that the page shows."""

from __future__ import annotations

from collections.abc import Sequence

from leaktrace import __version__
from leaktrace.attribution.offers import OfferMatches
from leaktrace.attribution.result import Trace
from leaktrace.graph import hits
from leaktrace.messages import _, current_language
from leaktrace.report.caveats import assumptions, legal_notes, twin_rows
from leaktrace.report.context import CaseView, Context, read_context
from leaktrace.report.facts import case_facts, notices
from leaktrace.report.fitting import text_width
from leaktrace.report.heard import calls_not_said, heard_sentences, heard_views
from leaktrace.report.heatmap import heat_map
from leaktrace.report.lists import list_view
from leaktrace.report.picture import picture
from leaktrace.report.reading import how_to_read
from leaktrace.report.sources import source_lines
from leaktrace.report.texts import page_words
from leaktrace.report.view import Disclosed, ListView, ReportView, VerdictGroup
from leaktrace.report.words import VERDICTS, field_word, verdict_meaning, verdict_word

FEW_LISTS = 20
"""Up to so many lists, each one's part stands open."""

MOST_NAME_WIDTH = 12.0
"""Names of lists, often those of files, wrap from this width on, in em."""

_LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}


def report_view(
    case: CaseView,
    trace: Trace,
    *,
    offers: Sequence[OfferMatches] = (),
    reveal_canaries: bool = False,
) -> ReportView:
    """Everything that the page shows, in the current language.

    With ``reveal_canaries``, the identities of the canaries that stand in a list, and no others.
    """
    context = read_context(case, trace, offers)
    lists = tuple(list_view(finding, context) for finding in trace.batches)
    disclosed = _disclosed(case, context) if reveal_canaries else ()
    return ReportView(
        language=_LANGUAGE_TAGS[current_language()],
        words=page_words(lists=bool(lists)),
        facts=case_facts(context),
        notices=notices(bool(disclosed), trace),
        groups=_groups(lists),
        lists=lists,
        told=_told(context),
        heard=heard_views(context),
        not_said=calls_not_said(),
        sources=source_lines(context),
        picture=picture(context),
        heat_map=heat_map(context),
        reading=how_to_read(context),
        twins=twin_rows(context) if lists else (),
        assumptions=assumptions(trace),
        legal=legal_notes(trace),
        disclosed=disclosed,
        many=len(lists) > FEW_LISTS,
        name_width=_name_width(lists),
        version=__version__,
    )


def disclosed_canaries(case: CaseView, trace: Trace) -> tuple[str, ...]:
    """The ids of the canaries that stand in a list: those that a page shows where that is asked."""
    found = {canary for _batch, canary in hits(trace)}
    return tuple(sorted(found & {one.id for one in case.canaries()}))


def _told(context: Context) -> tuple[str, ...]:
    """What calls tell in short; that there is nothing to tell, where no list is there either."""
    told = heard_sentences(context)
    if told or context.trace.batches:
        return told
    return (
        _(
            "The case holds no list, and no call to a number that was planted at a source: there "
            "is nothing to tell yet."
        ),
    )


def _name_width(lists: tuple[ListView, ...]) -> float:
    widest = max((text_width(item.name, 1.0) for item in lists), default=0.0)
    return round(min(max(widest + 1.5, 4.5), MOST_NAME_WIDTH), 1)


def _groups(lists: tuple[ListView, ...]) -> tuple[VerdictGroup, ...]:
    groups = []
    for verdict in VERDICTS:
        members = tuple(item for item in lists if item.verdict == verdict)
        if members:
            word, meaning = verdict_word(verdict), verdict_meaning(verdict)
            groups.append(VerdictGroup(verdict, word, meaning, members))
    return tuple(groups)


def _disclosed(case: CaseView, context: Context) -> tuple[Disclosed, ...]:
    return tuple(
        Disclosed(
            name=context.canary_names[canary],
            identity=tuple(
                (field_word(name), str(value))
                for name, value in case.reveal_canary(canary).items()
                if value
            ),
        )
        for canary in disclosed_canaries(case, context.trace)
    )
