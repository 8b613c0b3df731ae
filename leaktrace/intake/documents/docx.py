"""DOCX: the tables of a document, then the lines of its text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial

from leaktrace.intake.blocks import Warning
from leaktrace.intake.bombs import office_archive, truncated
from leaktrace.intake.documents.document import Document
from leaktrace.intake.documents.html import tables_of
from leaktrace.intake.documents.htmltarget import HtmlTarget
from leaktrace.intake.documents.making import made_of_archive
from leaktrace.intake.documents.markup import fed, note_errors, xml_parser
from leaktrace.intake.documents.splitting import Event
from leaktrace.intake.documents.streams import decoded
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_MAIN = "word/document.xml"
_TAGS = {"tbl": "table", "tr": "tr", "tc": "td", "p": "p", "br": "br", "cr": "br"}


def read(material: Material) -> Document:
    """The tables and the text of ``material``. Memory does not grow with it.

    Raises
    ------
    InputRefused
        ``"truncated"``, ``"encrypted"``, ``"too-big"`` or ``"unsafe"``.
    """
    warnings: list[Warning] = []
    with opening(material) as file, office_archive(material, file) as archive:
        if _MAIN not in archive.namelist():
            raise truncated(material)
        made = made_of_archive(archive)
    events = partial(_events, material, warnings)
    return Document("docx", tables_of(material, events, warnings), {"made": made}, warnings)


def _events(material: Material, warnings: list[Warning]) -> Iterator[Event]:
    with opening(material) as file, office_archive(material, file) as archive:
        names = [name for name in archive.namelist() if _PARTS.fullmatch(name)]
        for name in sorted(names, key=lambda name: (name != _MAIN, name)):
            yield from _part(archive, name, warnings)


def _part(archive: zipfile.ZipFile, name: str, warnings: list[Warning]) -> Iterator[Event]:
    prefix = "" if name == _MAIN else f"{name[5:-4]} "
    target = DocxTarget(prefix)
    parser = xml_parser(target)
    with archive.open(name) as file:
        yield from fed(parser, target, decoded(file, "utf-8"))
    note_errors(parser, warnings)


class DocxTarget:
    """The elements of WordprocessingML as those of a page."""

    def __init__(self, prefix: str) -> None:
        self._page = HtmlTarget(prefix)
        self.out = self._page.out
        self._in_text = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        if name == "t":
            self._in_text = True
        elif name in _TAGS:
            self._page.start(_TAGS[name], {})
        elif name == "tab":
            self._page.data(" ")
        elif name == "gridSpan":
            self._page.widen(_value(attributes))
        elif name == "vMerge" and _value(attributes) != "restart":
            self._page.repeat_above()

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition("}")[2]
        if name == "t":
            self._in_text = False
        elif name in _TAGS:
            self._page.end(_TAGS[name])

    def data(self, text: str) -> None:
        """Text, of which only runs of it are shown."""
        if self._in_text:
            self._page.data(text)

    def close(self) -> None:
        """The document ends."""
        self._page.close()


def _value(attributes: Mapping[str, str]) -> str:
    return next((text for key, text in attributes.items() if key.endswith("}val")), "")
