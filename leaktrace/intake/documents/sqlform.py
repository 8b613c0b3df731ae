"""Dumps of databases: the rows of ``INSERT``, ``REPLACE`` and PostgreSQL's ``COPY``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.splitting import (
    Cells,
    Event,
    Name,
    positional,
    some_tables,
    split_tables,
)
from leaktrace.intake.documents.sqlstatements import (
    COPY,
    CREATE,
    INSERT,
    column_names,
    declared_names,
    table_name,
)
from leaktrace.intake.documents.sqltext import ROW_LIMIT, SqlText, copied
from leaktrace.intake.documents.streams import characters, cut_off, damaged, record_of
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material

_START = re.compile(
    r"\s*(?:--|/\*|#|(?:SET|USE|INSERT|REPLACE|CREATE|DROP|COPY|BEGIN|START|PRAGMA|LOCK|ALTER|"
    r"DELETE|TRUNCATE|UPDATE|SELECT|GO|IF|REM|PROMPT)\b)",
    re.IGNORECASE,
)
_SURE = re.compile(r"\s*(?:--|/\*)[^\n]*(?:dump|Navicat|HeidiSQL|mysql|SQL\b)", re.IGNORECASE)
_BACKSLASHES = re.compile(r"`|MySQL|MariaDB|Navicat|\\'", re.IGNORECASE)
_NO_BACKSLASHES = re.compile(r"\bN'|\[dbo\]|PostgreSQL database dump|PRAGMA ", re.IGNORECASE)


def matches(sample: str) -> bool:
    """Whether a text that begins with ``sample`` is a dump."""
    text = sample.lstrip("\ufeff")
    if not _START.match(text):
        return False
    found = any(pattern.search(text) for pattern in (INSERT, COPY, CREATE))
    return found or _SURE.match(text) is not None


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The rows of the dump, a table for each of its tables. Memory does not grow with it."""
    warnings: list[Warning] = []
    headers: dict[Name, tuple[str, ...]] = {}

    def events() -> Iterator[Event]:
        return _Dump(SqlText(characters(material, encoding)), headers, warnings).events()

    def make(name: Name, rows: Iterable[Cells]) -> DocumentTable:
        return DocumentTable(name, (record_of(positional(row)) for row in rows), headers.get(name))

    return Document(
        "sql", some_tables(material, split_tables(events, make), warnings), {}, warnings
    )


class _Dump:
    """From statement to statement; those that bring no rows are passed."""

    def __init__(
        self, text: SqlText, headers: dict[Name, tuple[str, ...]], warnings: list[Warning]
    ) -> None:
        self._text = text
        self._headers = headers
        self._warnings = warnings
        self._declared: dict[Name, tuple[str, ...]] = {}

    def events(self) -> Iterator[Event]:
        """The rows of the whole dump."""
        beginning = self._text.look()
        self._text.backslashes = bool(_BACKSLASHES.search(beginning)) and not (
            _NO_BACKSLASHES.search(beginning) and "`" not in beginning
        )
        last: Name = None
        while (statement := self._text.next_statement()) is not None:
            name = table_name(statement["table"])
            if statement.re is CREATE:
                self._declared[name] = declared_names(self._text.look())
                continue
            if last is not None and name != last:
                yield last, None
            last = name
            columns = column_names(statement["columns"]) or self._declared.get(name, ())
            rows = self._copied() if statement.re is COPY else self._inserted()
            yield from self._in_columns(name, columns, rows)

    def _in_columns(
        self, name: Name, columns: tuple[str, ...], rows: Iterator[list[str]]
    ) -> Iterator[Event]:
        """The rows, in the order of the columns of the table's first statement."""
        known = self._headers.setdefault(name, columns)
        order = None
        if columns != known and sorted(columns) == sorted(known):
            order = [columns.index(column) for column in known]
        for row in rows:
            if order is not None and len(row) == len(order):
                row = [row[i] for i in order]
            yield name, row

    def _inserted(self) -> Iterator[list[str]]:
        while (row := self._text.row()) is not None:
            yield row
        if self._text.is_cut:
            cut_off(self._warnings)
        elif self._text.is_broken:
            damaged(self._warnings)

    def _copied(self) -> Iterator[list[str]]:
        self._text.line()
        while (line := self._text.line()) != "\\.":
            if line is None:
                cut_off(self._warnings)
                return
            if len(line) <= ROW_LIMIT:
                yield [copied(cell) for cell in line.split("\t")]
