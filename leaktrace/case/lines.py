"""The lines of our own tables, with a refusal for each one that cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from leaktrace.case.outcomes import Refusal
from leaktrace.case.workers import called
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.tables import Table, TableRow, TableSpec, read_table
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.times import Moment, read_moment

_BETWEEN_ITEMS = re.compile(r"[;；]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_ID = 200


class LineRefused(Exception):  # noqa: N818 - it becomes a Refusal, a value
    """A line cannot be taken in; ``reason`` says where in it and how to mend it."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def table_lines(path: Path, spec: TableSpec, worker: Worker) -> Table:
    """The lines of ``path``, read in ``worker``.

    Raises
    ------
    InputRefused
        If the file as a whole cannot be read as this table.
    """
    with called(path):
        table = worker.call(read_table, path.absolute(), spec)
    assert isinstance(table, Table)
    return table


def sound(row: TableRow) -> TableRow:
    """``row``, unless Excel damaged a number in it.

    Raises
    ------
    LineRefused
    """
    if row.damaged:
        raise LineRefused(
            "damaged-number",
            _(
                "{column}: Excel has shortened a number here (1.38E+10); type it again in a column "
                "formatted as text"
            ).format(column=_(", ").join(row.damaged)),
        )
    return row


def checked_id(row: TableRow, column: str) -> str:
    """The id in ``column``; it is shown everywhere, so it may not be anybody's number.

    Raises
    ------
    LineRefused
    """
    text = row.values[column]
    if not text:
        raise LineRefused(
            "no-id", _("{column} is empty; give each line one").format(column=row.title(column))
        )
    if len(text) > _LONGEST_ID or _UNPRINTABLE.search(text):
        raise LineRefused(
            "bad-id",
            _("{column} is too long or holds control characters; give it a short name").format(
                column=row.title(column)
            ),
        )
    if mask_text(text) != text:
        raise LineRefused(
            "identifier-as-id",
            _(
                "{column} holds somebody's number, and it is shown everywhere; give it another name"
            ).format(column=row.title(column)),
        )
    return text


def moment_in(row: TableRow, column: str) -> Moment | None:
    """The moment in ``column``, None where it is empty.

    Raises
    ------
    LineRefused
        If it is no date that exists.
    """
    text = row.values[column]
    if not text:
        return None
    try:
        return read_moment(text)
    except (ValueError, OverflowError) as error:
        raise LineRefused(
            "date",
            _(
                "{column} is not a date that exists; write it as 2026-03-01 or 2026-03-01 09:05"
            ).format(column=row.title(column)),
        ) from error


def items_in(row: TableRow, column: str) -> tuple[str, ...]:
    """The items in ``column``, between semicolons."""
    parts = (part.strip() for part in _BETWEEN_ITEMS.split(row.values[column]))
    return tuple(part for part in parts if part)


def note_of(row: TableRow) -> str:
    """The note of a line, with its unknown columns (``column: value``) after it."""
    extra = [f"{name}: {value}" for name, value in row.extra.items() if value]
    return "; ".join(part for part in (row.values["note"], *extra) if part)


def refusal_of_line(name: str, row: TableRow, refused: LineRefused) -> Refusal:
    """The refusal of one line of the table that the user calls ``name``."""
    reason = _("{file}, row {row}: {reason}").format(
        file=name, row=row.number, reason=refused.reason
    )
    return Refusal(name, refused.code, reason, row.number)


def counted(statuses: Iterable[str]) -> dict[str, int]:
    """How many lines were ``added``, ``updated``, ``unchanged``."""
    found = list(statuses)
    return {name: found.count(name) for name in ("added", "updated", "unchanged")}
