"""A delimited text: how it is laid out, and its records in blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from leaktrace.intake.delimiters import CANDIDATES, delimiter_of
from leaktrace.intake.encodings import TextEncoding, encoding_of
from leaktrace.intake.linecodes import holds_utf8, is_good_utf8, other_of
from leaktrace.intake.material import Material
from leaktrace.intake.pieces import pieces_of, transcoded
from leaktrace.intake.profile.textstyle import text_style
from leaktrace.intake.rawblocks import Layout, records_in
from leaktrace.intake.refusals import opening, refused
from leaktrace.intake.signatures import empty
from leaktrace.messages import _

MOST_COLUMNS = 4096
"""A quarter of what Excel can hold; no list has as many."""

_SAMPLE = 2000
# Long texts are full of the rarer ones.
_WIDENING = CANDIDATES[: CANDIDATES.index("  ")]
_BEGINNING = 1 << 20
_SPREAD = 300
_WINDOW = 1 << 16
# Above this share of ragged rows hardly a part of a piece is even, and trying costs time.
_RAGGED = 0.002


@dataclass(frozen=True, slots=True)
class TextForm:
    """A text as it is laid out.

    Attributes
    ----------
    encoding : TextEncoding
        Of the file.
    layout : Layout
        Of its pieces.
    even : bool
        The rows of the sample are equally long.
    sample : list of list of str
        The first records that are not blank.
    spread : list of list of str
        Some from later in the file.
    style : dict
        How its lines end and its cells are quoted (``profile.textstyle``).
    usual : tuple of int
        How many cells most records of the sample have, and how many records these are.
    """

    encoding: TextEncoding
    layout: Layout
    even: bool
    sample: list[list[str]]
    spread: list[list[str]]
    style: dict[str, Any] = field(default_factory=dict)
    usual: tuple[int, int] = (0, 0)


def text_form(material: Material, head: bytes, delimiter: str | None = None) -> TextForm:
    """How the text ``material``, which begins with ``head``, is laid out.

    Raises
    ------
    InputRefused
        ``"encoding"``, ``"empty"``, ``"too-many-columns"`` or ``"too-big"``.
    """
    with opening(material) as file:
        encoding = encoding_of(material, file, head)
    coded = transcoded(encoding.name)
    other = other_of(encoding.name)
    # Enough for the sample; the whole piece would be split into lines again and again.
    first = next((p for p in pieces_of(material, encoding, _BEGINNING) if p.strip()), b"")
    if not first:
        raise empty(material)
    _check_width(material, first, coded)
    if delimiter is None:
        delimiter = delimiter_of(first, coded)
    mixed = other == "utf-8" and any(map(is_good_utf8, first.splitlines()))
    layout = Layout(coded, delimiter, 0, other, mixed)
    sample = _first_records(first, layout)
    if not sample:
        raise empty(material)
    widths = Counter(map(len, sample))
    # A few overlong rows do not widen the table: what they have more stands in one column.
    width = max(w for w in widths if _reaching(widths, w) * 100 >= len(sample))
    layout = replace(layout, width=width)
    if len(widths) > 1:
        sample = _first_records(first, layout)
        widths = Counter(map(len, sample))
    cells, usual = max(widths.items(), key=lambda item: (item[1], item[0]))
    return TextForm(
        encoding,
        layout,
        len(sample) - usual <= _RAGGED * len(sample),
        sample,
        _spread(material, encoding, layout),
        text_style(first, delimiter),
        (cells, usual),
    )


def _reaching(widths: Counter[int], width: int) -> int:
    return sum(number for other, number in widths.items() if other >= width)


def _check_width(material: Material, first: bytes, coded: str) -> None:
    for line in first.split(b"\n", 50)[:50]:
        text = line.decode(coded, errors="replace")
        if any(text.count(mark) > MOST_COLUMNS for mark in _WIDENING):
            raise too_many_columns(material)


def too_many_columns(material: Material, place: str = "") -> Exception:
    """The refusal of a table that is wider than any list."""
    message = _(
        "{file} has more than 4096 columns; delete the empty ones, or turn rows and columns round."
    )
    return refused(material, "too-many-columns", message, place=place)


def _first_records(piece: bytes, layout: Layout) -> list[list[str]]:
    sample: list[list[str]] = []
    for record in records_in(piece, layout):
        if any(map(str.strip, record.cells)):
            sample.append(record.cells)
        if len(sample) == _SAMPLE:
            break
    return sample


def _spread(material: Material, encoding: TextEncoding, layout: Layout) -> list[list[str]]:
    """Records from three places further on, so that a long preamble does not decide alone."""
    if layout.encoding != encoding.name:
        return []
    rows: list[list[str]] = []
    with opening(material) as file:
        size = file.seek(0, 2)
        for part in (0.3, 0.6, 0.95):
            start = int(size * part)
            if start < _WINDOW * 8:
                continue
            file.seek(start)
            window = file.read(_WINDOW)
            window = window[window.find(b"\n") + 1 : window.rfind(b"\n") + 1]
            cells = [record.cells for record in records_in(window, layout)]
            rows.extend([row for row in cells if any(map(str.strip, row))][:_SPREAD])
    return rows


def layout_of(piece: bytes, layout: Layout) -> Layout:
    """The layout of a piece, which may hold lines of UTF-8 where earlier ones have none."""
    if layout.mixed or layout.other != "utf-8" or not holds_utf8(piece):
        return layout
    return replace(layout, mixed=True)


def pieces(material: Material, form: TextForm) -> Iterator[bytes]:
    """The pieces of the text."""
    return pieces_of(material, form.encoding)
