"""The planting sheet as a page to print, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leaktrace.canary.planning.sheet import COLUMNS, SheetRow, sheet_csv
from leaktrace.errors import UsageError
from leaktrace.graph import shown_text, write_atomically
from leaktrace.messages import _
from leaktrace.report.render import environment

_HTML = (".html", ".htm")


def check_sheet(path: Path) -> None:
    """Refuse a ``path`` that ends in neither ``.html`` nor ``.csv``.

    Raises
    ------
    UsageError
    """
    if path.suffix.lower() not in (*_HTML, ".csv"):
        raise UsageError(
            _("{file}: the sheet is written as .html or .csv; end the file name with one").format(
                file=shown_text(path.name)
            )
        )


def write_sheet(path: Path, rows: Sequence[SheetRow]) -> None:
    """Write ``rows`` as a page (``.html``) or a table (``.csv``), whole or not at all.

    The same rows give the same bytes.

    Raises
    ------
    UsageError
        If ``path`` ends in neither.
    LeaktraceError
        If it cannot be written.
    """
    check_sheet(path)
    made = sheet_csv(rows) if path.suffix.lower() == ".csv" else sheet_page(rows).encode("utf-8")
    write_atomically(path, made)


def sheet_page(rows: Sequence[SheetRow]) -> str:
    """The HTML of ``rows``; what they show is escaped."""
    template = environment().get_template("plantingsheet.html.j2")
    return template.render(rows=rows, columns=COLUMNS, lawful=any(row.lawful for row in rows))
