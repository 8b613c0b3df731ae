"""What the report assumes, where it ends, and what the law says of it."""

from __future__ import annotations

from leaktrace.attribution.result import Trace
from leaktrace.attribution.twins import usual_twins
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.heard import calls_hold, heard_of
from leaktrace.report.view import TwinRow
from leaktrace.report.words import kind_word


def twin_rows(context: Context) -> tuple[TwinRow, ...]:
    """The usual twins of every kind of source, the kinds of this case first."""
    present = {
        source.kind if source.kind in usual_twins() else "other"
        for source in context.sources.values()
    }
    table = usual_twins()
    rows = [
        TwinRow(kind_word(kind), twins.own, twins.copy, kind in present)
        for kind, twins in table.items()
    ]
    return tuple(sorted(rows, key=lambda row: not row.present))


def assumptions(trace: Trace) -> tuple[str, ...]:
    """What everything above rests on: on lists where there are any, on calls where any speak."""
    lists, heard = bool(trace.batches), bool(heard_of(trace))
    return (
        *(_about_lists() if lists else ()),
        _(
            "A canary may turn up by another road: a number used before, a leak at the carrier, "
            "somebody who knew it, somebody who wants to frame the source. Each hit allows for "
            "that."
        ),
        *(_about_references() if lists else ()),
        *(_about_calls() if heard else ()),
        _("Carrier and region are those of issue; numbers are carried over to other networks."),
    )


def _about_lists() -> tuple[str, ...]:
    return (
        _("The unit is the person, not the row: rows that share a full identifier are one person."),
        _(
            "A list is a mixture of people from known sources, earlier lists, somewhere unknown, "
            "and made-up numbers. A source that nobody listed can only appear as “unknown”."
        ),
        _(
            "Every source may have an unseen twin: somebody who registered the same people by "
            "themselves. Only canaries, and whose spelling and dates a list carries, tell them "
            "apart."
        ),
    )


def _about_references() -> tuple[str, ...]:
    return (
        _(
            "Sources' own lists and fingerprints are taken as handed over; canaries planted there "
            "say how much was left out. Times that leave room are read in favour of the source."
        ),
    )


def _about_calls() -> tuple[str, ...]:
    return (
        _(
            "Every number rings. How many calls were due without a leak is learnt from all "
            "numbers of the case, those that nobody was given (controls) among them."
        ),
        _(
            "A source rings its own people, and that is no leak: calls from its numbers or in its "
            "name, and one-time passwords, are not counted."
        ),
        calls_hold(),
    )


def legal_notes(trace: Trace) -> tuple[str, ...]:
    """What the law says of such lists and calls, and of such a report."""
    return (*(_law_of_lists() if trace.batches else _law_of_calls()), no_finding())


def _law_of_calls() -> tuple[str, ...]:
    return (
        _(
            "Names and phone numbers are personal information. Article 253-1 of the Criminal Law "
            "of China punishes selling, providing and unlawfully obtaining it, and the Personal "
            "Information Protection Law binds whoever handles it. Keep this case with care."
        ),
    )


def _law_of_lists() -> tuple[str, ...]:
    return (
        _(
            "The lists are personal information. Article 253-1 of the Criminal Law of China "
            "punishes selling, providing and unlawfully obtaining it, and the Personal "
            "Information Protection Law binds whoever handles it. Keep the lists and this case "
            "under the same care."
        ),
        _(
            "The judicial interpretation Fa Shi [2017] No. 10 counts items of information from "
            "50, 500 or 5,000 upwards by kind, and takes a bulk by the number seized unless items "
            "are shown to be untrue or repeated. The rows, repeats and made-up shares of each "
            "list are given for that question; this report does not answer it."
        ),
    )


def no_finding() -> str:
    """That nobody is accused."""
    return _(
        "This report states probabilities. It is no expert opinion in the sense of procedural "
        "law, and no finding that anybody broke it. Nobody should be accused on it alone."
    )
