"""How inputs that were taken in or refused are told: as lines, as JSON, and as an exit status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaktrace.cli.failures import say
from leaktrace.cli.output import count, next_step, show, table
from leaktrace.cli.streams import write_json
from leaktrace.intake.material import WITHIN
from leaktrace.messages import _, ngettext

if TYPE_CHECKING:
    from rich.table import Table

    from leaktrace.case.outcomes import ImportOutcome, Refusal
    from leaktrace.intake.blocks import ColumnReport, Warning

DONE, ALL_REFUSED, SOME_REFUSED = 0, 1, 3


def tell_import(outcome: ImportOutcome, following: str, case: Path | None, *, as_json: bool) -> int:
    """Tell what became of one of our own tables, suggest the ``following`` step where anything was
    taken in, and return the exit status."""
    if as_json:
        write_json(import_json(outcome))
    else:
        show_import(outcome)
        if not outcome.nothing_accepted:
            next_step(following, case=case)
    return status(outcome.refused, nothing_accepted=outcome.nothing_accepted)


def refusal_json(refusals: Iterable[Refusal]) -> list[dict[str, Any]]:
    """Refusals as in the contract; ``row`` is there where one line of a table was refused."""
    return [
        {"file": item.file, "code": item.code, "reason": item.reason}
        | ({} if item.row is None else {"row": item.row})
        for item in refusals
    ]


def warning_json(warnings: Iterable[Warning]) -> list[dict[str, str]]:
    """Warnings with their stable codes."""
    return [{"code": item.code, "place": item.place, "text": item.text} for item in warnings]


def column_json(columns: Iterable[ColumnReport], *, explain: bool = False) -> list[dict[str, Any]]:
    """The columns of a list as in the contract; why each was taken for its kind, too."""
    from leaktrace.cli.explained import column_explanation

    return [
        {
            "member": item.member,
            "sheet": item.sheet,
            "column": item.column,
            "header": item.header,
            "kind": item.kind,
            "filled": item.filled,
            "recognised": item.recognised,
            "why": item.why,
            "kinds": dict(item.kinds),
            "notes": dict(item.notes),
        }
        | ({"explanation": column_explanation(item)} if explain else {})
        for item in columns
    ]


def column_table(columns: Sequence[ColumnReport]) -> Table:
    """The columns of a list as they were understood."""
    headers = [_("column"), _("header"), _("taken for"), _("filled"), _("recognised")]
    cells = [
        [
            str(column.column),
            column.header or "",
            _kind(column.kind),
            count(column.filled),
            count(column.recognised),
        ]
        for column in columns
    ]
    sheets = [WITHIN.join(part for part in (it.member, it.sheet) if part) for it in columns]
    if not any(sheets):
        return table(headers, cells, right=(0, 3, 4))
    cells = [[sheet, *row] for sheet, row in zip(sheets, cells, strict=True)]
    return table([_("sheet"), *headers], cells, right=(1, 4, 5))


def _kind(code: str) -> str:
    """A kind of column in words, with the code that ``--map`` takes."""
    from leaktrace.report.words import identifier_word

    roles = {"name": _("name"), "registered_at": _("time of registration"), "other": _("other")}
    return f"{roles.get(code) or identifier_word(code)} ({code})"


def import_json(outcome: ImportOutcome) -> dict[str, Any]:
    """What became of the lines of one of our own tables."""
    return {
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "refused": refusal_json(outcome.refused),
        "warnings": warning_json(outcome.warnings),
    }


def show_import(outcome: ImportOutcome) -> None:
    """Print what became of the lines of a table, its warnings and what was refused."""
    show(
        _("{added} added, {updated} updated, {unchanged} unchanged, {refused} refused").format(
            added=count(outcome.added),
            updated=count(outcome.updated),
            unchanged=count(outcome.unchanged),
            refused=count(len(outcome.refused)),
        )
    )
    show_warnings(outcome.warnings)
    show_refusals(outcome.refused, nothing_accepted=outcome.nothing_accepted)


def show_warnings(warnings: Sequence[Warning]) -> None:
    """Print what a reader should know."""
    for item in warnings:
        where = f"{item.place}: " if item.place and item.place not in item.text else ""
        show(_("note: {text}").format(text=where + item.text))


def show_refusals(refusals: Sequence[Refusal], *, nothing_accepted: bool) -> None:
    """Print each input that was not taken in, with the reason.

    A single one that was all there was is told by :func:`status`.
    """
    if not refusals or (nothing_accepted and len(refusals) == 1):
        return
    rows = [
        [item.file, "" if item.row is None else str(item.row), _reason(item)] for item in refusals
    ]
    headers = [_("refused"), _("row"), _("why, and how to mend it")]
    if all(row[1] for row in rows) and len({row[0] for row in rows}) == 1:
        show("", _("refused in {file}:").format(file=rows[0][0]))
        show(table(headers[1:], [row[1:] for row in rows], right=(0,)))
        return
    if not any(row[1] for row in rows):
        headers, rows = [headers[0], headers[2]], [[row[0], row[2]] for row in rows]
    show("", table(headers, rows))


def _reason(refusal: Refusal) -> str:
    """Why a line was refused, without the file and row that stand beside it."""
    if refusal.row is None:
        return refusal.reason
    beside = _("{file}, row {row}: {reason}").format(file=refusal.file, row=refusal.row, reason="")
    return refusal.reason.removeprefix(beside)


def status(refusals: Sequence[Refusal], *, nothing_accepted: bool) -> int:
    """The exit status; where every input was refused, one line on standard error says so."""
    if not refusals:
        return DONE
    if not nothing_accepted:
        return SOME_REFUSED
    first = refusals[0]
    where = "" if first.file in first.reason else f"{first.file}: "
    rest = len(refusals) - 1
    more = ngettext("; and {count} more", "; and {count} more", rest).format(count=rest)
    say(_("nothing was taken in: {reason}").format(reason=where + first.reason) + more * bool(rest))
    return ALL_REFUSED
