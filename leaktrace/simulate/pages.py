"""From clean columns to the bytes of a messy file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leaktrace.simulate.looks import Look, draw_look, header_text, number_text
from leaktrace.simulate.sheets import text_bytes, workbook_bytes
from leaktrace.simulate.tabulate import Columns

_JUNK = ("测试", "转下页", "已删除", "——", "待补")


@dataclass(frozen=True, slots=True)
class Page:
    """A file: its suffix and its bytes."""

    suffix: str
    data: bytes


def make_page(rng: np.random.Generator, columns: Columns, *, tidy: bool) -> Page:
    """The columns as one file; ``tidy`` as a source hands it over, else as sellers leave it.

    Every person of the columns stays readable: dirt is added, and blanks only cells that identify
    nobody.
    """
    count = len(next(iter(columns.values())))
    look = draw_look(rng, count, len(columns), tidy=tidy)
    names = [str(name) for name in rng.permutation(list(columns))]
    _type_numbers(rng, columns, look)
    if not tidy:
        _blank(rng, columns, look.dirt)
    rows = [list(row) for row in zip(*(columns[name] for name in names), strict=True)]
    rows = _repeat(rng, rows, look.repeated)
    if look.serial:
        names = ["serial", *names]
        rows = [[str(number), *row] for number, row in enumerate(rows, 1)]
    rows = _spoil(rng, rows, look)
    if look.header != "none":
        rows.insert(0, [header_text(rng, name, look.header) for name in names])
    rows = [[line, *[""] * (len(names) - 1)] for line in look.preamble] + rows
    if look.suffix == "xlsx":
        loose = rng.random() < 0.5
        numeric = {place for place, name in enumerate(names) if name == "serial"}
        numeric |= {place for place, name in enumerate(names) if name == "mobile" and loose}
        return Page("xlsx", workbook_bytes(rows, frozenset(numeric)))
    return Page(look.suffix, text_bytes(rows, look.delimiter, look.encoding))


def _type_numbers(rng: np.random.Generator, columns: Columns, look: Look) -> None:
    """Mobiles in the file's way of typing, a few of them plain."""
    style = look.numbers
    if look.suffix == "xlsx" and style in ("tab", "formula", "float", "apostrophe"):
        style = "plain"
    if style == "plain" or "mobile" not in columns or "*" in columns["mobile"][0]:
        return
    same = (rng.random(len(columns["mobile"])) < 0.93).tolist()
    columns["mobile"] = [
        number_text(text, style) if typed else text
        for text, typed in zip(columns["mobile"], same, strict=True)
    ]


def _blank(rng: np.random.Generator, columns: Columns, share: float) -> None:
    for name in columns:
        if name in ("mobile", "id_number", "name"):
            continue
        for place in np.flatnonzero(rng.random(len(columns[name])) < share).tolist():
            columns[name][place] = ""


def _repeat(rng: np.random.Generator, rows: list[list[str]], share: float) -> list[list[str]]:
    """Some rows a second time, right behind or somewhere later."""
    count = int(len(rows) * share)
    chosen = np.sort(rng.choice(len(rows), count, replace=False))
    near = rng.random(count) < 0.5
    places = np.where(near, chosen + 1, rng.integers(chosen + 1, len(rows) + 1))
    copies = [rows[place] for place in chosen.tolist()]
    return _insert(rows, places.tolist(), copies)


def _spoil(rng: np.random.Generator, rows: list[list[str]], look: Look) -> list[list[str]]:
    """Empty rows, and rows that hold a word instead of a person."""
    count = int(len(rows) * look.dirt / 4)
    width = len(rows[0])
    junk = [
        ["" if empty else str(rng.choice(_JUNK)), *[""] * (width - 1)]
        for empty in (rng.random(count) < 0.7).tolist()
    ]
    return _insert(rows, rng.integers(0, len(rows) + 1, count).tolist(), junk)


def _insert(rows: list[list[str]], places: list[int], extra: list[list[str]]) -> list[list[str]]:
    """``rows`` with each of ``extra`` before the row that stood at its place."""
    keys = np.concatenate([np.arange(len(rows)) * 2 + 1, np.array(places, np.int64) * 2])
    every = rows + extra
    return [every[place] for place in np.argsort(keys, kind="stable").tolist()]
