"""``trace --explain``: why a source is named or not, as a waterfall in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from leaktrace.attribution.explaining.changes import would_change
from leaktrace.attribution.explaining.waterfall import Waterfall, waterfalls_of
from leaktrace.cli.output import people_text, show, table
from leaktrace.cli.traced import caveat
from leaktrace.errors import LeaktraceError
from leaktrace.graph import evidence_text
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _
from leaktrace.report.explanations import (
    contributor_lines,
    innocent_lines,
    pieces_hint,
    sensitivity_text,
)
from leaktrace.report.facts import assumed_lines
from leaktrace.report.numbers import odds_text
from leaktrace.report.waterfall import fall_rows, piece_label
from leaktrace.report.words import verdict_word

if TYPE_CHECKING:
    from leaktrace.attribution.result import BatchFinding, Evidence, Trace

_HALF = 20
_FULL, _PLAIN = "█", "#"


def the_finding(trace: Trace, batch: str) -> BatchFinding:
    """The finding of ``batch``, which is in ``trace``."""
    return next(one for one in trace.batches if one.batch == batch)


def check_batch(batch: str, known: Iterable[str]) -> None:
    """Refuse a batch that the case does not have.

    Raises
    ------
    LeaktraceError
        ``unknown-batch``, with the names that come near.
    """
    from leaktrace.attribution.assumed import near_names

    names = list(known)
    if batch not in names:
        raise LeaktraceError(
            _("there is no batch {batch} in this case; {names}").format(
                batch=mask_text(batch), names=near_names(batch, names)
            ),
            code="unknown-batch",
        )


def show_explanation(trace: Trace, batch: str) -> None:
    """Print why ``batch`` is taken for what it is taken for."""
    finding = the_finding(trace, batch)
    show(*assumed_lines(trace.model))
    cap = float(trace.model.limits["log10_lr_cap"])
    head = _("{batch} ({file}): {verdict}; {people}").format(
        batch=finding.batch,
        file=mask_text(finding.file),
        verdict=verdict_word(finding.verdict),
        people=people_text(finding.people),
    )
    show(head, "")
    falls = waterfalls_of(finding)
    for fall in falls:
        show(*_source(finding, fall, cap), "")
    if falls:
        show(pieces_hint(cap), "")
    show(*_list_lines(finding), *_whole_lines(finding))
    show("", caveat())


def _source(finding: BatchFinding, fall: Waterfall, cap: float) -> Iterator[object]:
    rows = fall_rows(fall, cap)
    reach = max(abs(row.value) for row in rows)
    yield _("{source}: {odds}").format(source=fall.source, odds=odds_text(fall.posterior))
    headers = ["", _("power of ten"), _("against"), _("for"), _("in words")]
    lines = [[row.label, row.number, *_bars(row.value, reach), row.word] for row in rows]
    yield table(headers, lines, right=(1, 2))
    for piece in fall.pieces:
        yield _("- {label}: {text}").format(
            label=piece_label(piece.code), text=evidence_text(piece)
        )
    source = next(one for one in finding.sources if one.source == fall.source)
    yield from innocent_lines(source)
    yield sensitivity_text(source, cap)


def _bars(value: float, reach: float) -> tuple[str, str]:
    """The bar on its side of the middle, the longest of all at full width."""
    length = round(abs(value) / max(reach, 0.1) * _HALF)
    bar = _block() * max(length, int(value != 0))
    return (bar, "") if value < 0 else ("", bar)


def _block() -> str:
    """What bars are made of, as far as the console can show it."""
    import sys

    try:
        _FULL.encode(sys.stdout.encoding or "ascii")
    except (UnicodeError, LookupError):
        return _PLAIN
    return _FULL


def _list_lines(finding: BatchFinding) -> Iterator[str]:
    """The evidence that is about no single source."""
    known = {one.source for one in finding.sources}
    whole: list[Evidence] = [one for one in finding.evidence if one.source not in known]
    for piece in whole:
        yield evidence_text(piece)


def _whole_lines(finding: BatchFinding) -> Iterator[str]:
    yield from contributor_lines(finding.contributors, {})
    changes = would_change(finding)
    if changes:
        yield _("What would change the verdict:")
    for change in changes:
        yield _("- {text}").format(text=change["text"])
