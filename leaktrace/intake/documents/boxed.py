"""Drawn tables, as printers' spools hold them: a cell may go over several lines.

What stands in a cell between two ruled lines belongs together: an ID number that broke off after
twelve digits goes on below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.textlines import lines_in, lines_of
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record
from leaktrace.intake.refusals import opening
from leaktrace.intake.signatures import HEAD

_BARS = "│┃║|｜"
_LINES = "=_-+－＋─━═┄┅┈┉╌╍"
_RULED = frozenset(" \t\f\u3000|｜" + _LINES) | frozenset(map(chr, range(0x2500, 0x2580)))
_SAMPLED = 400
_DRAWN = 0.6
_BELOW = 0.8
_MANY, _SHARE = 2, 0.2
_LONGEST = 40
_WIDE = frozenset("WF")


def matches(sample: str) -> bool:
    """Whether a text is mostly a drawn table, with rows of several lines or bars of its own.

    Rows of one line between plain ``|`` are a delimited list.
    """
    lines = lines_in(sample)[:_SAMPLED]
    rules = sum(map(_is_rule, lines))
    rows = [line for line in lines if _is_row(line)]
    if rules < 2 or len(rows) < 2 or rules + len(rows) < _DRAWN * len(lines):
        return False
    return rows[0].strip()[0] not in "|｜" or _is_wrapped(lines)


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The rows as one table; lines around it are rows of one cell."""
    with opening(material) as file:
        head = file.read(HEAD)[encoding.mark :].decode(encoding.name, errors="replace")
    wrapped = _is_wrapped(lines_in(head)[:_SAMPLED])
    table = DocumentTable(None, _records(lines_of(material, encoding), wrapped))
    return Document("boxed", [table], {"encoding": encoding.name, "wrapped": wrapped})


def _is_rule(line: str) -> bool:
    return _RULED.issuperset(line) and sum(map(line.count, _LINES)) > 2


def _is_row(line: str) -> bool:
    text = line.strip()
    return len(text) > 2 and text[0] in _BARS and text[-1] == text[0] and not _is_rule(text)


def _parts(line: str) -> list[str]:
    """What stands between the bars of a line, with the blanks around it."""
    text = line.strip()
    return text[1:-1].split(text[0])


def _is_wrapped(lines: Iterable[str]) -> bool:
    """Whether rows have several lines: in the lower ones some cells have nothing more to say."""
    sizes: Counter[bool] = Counter()
    below = lower = 0
    for group in _groups(lines):
        sizes[1 < len(group) <= _LONGEST] += 1
        first = _parts(group[0])
        for line in group[1:]:
            parts = _parts(line)
            lower += 1
            below += any(
                one.strip() and not more.strip() for one, more in zip(first, parts, strict=False)
            )
    several = sizes[True]
    return several >= _MANY and several >= _SHARE * sizes.total() and below >= _BELOW * lower


def _groups(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines of each row: those between two ruled ones."""
    group: list[str] = []
    for line in lines:
        if _is_row(line):
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _records(lines: Iterable[tuple[str, int]], wrapped: bool) -> Iterator[Record]:
    group: list[str] = []
    worst = 0
    for line, refusal in lines:
        if _is_row(line):
            if group and (not wrapped or len(group) >= _LONGEST):
                yield Record(_joined(group), worst)
                group, worst = [], 0
            group.append(line)
            worst = worst or refusal
            continue
        if group:
            yield Record(_joined(group), worst)
            group, worst = [], 0
        if line.strip() and not _is_rule(line):
            yield Record([line.strip()], refusal)
    if group:
        yield Record(_joined(group), worst)


def _joined(group: list[str]) -> list[str]:
    """The cells of a row of one line or more."""
    rows = [_parts(line) for line in group]
    width = len(rows[0])
    cells = [""] * width
    last = [""] * width
    for parts in rows:
        # Where a cell holds a bar itself, nobody knows which one ends it.
        for i, part in enumerate([*parts[: width - 1], " ".join(parts[width - 1 :])]):
            if part.strip():
                gap = "" if _goes_on(last[i], part) else " "
                cells[i] = f"{cells[i]}{gap}{part.strip()}" if cells[i] else part.strip()
                last[i] = part
    return cells


def _goes_on(above: str, below: str) -> bool:
    """Whether a line of a cell ended because the cell was full, and not because it was all."""
    left = len(above) - len(above.rstrip()) - min(1, len(above) - len(above.lstrip()))
    wide = east_asian_width(below.strip()[0]) in _WIDE
    if left > (1 if wide else 0):
        return False
    return not (recognise_cell(above) and recognise_cell(below))
