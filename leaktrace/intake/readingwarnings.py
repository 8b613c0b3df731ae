"""What a reader should know of how a list was read, in words."""

from __future__ import annotations

from collections.abc import Iterator

from leaktrace.intake.blocks import ColumnReport, TableReport, Warning
from leaktrace.intake.linecodes import OTHER_DELIMITER, OTHER_ENCODING
from leaktrace.messages import _, ngettext


def place_of(report: ColumnReport) -> str:
    """Where a column stands, for people."""
    if report.header:
        place = _("column {number} ({header})").format(number=report.column, header=report.header)
    else:
        place = _("column {number}").format(number=report.column)
    if report.sheet:
        place = _("sheet {sheet}, {place}").format(sheet=report.sheet, place=place)
    return place


def damage_warning(report: ColumnReport, count: int) -> Warning:
    """Numbers that Excel turned into ``1.38E+10``."""
    place = place_of(report)
    text = ngettext(
        "{place}: {count} number was damaged by Excel (as 1.38E+10); format the column as text "
        "in the original and export it again.",
        "{place}: {count} numbers were damaged by Excel (as 1.38E+10); format the column as text "
        "in the original and export it again.",
        count,
    )
    return Warning("excel-damaged", text.format(place=place, count=count), place)


def cut_warning(report: ColumnReport, count: int) -> Warning:
    """ID numbers of which Excel kept fifteen digits."""
    place = place_of(report)
    text = ngettext(
        "{place}: {count} ID number was cut to fifteen digits by Excel (it ends in 000) and "
        "counts as damaged; format the column as text in the original and export it again.",
        "{place}: {count} ID numbers were cut to fifteen digits by Excel (they end in 000) and "
        "count as damaged; format the column as text in the original and export it again.",
        count,
    )
    return Warning("excel-damaged", text.format(place=place, count=count), place)


def margin_warning(table: TableReport) -> Warning:
    """What was found above and below the rows of people."""
    reasons = {
        "maker": _("who made the list"),
        "contact": _("whom to call"),
        "total": _("a sum"),
    }
    rows = [
        _("row {row}: {reason}").format(row=one["row"], reason=reasons[one["reason"]])
        for one in table.margins
    ]
    text = _(
        "rows at the head or foot of the list, which are no people in it, hold phones or the like: "
        "these are kept as written, count nobody and match nothing ({rows})"
    ).format(rows=_(", ").join(rows))
    if table.sheet:
        text = _("sheet {sheet}: {text}").format(sheet=table.sheet, text=text)
    return Warning("margins", text, table.sheet or "")


def mended_warnings(rows: list[int], switched: int) -> Iterator[Warning]:
    """What was mended in rows, by code; ``switched`` is where the encoding changes."""
    if count := rows[OTHER_ENCODING]:
        text = ngettext(
            "the encoding changes at row {row}: {count} row is in another one than the rest of its "
            "file; it was read in its own, as in a file that was pasted together from two.",
            "the encoding changes at row {row}: {count} rows are in another one than the rest of "
            "their file; each was read in its own, as in a file that was pasted together from two.",
            count,
        )
        yield Warning("encoding-mixed", text.format(count=count, row=switched))
    if count := rows[OTHER_DELIMITER]:
        text = ngettext(
            "{count} row has another delimiter than the rest; it was cut by its own.",
            "{count} rows have another delimiter than the rest; each was cut by its own.",
            count,
        )
        yield Warning("delimiter-mixed", text.format(count=count))
