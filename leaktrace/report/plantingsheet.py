"""The planting sheet as a page to print, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leaktrace.canary.planning.sheet import COLUMNS, SheetRow, sheet_csv
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.graph import shown_text, write_atomically
from leaktrace.messages import _
from leaktrace.report.render import environment

_HTML = (".html", ".htm")


def check_sheet(path: Path, *, overwrite: bool = False) -> None:
    """Refuse a ``path`` that ends in neither ``.html`` nor ``.csv``, or that is there already.

    Raises
    ------
    UsageError
        For its ending.
    LeaktraceError
        ``"exists"``, unless it may ``overwrite``: a sheet that was filled in is written once.
    """
    if path.suffix.lower() not in (*_HTML, ".csv"):
        raise UsageError(
            _("{file}: the sheet is written as .html or .csv; end the file name with one").format(
                file=shown_text(path.name)
            )
        )
    if path.is_file() and not overwrite:
        raise LeaktraceError(
            _(
                "{file} exists, and may be filled in already; name a new file, or give --overwrite"
            ).format(file=shown_text(path.name)),
            code="exists",
        )


def write_sheet(path: Path, rows: Sequence[SheetRow], *, overwrite: bool = False) -> None:
    """Write ``rows`` as a page (``.html``) or a table (``.csv``), whole or not at all.

    It is for its owner alone. The same rows give the same bytes.

    Raises
    ------
    UsageError
        If ``path`` ends in neither.
    LeaktraceError
        If it is there already and not to ``overwrite``, or cannot be written.
    """
    check_sheet(path, overwrite=overwrite)
    made = sheet_csv(rows) if path.suffix.lower() == ".csv" else sheet_page(rows).encode("utf-8")
    write_atomically(path, made, private=True)


def sheet_page(rows: Sequence[SheetRow]) -> str:
    """The HTML of ``rows``; what they show is escaped."""
    template = environment().get_template("plantingsheet.html.j2")
    return template.render(rows=rows, columns=COLUMNS, lawful=any(row.lawful for row in rows))
