"""What stands beside the cells of an XLSX workbook: comments, threads of them, text boxes."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leaktrace.intake.bombs import office_archive
from leaktrace.intake.documents.markup import fed, xml_parser
from leaktrace.intake.documents.splitting import Event, Field
from leaktrace.intake.documents.streams import decoded, record_of
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record
from leaktrace.intake.refusals import opening

_BOOK = "xl/workbook.xml"
_PLACE = re.compile(r"\$?[A-Za-z]{1,3}\$?([0-9]{1,7})")
# What programs that know no threads are told instead; the text itself follows in the thread.
_STAND_IN = "[Threaded comment]"
# Characters of all notes: more are a bomb, or no notes.
_MOST = 1 << 25

Found = tuple[Mapping[str, str], str]


@dataclass(slots=True)
class Notes:
    """By the name of its sheet and the number of its row, from 1, the comments on cells; and the
    lines of all text boxes."""

    by_row: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)


def notes_of(material: Material) -> Notes:
    """The notes in the workbook ``material``, as far as they can be read."""
    notes = Notes()
    with opening(material) as file, office_archive(material, file) as archive:
        names = set(archive.namelist())
        budget = _MOST
        for sheet, part in _sheets(archive, names):
            rows = notes.by_row.setdefault(sheet, {})
            for kind, target in _related(archive, names, part):
                for attributes, text in _notes_in(archive, kind, target):
                    budget -= len(text)
                    if budget < 0:
                        return notes
                    place = _PLACE.fullmatch(attributes.get("ref", ""))
                    if kind == "drawing":
                        notes.boxes.append(text)
                    elif place and not text.startswith(_STAND_IN):
                        rows.setdefault(int(place[1]), []).append(text)
    return notes


def with_notes(
    rows: list[Record], first_row: int, notes: Mapping[int, Sequence[str]]
) -> list[Record]:
    """The rows of a sheet, the comments on each in one more cell at its end."""
    width = max((len(row.cells) for row in rows), default=0)
    for number, texts in sorted(notes.items()):
        text, place = "; ".join(texts), number - first_row
        if 0 <= place < len(rows):
            cells = rows[place].cells
            rows[place] = record_of([*cells, *[""] * (width - len(cells)), text])
        else:
            rows.append(record_of([""] * width + [text]))
    return rows


def _sheets(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    """The name and the part of each sheet."""
    parts = {
        said.get("Id", ""): target for said, _kind, target in _relations(archive, names, _BOOK)
    }
    if _BOOK not in names:
        return
    for said, _text in _elements(archive, _BOOK, "sheet"):
        part = parts.get(said.get("id", ""))
        if part in names:
            yield said.get("name", ""), str(part)


def _related(archive: zipfile.ZipFile, names: set[str], part: str) -> list[tuple[str, str]]:
    """The parts with a sheet's comments and drawings."""
    wanted = ("comments", "threadedComment", "drawing")
    return [
        (kind, target)
        for _said, kind, target in _relations(archive, names, part)
        if kind in wanted and target in names
    ]


def _relations(
    archive: zipfile.ZipFile, names: set[str], part: str
) -> Iterator[tuple[Mapping[str, str], str, str]]:
    folder, name = posixpath.split(part)
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in names:
        return
    for said, _text in _elements(archive, listed, "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, said.get("Target", "")))
        yield said, said.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _notes_in(archive: zipfile.ZipFile, kind: str, part: str) -> Iterator[Found]:
    element = {"comments": "comment", "threadedComment": "threadedComment", "drawing": "p"}[kind]
    for said, text in _elements(archive, part, element):
        if text.strip():
            yield said, " ".join(text.split())


def _elements(archive: zipfile.ZipFile, part: str, element: str) -> Iterator[Found]:
    """The attributes and the text of each such element of a part."""
    target = _Target(element)
    with archive.open(part) as file:
        for _name, cells in fed(xml_parser(target), target, decoded(file, "utf-8")):
            if isinstance(cells, Mapping):
                said = {str(key[0]): text for key, text in cells.items() if isinstance(key, tuple)}
                yield said, said.pop("", "")


class _Target:
    """Collects one kind of element; text counts within ``t`` and ``text``, readings aside."""

    def __init__(self, element: str) -> None:
        self.out: list[Event] = []
        self._element = element
        self._said: Mapping[str, str] | None = None
        self._text: list[str] = []
        self._shown = self._aside = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        if name == self._element:
            self._said = {key.rpartition("}")[2]: value for key, value in attributes.items()}
            self._text = []
        self._shown += name in ("t", "text")
        self._aside += name == "rPh"

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition("}")[2]
        if name == self._element and self._said is not None:
            row: dict[Field, str] = {(key, 0): value for key, value in self._said.items()}
            row["", 0] = "".join(self._text)
            self.out.append((None, row))
            self._said = None
        self._shown -= name in ("t", "text")
        self._aside -= name == "rPh"

    def data(self, text: str) -> None:
        """Text."""
        if self._shown and not self._aside and self._said is not None:
            self._text.append(text)

    def close(self) -> Any:
        """The document ends."""
