"""Tables on a narrow terminal: never broken inside a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from leaktrace.cli.output import safe, screen, table

if TYPE_CHECKING:
    from rich.table import Table

# A blank before a text belongs to its first word.
_WORD = re.compile(r"^\s*\S+|\S+")
_WIDE_GAP, _NARROW_GAP = 3, 2
# Chinese has no blanks to break at, and may be broken anywhere; but not into slivers.
_SLIVER = 12


def fitted(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
    width: int | None = None,
) -> list[Table | str]:
    """A table, in parts that each begin with the first column where it is too wide as a whole.

    Parameters
    ----------
    headers, rows, right
        As :func:`~leaktrace.cli.output.table` takes them.
    width : int, optional
        Cells on a line; else those of the terminal.

    Returns
    -------
    list of Table or str
        The parts, with an empty line between them.
    """
    from rich.cells import cell_len

    room = screen().width if width is None else width
    body = [[safe(cell) for cell in row] for row in rows]
    columns = list(zip(headers, *body, strict=True))
    whole = [max(cell_len(cell) for cell in column) for column in columns]
    if sum(whole) + _WIDE_GAP * (len(whole) - 1) <= room:
        return [table(headers, body, right=right)]
    least = [min(_least(column[0], column[1:]), room) for column in columns]
    parts: list[Table | str] = []
    for chosen in _parts(least, room):
        made = table(
            [headers[one] for one in chosen],
            [[row[one] for one in chosen] for row in body],
            right=[place for place, one in enumerate(chosen) if one in right],
        )
        made.padding = (0, _NARROW_GAP - 1, 0, 0)
        widths = _widths([least[one] for one in chosen], [whole[one] for one in chosen], room)
        for column, cells in zip(made.columns, widths, strict=True):
            column.width = cells
        parts += ["", made] if parts else [made]
    return parts


def _least(header: str, texts: Sequence[str]) -> int:
    """The fewest cells that break no word."""
    from rich.cells import cell_len

    found = [cell_len(word) for word in _WORD.findall(header)]
    for word in (word for text in texts for word in _WORD.findall(text)):
        cells = cell_len(word)
        found.append(cells if cells == len(word) else min(cells, _SLIVER))
    return max(found, default=1)


def _parts(least: Sequence[int], room: int) -> list[list[int]]:
    """Which columns stand together, each part beginning with the first."""
    parts = [[0]]
    for column in range(1, len(least)):
        last = [*parts[-1], column]
        needed = sum(least[one] for one in last) + _NARROW_GAP * (len(last) - 1)
        if needed <= room or len(last) == 2:
            parts[-1] = last
        else:
            parts.append([0, column])
    return parts


def _widths(least: Sequence[int], whole: Sequence[int], room: int) -> list[int]:
    """The width of each column: what is left goes to those that lack most."""
    widths = list(least)
    left = room - sum(least) - _NARROW_GAP * (len(least) - 1)
    while left > 0:
        lacking = [have - want for have, want in zip(widths, whole, strict=True)]
        if min(lacking) >= 0:
            break
        widths[lacking.index(min(lacking))] += 1
        left -= 1
    return widths
