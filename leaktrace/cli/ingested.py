"""How the lists that were taken in are shown, and told in JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
from leaktrace.cli.output import count, people_text, rows_text, show
from leaktrace.messages import _, ngettext
from leaktrace.report.words import identifier_word

if TYPE_CHECKING:
    from leaktrace.case.outcomes import BatchOutcome, IngestOutcome


def ingest_json(outcome: IngestOutcome, *, explain: bool = False) -> dict[str, Any]:
    """The document of ``ingest --json``, as in the contract."""
    return {
        "batches": [_batch_json(item, explain) for item in _each_with_its_own(outcome.batches)],
        "refused": refusal_json(outcome.refused),
        "skipped": list(outcome.skipped),
        "warnings": warning_json(outcome.warnings),
    }


def show_ingested(outcome: IngestOutcome, *, explain: bool = False) -> None:
    """Print each list with its columns and its rows adding up, then what was refused."""
    said: set[object] = set()
    for item in _each_with_its_own(outcome.batches):
        fresh = [one for one in item.members if (_file_of(item), one.member) not in said]
        said.update((_file_of(item), one.member) for one in fresh)
        _show_batch(replace(item, members=tuple(fresh)), explain)
    if len(outcome.batches) > 1:
        show(_totals(outcome))
    for name in outcome.skipped:
        show(_("note: {text}").format(text=_("{file} was passed over").format(file=name)))
    show_warnings(outcome.warnings)
    show_refusals(outcome.refused, nothing_accepted=outcome.nothing_accepted)


def _each_with_its_own(batches: Sequence[BatchOutcome]) -> Iterator[BatchOutcome]:
    """The batches, each with those members alone in which its tables stand.

    ``--split`` makes several batches of a file, and each knows of all the members in it; those in
    which no table stands are left to the first.
    """
    claimed: defaultdict[object, set[str | None]] = defaultdict(set)
    for item in batches:
        claimed[_file_of(item)] |= _places(item)
    met: set[object] = set()
    for item in batches:
        places, file = _places(item), _file_of(item)
        others = claimed[file] if file not in met else {one.member for one in item.members}
        own = (one for one in item.members if one.member in places or one.member not in others)
        met.add(file)
        yield replace(item, members=tuple(own))


def _places(item: BatchOutcome) -> set[str | None]:
    return {column.member for column in item.columns}


def _file_of(item: BatchOutcome) -> object:
    # Two batches that a manifest names are two, though they be of one file.
    return item.batch.file, item.batch.sha256, item.batch.id.rpartition("#")[0] or item.batch.id


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
        "numbers of nobody in the list (hotlines, test numbers, those at its head or foot) are "
        "counted, matched with nothing: {kinds}"
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
        "{rows} = {identified} identified + {unidentified} without an identifier + {refused} "
        "refused; {duplicate} of the identified are duplicates; {people}"
    ).format(
        rows=rows_text(batch.rows),
        identified=count(batch.identified_rows),
        unidentified=count(batch.unidentified_rows),
        refused=count(batch.refused_rows),
        duplicate=count(batch.duplicate_rows),
        people=people_text(batch.people),
    )


def _totals(outcome: IngestOutcome) -> str:
    batches = [item.batch for item in outcome.batches]
    refused = len(outcome.refused)
    return _("{lists} lists, {rows}, {files} refused").format(
        lists=count(len(batches)),
        rows=rows_text(sum(batch.rows for batch in batches)),
        files=ngettext("{count} file", "{count} files", refused).format(count=count(refused)),
    )


def _status(code: str) -> str:
    words = {"added": _("added"), "updated": _("updated"), "unchanged": _("unchanged")}
    return words.get(code, code)
