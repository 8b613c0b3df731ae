"""Sheets of OpenDocument, read as they come: a cell that is repeated a million times is one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from leaktrace.intake.blocks import Warning
from leaktrace.intake.bombs import encrypted, office_archive, too_big, truncated
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.making import made_of_archive
from leaktrace.intake.documents.markup import fed, note_errors, xml_parser
from leaktrace.intake.documents.sheettargets import FlatOdsTarget, Swollen
from leaktrace.intake.documents.splitting import Cells, Event, Name, plain_table, split_tables
from leaktrace.intake.documents.streams import decoded
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_MOST = 1 << 20


def read(material: Material) -> Document:
    """The sheets of ``material``. Memory does not grow with it.

    Raises
    ------
    InputRefused
        ``"truncated"``, ``"encrypted"``, ``"too-big"`` or ``"unsafe"``; ``"truncated"`` also while
        rows are read.
    """
    warnings: list[Warning] = []
    hidden: set[str] = set()
    with opening(material) as file, office_archive(material, file) as archive:
        _check(material, archive)
        made = made_of_archive(archive)

    def make(name: Name, rows: Iterable[Cells]) -> DocumentTable:
        table = plain_table(name, rows)
        return DocumentTable(table.name, table.rows, hidden=name in hidden)

    tables = split_tables(lambda: _events(material, hidden, warnings), make)
    return Document("ods", tables, {"made": made}, warnings)


def _check(material: Material, archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if _CONTENT not in names:
        raise truncated(material)
    if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST)[:_MOST]:
        raise encrypted(material)


def _events(material: Material, hidden: set[str], warnings: list[Warning]) -> Iterator[Event]:
    target = FlatOdsTarget()
    target.hidden = hidden
    parser = xml_parser(target)
    with (
        opening(material) as file,
        office_archive(material, file) as archive,
        archive.open(_CONTENT) as content,
    ):
        try:
            yield from fed(parser, target, decoded(content, "utf-8"))
        except Swollen:
            raise too_big(material) from None
    note_errors(parser, warnings)
