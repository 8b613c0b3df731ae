"""HTML: tables, as back ends export them under the name ``.xls``, and lines of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.htmltarget import LINES, HtmlTarget
from leaktrace.intake.documents.markup import fed
from leaktrace.intake.documents.splitting import (
    Cells,
    Event,
    Name,
    plain_table,
    positional,
    some_tables,
    split_tables,
)
from leaktrace.intake.documents.streams import characters
from leaktrace.intake.documents.textbody import text_table
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material

_BEFORE = r"(?:\s|\ufeff|<!--(?:[^-]|-(?!->))*+-->|<\?xml[^>]*>)*+"
_SURE = re.compile(rf"{_BEFORE}<(?:!doctype\s+html|(?:html|head|meta|body|table)\b)", re.IGNORECASE)
_LIKELY = re.compile(
    rf"{_BEFORE}<(?:thead|tbody|tr|style|title|div|center|script|link|base|h[1-6]|p|font|ul|ol)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"<(?:html|body|table)\b|</(?:ul|ol)>", re.IGNORECASE)


def matches(sample: str) -> bool:
    """Whether a text that begins with ``sample`` is a page, or a table cut out of one."""
    if _SURE.match(sample):
        return True
    return _LIKELY.match(sample) is not None and _MARKS.search(sample) is not None


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The tables of a page, then the lines of text outside of them."""

    def events() -> Iterator[Event]:
        target = HtmlTarget()
        return fed(_parser(target), target, characters(material, encoding))

    warnings: list[Warning] = []
    return Document("html", tables_of(material, events, warnings), {}, warnings)


def tables_of(
    material: Material, events: Callable[[], Iterator[Event]], warnings: list[Warning]
) -> Iterator[DocumentTable]:
    """The tables of a page or of a printed document, then its lines of text.

    Where there are tables, lines without identifiers are left out: they are menus and titles.
    """
    found = False

    def make(name: Name, rows: Iterable[Cells]) -> DocumentTable:
        nonlocal found
        if name is None or not name.endswith(LINES):
            found = True
            return plain_table(name, rows)
        if found:
            return plain_table(name, filter(_has_identifier, rows))
        return text_table(material, name, (" ".join(positional(row)) for row in rows))

    return some_tables(material, split_tables(events, make, last=LINES), warnings)


def _has_identifier(row: Cells) -> bool:
    return any(recognise_cell(text) for text in positional(row))


def _parser(target: HtmlTarget) -> Any:
    from lxml import etree

    # Deeply nested pages are no danger here: no tree is built.
    return etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
