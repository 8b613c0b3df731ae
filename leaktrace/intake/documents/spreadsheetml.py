"""XML: workbooks of Excel 2003, flat ODS, and records in elements of any name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from leaktrace.intake.blocks import Warning
from leaktrace.intake.bombs import too_big, unsafe
from leaktrace.intake.documents.document import Document
from leaktrace.intake.documents.making import made_of
from leaktrace.intake.documents.markup import Target, fed, has_entities, note_errors, xml_parser
from leaktrace.intake.documents.sheettargets import ExcelTarget, FlatOdsTarget, Swollen
from leaktrace.intake.documents.splitting import (
    Event,
    keyed_table,
    plain_table,
    some_tables,
    split_tables,
)
from leaktrace.intake.documents.streams import characters
from leaktrace.intake.documents.xmltarget import PathCounter, XmlTarget
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material

_BEFORE = r"(?:\s|\ufeff|<!--(?:[^-]|-(?!->))*+-->|<\?[^>]*>)*+"
_DECLARED = re.compile(r"[\s\ufeff]*<\?xml\s", re.IGNORECASE)
_ROOT = re.compile(
    rf"{_BEFORE}(?:<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>\s*)?<(?P<root>[A-Za-z_][\w:.\-]*)", re.S
)
_SECOND = re.compile(r"[^<]*>\s*<(?P<tag>[A-Za-z_][\w:.\-]*)")
_KNOWN = frozenset({"workbook", "ss:workbook", "office:document", "smses", "calls", "plist"})
_HEAD = 1 << 16
_SCANNED = 4 << 20


def matches(sample: str) -> bool:
    """Whether a text that begins with ``sample`` is XML."""
    root = _ROOT.match(sample)
    if root is None:
        return _DECLARED.match(sample) is not None
    if _DECLARED.match(sample) or root["root"].lower() in _KNOWN:
        return True
    second = _SECOND.match(sample, root.end())
    if second is None:
        return False
    return sample.count(f"<{second['tag']}") > 1 and f"</{second['tag']}>" in sample


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The sheets of a workbook in XML, or the records of any other XML.

    Raises
    ------
    InputRefused
        ``"unsafe"``, where it declares entities.
    """
    warnings: list[Warning] = []
    head = "".join(_limited(characters(material, encoding), _HEAD))
    if has_entities(head):
        raise unsafe(material)
    root = _ROOT.match(head)
    name = root["root"].lower() if root else ""
    targets: Callable[[], Target]
    make = plain_table
    if name.rpartition(":")[2] == "workbook":
        form, targets = "excel-xml", ExcelTarget
    elif name == "office:document":
        form, targets = "flat-ods", FlatOdsTarget
    else:
        form, make = "xml", keyed_table
        records = _record_paths(material, encoding)

        def targets() -> Target:
            return XmlTarget(records)

    def events() -> Iterator[Event]:
        try:
            yield from _events(targets(), characters(material, encoding), warnings)
        except Swollen:
            raise too_big(material) from None

    facts = {} if form == "xml" else {"made": made_of(head)}
    return Document(
        form, some_tables(material, split_tables(events, make), warnings), facts, warnings
    )


def _limited(pieces: Iterable[str], size: int) -> Iterator[str]:
    for piece in pieces:
        yield piece[:size]
        size -= len(piece)
        if size <= 0:
            return


def _record_paths(material: Material, encoding: TextEncoding) -> frozenset[tuple[str, ...]]:
    """The ways to the elements that are repeated: one for each record."""
    counter = PathCounter()
    for _event in _events(counter, _limited(characters(material, encoding), _SCANNED), []):
        pass
    return counter.records()


def _events(target: Target, pieces: Iterator[str], warnings: list[Warning]) -> Iterator[Event]:
    parser = xml_parser(target)
    yield from fed(parser, target, pieces)
    note_errors(parser, warnings)
