"""Which records of a table are its header: not always the first one, and sometimes none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.identifiers.column import recognise_column
from leaktrace.identifiers.names import looks_like_name, name_share
from leaktrace.intake.headers import header_kind, is_header_word

_DEPTH = 30
_LONGEST_TITLE = 24
_WIDEST = 500
_LONGEST_GROUP = 12
_NAMES = 0.3


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table.

    Attributes
    ----------
    rows : tuple of int
        Positions among the records that are not blank of all that is no row of data: the header,
        the groups above it or the fields below it, and Excel's ``sep=``.
    titles : tuple of str or None
        What stands over each column, as typed; None without a header.
    """

    rows: tuple[int, ...]
    titles: tuple[str, ...] | None


def whole_header(records: Sequence[Sequence[str]], main: int | None) -> Header:
    """The header around the row ``main``, which :func:`header_row` found."""
    first = (0,) if records and is_separator_line(records[0]) else ()
    if main is None:
        return Header(first, None)
    rows = [main]
    if main + 1 < len(records) and _are_fields(records[main + 1], records[main]):
        rows.append(main + 1)
    if main and main - 1 not in first and _are_groups(records[main - 1], records[main]):
        rows.insert(0, main - 1)
    # The lowest title of a column says most.
    width = max(len(records[row]) for row in rows)
    titles = [
        next((text for row in reversed(rows) if (text := _cell(records[row], i))), "")
        for i in range(width)
    ]
    return Header((*first, *rows), tuple(titles))


def is_separator_line(cells: Sequence[str]) -> bool:
    """Whether a record is the line ``sep=;`` by which Excel is told the delimiter."""
    text = cells[0].strip().strip('"').lower() if cells else ""
    return text.startswith("sep=") and len(text) <= 5 and not any(map(str.strip, cells[1:]))


def _are_groups(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Whether ``cells`` name groups of the columns that ``below`` names: 客户信息 above 姓名, 电话.

    A title of the whole table stands alone in the first cell, and is a preamble.
    """
    places = [i for i, cell in enumerate(cells) if cell.strip()]
    if not places or places == [0] or len(places) >= _count(below):
        return False
    texts = [cells[i].strip() for i in places]
    return all(
        _is_title(text)
        and len(text) <= _LONGEST_GROUP
        and not set(text) & set("：:")
        and (is_header_word(text) or not looks_like_name(text))
        for text in texts
    )


def _are_fields(cells: Sequence[str], above: Sequence[str]) -> bool:
    """Whether ``cells`` name fields of groups in ``above``: 手机, 固话 below 联系方式."""
    places = [i for i, cell in enumerate(cells) if cell.strip()]
    free = [i for i in places if not _cell(above, i)]
    return bool(free) and all(is_header_word(cells[i].strip()) for i in places)


def _cell(cells: Sequence[str], i: int) -> str:
    return cells[i].strip() if i < len(cells) else ""


def header_row(records: Sequence[Sequence[str]]) -> int | None:
    """The position of the header among ``records`` (no blank ones), None where there is none.

    A header holds words that stand in headers and no identifier; or it is the first full record,
    and differs in type from what stands below it.
    """
    best, most = None, 0
    for i, cells in enumerate(records[:_DEPTH]):
        texts = [cell.strip() for cell in cells if cell.strip()]
        kinds = [kind for text in texts[:_WIDEST] if (kind := header_kind(text))]
        words = len(kinds)
        # A title such as 房产 says what the list is of, not what stands in its column.
        enough = words >= 2 or (
            words * 2 >= len(texts) and kinds[:1] not in (["other"], ["serial"])
        )
        if _identifiers(cells):
            if best is not None:
                break  # what follows rows of data is another table's header, or this one's again
        elif words > most and enough:
            best, most = i, words
    return best if best is not None else _by_type(records)


def _by_type(records: Sequence[Sequence[str]]) -> int | None:
    full = max((_count(cells) for cells in records), default=0)
    for i, cells in enumerate(records[: _DEPTH // 2]):
        if _count(cells) < full or len(cells) > _WIDEST:
            continue
        texts = [cell.strip() for cell in cells]
        titles = all(map(_is_title, filter(None, texts))) and len(set(texts)) == len(texts)
        if not titles or _identifiers(cells):
            return None
        return i if _differs(texts, records[i + 1 :]) else None
    return None


def _count(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_title(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return len(text) <= _LONGEST_TITLE and digits <= 2 and "*" not in text and "@" not in text


def _differs(texts: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether some column holds identifiers below where ``texts`` has none, and no name stands
    above names."""
    found = False
    for i, text in enumerate(texts):
        column = pa.array([row[i] if i < len(row) else None for row in below], pa.string())
        if name_share(column) > _NAMES and looks_like_name(text):
            return False
        with_one = {int(row) for match in recognise_column(column) for row in match.rows}
        found = found or (len(with_one) * 2 > len(below) and len(below) > 0 and bool(text))
    return found


def _identifiers(cells: Sequence[str]) -> bool:
    return any(recognise_cell(cell) for cell in cells[:_WIDEST])
