"""What the tests of documents look at: each table as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leaktrace.intake.documents.document import Document
from leaktrace.intake.encodings import encoding_of
from leaktrace.intake.forms import CONTAINERS, document_of, form_of, text_document
from leaktrace.intake.material import InMemory, Material


@dataclass
class Seen:
    """A document, read to its end."""

    form: str
    tables: dict[str | None, list[list[str]]] = field(default_factory=dict)
    headers: dict[str | None, tuple[str, ...] | None] = field(default_factory=dict)
    refused: int = 0
    hidden: list[str | None] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def cells(self) -> set[str]:
        return {cell for rows in self.tables.values() for row in rows for cell in row}

    def dicts(self, name: str | None = None) -> list[dict[str, str]]:
        """The rows of a table by header, blank cells left out."""
        header = self.headers[name]
        assert header is not None
        pairs = (zip(header, row, strict=False) for row in self.tables[name])
        return [{k: v for k, v in pair if v} for pair in pairs]


def material_of(content: str | bytes) -> Material:
    data = content.encode() if isinstance(content, str) else content
    return Material(Path("a.bin"), ("a.bin",), InMemory(data))


def document_in(content: str | bytes) -> Document | None:
    """The document; None for a delimited list, and for what the walk unpacks first."""
    material = material_of(content)
    with material.open() as file:
        head = file.read(1 << 16)
    form = form_of(material, head)
    if form in CONTAINERS:
        return None
    return text_document(material, head) if form == "text" else document_of(material, form)


def seen(content: str | bytes) -> Seen:
    document = document_in(content)
    assert document is not None
    return read(document)


def read(document: Document) -> Seen:
    got = Seen(document.form)
    for table in document.tables:
        records = [record for record in table.rows if any(record.cells)]
        assert table.name not in got.tables
        got.tables[table.name] = [record.cells for record in records]
        got.headers[table.name] = table.header
        got.refused += sum(record.refusal > 0 for record in records)
        if table.hidden:
            got.hidden.append(table.name)
    got.warnings = [warning.code for warning in document.warnings]
    got.facts = dict(document.facts)
    return got


def encoding_in(material: Material) -> Any:
    with material.open() as file:
        head = file.read(1 << 16)
        return encoding_of(material, file, head)
