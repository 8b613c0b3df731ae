"""A record of a few lines: a name, the mobile below it, the ID number below that; then the next.

The lines have no labels; blank lines stand between the records, or the first kind of line comes
again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.identifiers.names import looks_like_name
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.textlines import lines_in, lines_of
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record
from leaktrace.intake.refusals import opening
from leaktrace.intake.signatures import HEAD

_SAMPLED = 240
_LEAST, _MOST, _FEW = 3, 8, 2
_LONGEST = 60
_SHARE = 0.6
_MARKS = "\t,;|，；:：="
_NUMBERS = frozenset(
    {"mobile", "id_number", "landline", "email", "mobile_foreign", "mobile_masked"}
)


def matches(sample: str) -> bool:
    """Whether groups of lines, each one cell, come again and again in the same make."""
    lines = lines_in(sample)[:_SAMPLED]
    if len(lines) < 2 * _LEAST or any(len(line) > _LONGEST for line in lines):
        return False
    if sum(any(mark in line for mark in _MARKS) for line in lines) * 10 > len(lines):
        return False
    layout = _layout(sample)
    if layout is None:
        return False
    text = ((line, 0) for line in sample.splitlines()[: 2 * _SAMPLED])
    groups = list(_grouped(text, layout))
    makes = Counter(tuple(_kind(line) for line, _refusal in group) for group in groups)
    make, often = max(makes.items(), key=lambda item: (item[1], item[0]))
    kinds = [kind for kind in make if kind]
    several = len(make) > 1 and len(set(kinds)) == len(kinds) and bool(_NUMBERS & set(kinds))
    enough = len(groups) >= _LEAST and often >= _SHARE * len(groups)
    # Of other lines than names and numbers too many would be the lines of a letter.
    return several and enough and len(kinds) * 2 > len(make)


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """Each group of lines as a row, a line as a cell."""
    with opening(material) as file:
        head = file.read(HEAD)[encoding.mark :].decode(encoding.name, errors="replace")
    layout = _layout(head) or _Layout(True)
    rows = map(_record, _grouped(lines_of(material, encoding), layout))
    return Document("stanzas", [DocumentTable(None, rows)], {"encoding": encoding.name})


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where records end: at blank lines where ``spaced``; else before a line of the kind ``first``,
    and after ``size`` lines."""

    spaced: bool
    first: str = ""
    size: int = _MOST


def _layout(sample: str) -> _Layout | None:
    """How a text is cut into records, None where no line shows it."""
    text = [(line, 0) for line in sample.splitlines()[: 2 * _SAMPLED]]
    blank = sum(not line.strip() for line, _refusal in text)
    if blank >= _FEW:
        sizes = [len(group) for group in _grouped(text, _Layout(True))]
        if sum(size > 1 for size in sizes) > _SHARE * len(sizes):
            return _Layout(True)
    first = next((_kind(line) for line, _refusal in text if line.strip()), "")
    if not first:
        return None
    sizes = [len(group) for group in _grouped(text, _Layout(False, first))]
    return _Layout(False, first, max(sizes, key=lambda size: (sizes.count(size), -size)))


def _grouped(lines: Iterable[tuple[str, int]], layout: _Layout) -> Iterator[list[tuple[str, int]]]:
    """The lines of each record; one that has too many is cut."""
    group: list[tuple[str, int]] = []
    for line, refusal in lines:
        blank = not line.strip()
        begins = blank if layout.spaced else not blank and _kind(line) == layout.first
        if group and (begins or len(group) == layout.size):
            yield group
            group = []
        if not blank:
            group.append((line.strip(), refusal))
    if group:
        yield group


def _kind(line: str) -> str:
    """What a line is, where it is one thing alone: a kind of identifier, ``"name"``, else blank."""
    text = line.strip()
    found = recognise_cell(text) if text else []
    if len(found) == 1:
        return found[0].kind.name
    return "name" if not found and looks_like_name(text) else ""


def _record(group: Sequence[tuple[str, int]]) -> Record:
    return Record([line for line, _refusal in group], max(refusal for _line, refusal in group))
