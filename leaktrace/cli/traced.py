"""How ``trace`` is shown: one line for each likely source, then the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaktrace.cli.leaked import show_leaked
from leaktrace.cli.output import quoted, show, table
from leaktrace.messages import _
from leaktrace.report.facts import assumed_lines
from leaktrace.report.heard import heard_of
from leaktrace.report.numbers import odds_text, share_interval_text
from leaktrace.report.standing import stands_out
from leaktrace.report.words import support_word, verdict_word

if TYPE_CHECKING:
    from leaktrace.attribution.result import BatchFinding, SourceFinding, Trace


def show_trace(trace: Trace) -> None:
    """Print every batch with its verdict and likely sources, then why, then how far it holds."""
    if not trace.batches:
        show(_no_batch(trace), *assumed_lines(trace.model))
        show_leaked(trace)
        return
    show(*assumed_lines(trace.model))
    headers = [
        _("batch"),
        _("verdict"),
        _("source"),
        _("probability"),
        _("share of its people (90% interval)"),
        _("evidence"),
    ]
    rows = [row for finding in trace.batches for row in _rows(finding)]
    show(table(headers, rows, right=(3,)), "")
    show(*[line for finding in trace.batches for line in _reasons(finding)])
    show_leaked(trace)
    show("", _("Less likely sources are in the report and in --json."), caveat())


def _no_batch(trace: Trace) -> str:
    if heard_of(trace):
        return _("The case holds no list: what follows is from the calls alone.")
    return _(
        "The case holds no batch yet: take lists in with leaktrace ingest FILE, or calls with "
        "leaktrace calls import FILE."
    )


def worth_explaining(trace: Trace) -> str:
    """The first open batch, as it is typed; else the first of all, empty where there is none."""
    open_ = [one.batch for one in trace.batches if one.verdict == "undetermined"]
    first = next(iter([*open_, *(one.batch for one in trace.batches)]), "")
    return quoted(Path(first)) if first else ""


def caveat() -> str:
    """How far the probabilities hold; every output for people says so."""
    return _(
        "The probabilities hold as far as the model and its prior do: of statements made at 0.9, "
        "nine in ten were true on the simulated worlds that this version was validated on. They "
        "say where the people were registered, never who let them out."
    )


def _rows(finding: BatchFinding) -> Iterator[Sequence[str]]:
    likely = [item for item in finding.sources if stands_out(item)]
    head = [finding.batch, verdict_word(finding.verdict)]
    if not likely:
        yield [*head, "-", "", "", ""]
    for item in likely:
        yield [*head, *_source(item)]
        head = ["", ""]


def _source(item: SourceFinding) -> list[str]:
    share = share_interval_text(item.share)
    return [item.source, odds_text(item.posterior), share, support_word(item.support)]


def _reasons(finding: BatchFinding) -> Iterator[str]:
    reason = _main_reason(finding)
    if reason:
        yield _("{batch}: {text}").format(batch=finding.batch, text=reason)
    if finding.verdict == "undetermined":
        for wanted in finding.undecided:
            text = str(wanted.get("text", ""))
            yield _("{batch}: what would decide: {text}").format(batch=finding.batch, text=text)


def _main_reason(finding: BatchFinding) -> str:
    """The strongest piece of evidence, about the likeliest source where there is one."""
    leading = finding.sources[0].source if finding.sources else ""
    about_it = [item for item in finding.evidence if item.source == leading]
    pieces = about_it or list(finding.evidence)
    return max(pieces, key=lambda item: abs(item.log10_lr)).text if pieces else ""
