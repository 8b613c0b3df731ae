"""How the lists that were taken in are shown, and told in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leaktrace.cli.explained import column_explanation, file_explanation
from leaktrace.cli.outcomes import (
    column_json,
    column_table,
    refusal_json,
    show_refusals,
    show_warnings,
    warning_json,
)
from leaktrace.cli.output import count, show
from leaktrace.messages import _, ngettext
from leaktrace.report.words import identifier_word

if TYPE_CHECKING:
    from leaktrace.case.outcomes import BatchOutcome, IngestOutcome


def ingest_json(outcome: IngestOutcome, *, explain: bool = False) -> dict[str, Any]:
    """The document of ``ingest --json``, as in the contract."""
    return {
        "batches": [_batch_json(item, explain) for item in outcome.batches],
        "refused": refusal_json(outcome.refused),
        "skipped": list(outcome.skipped),
        "warnings": warning_json(outcome.warnings),
    }


def show_ingested(outcome: IngestOutcome, *, explain: bool = False) -> None:
    """Print each list with its columns and its rows adding up, then what was refused."""
    for item in outcome.batches:
        _show_batch(item, explain)
    if len(outcome.batches) > 1:
        show(_totals(outcome))
    for name in outcome.skipped:
        show(_("note: {text}").format(text=_("{file} was passed over").format(file=name)))
    show_warnings(outcome.warnings)
    show_refusals(outcome.refused, nothing_accepted=outcome.nothing_accepted)


def _batch_json(item: BatchOutcome, explain: bool) -> dict[str, Any]:
    batch = item.batch
    explained = {"explanation": file_explanation(item)} if explain else {}
    return explained | {
        "batch": batch.id,
        "file": batch.file,
        "sha256": batch.sha256,
        "rows": batch.rows,
        "identified_rows": batch.identified_rows,
        "unidentified_rows": batch.unidentified_rows,
        "refused_rows": batch.refused_rows,
        "duplicate_rows": batch.duplicate_rows,
        "people": batch.people,
        "identifiers": dict(batch.identifiers),
        "excluded": dict(item.excluded),
        "columns": column_json(item.columns, explain=explain),
        "refused_row_reasons": dict(item.refusals),
        "status": item.status,
        "warnings": warning_json(item.warnings),
    }


def _show_batch(item: BatchOutcome, explain: bool) -> None:
    batch = item.batch
    show(f"{batch.id}  {batch.file}  ({_status(item.status)})")
    if item.columns:
        show(column_table(item.columns))
    if explain:
        for line in (*file_explanation(item), *map(column_explanation, item.columns)):
            show(f"  {line}")
    show(_rows(item))
    for code, rows in sorted(item.refusals.items()):
        text = ngettext("{count} row refused: {reason}", "{count} rows refused: {reason}", rows)
        show(_("note: {text}").format(text=text.format(count=count(rows), reason=_reason(code))))
    if item.excluded:
        show(_("note: {text}").format(text=_excluded(item.excluded)))
    show_warnings(item.warnings)
    show("")


def _excluded(counts: Mapping[str, int]) -> str:
    return _(
        "widely known numbers (hotlines, test numbers) are counted, matched with nothing: {kinds}"
    ).format(
        kinds=_(", ").join(
            f"{identifier_word(kind)} {count(number)}" for kind, number in sorted(counts.items())
        )
    )


def _reason(code: str) -> str:
    reasons = {
        "encoding": _("its characters are not in the list's encoding"),
        "nul": _("it holds zero bytes"),
    }
    return reasons.get(code, code)


def _rows(item: BatchOutcome) -> str:
    batch = item.batch
    return _(
        "{rows} rows = {identified} identified + {unidentified} without an identifier + {refused} "
        "refused; {duplicate} of the identified are duplicates; {people} people"
    ).format(
        rows=count(batch.rows),
        identified=count(batch.identified_rows),
        unidentified=count(batch.unidentified_rows),
        refused=count(batch.refused_rows),
        duplicate=count(batch.duplicate_rows),
        people=count(batch.people),
    )


def _totals(outcome: IngestOutcome) -> str:
    batches = [item.batch for item in outcome.batches]
    return _("{batches} lists, {rows} rows, {refused} files refused").format(
        batches=count(len(batches)),
        rows=count(sum(batch.rows for batch in batches)),
        refused=count(len(outcome.refused)),
    )


def _status(code: str) -> str:
    words = {"added": _("added"), "updated": _("updated"), "unchanged": _("unchanged")}
    return words.get(code, code)
