"""Feeding HTML and XML to the parser in pieces, and the rows that come out on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol

from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.splitting import Event
from leaktrace.intake.documents.streams import cut_off, damaged

# Emoji as exporters of Android messages write them: two halves, each of which is no character.
_HALVES = re.compile(r"&#(5[5-7]\d{3});&#(5[5-7]\d{3});")
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2})|0*(?:[0-8]|1[124-9]|2\d|3[01]"
    r"|5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));",
    re.I,
)
_HARMLESS = frozenset(
    {"ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY", "NS_ERR_UNDEFINED_NAMESPACE"}
)
# A reference may be cut: so much is kept back for the next piece.
_TAIL = 24


class Target(Protocol):
    """What the parser calls; ``out`` are rows that are ready."""

    out: list[Event]


class Parser(Protocol):
    """A parser that is fed."""

    def feed(self, data: bytes) -> None:
        """The next piece."""

    def close(self) -> object:
        """The end."""


_ENTITIES = re.compile(r"<!ENTITY\s", re.IGNORECASE)


def has_entities(head: str) -> bool:
    """Whether XML that begins with ``head`` declares entities, which no list needs: they can swell
    it without end, or bring in other files."""
    return _ENTITIES.search(head) is not None


def xml_parser(target: Target) -> Any:
    """A parser of XML that goes on after errors and fetches nothing."""
    from lxml import etree

    return etree.XMLParser(
        target=target,
        encoding="utf-8",
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )


def note_errors(parser: Any, warnings: list[Warning]) -> None:
    """Warn of what the parser passed over, once it is at the end."""
    kinds = {error.type_name for error in parser.feed_error_log} - _HARMLESS
    if "ERR_TAG_NOT_FINISHED" in kinds:
        cut_off(warnings)
    elif kinds:
        damaged(warnings)


def fed(parser: Parser, target: Target, pieces: Iterator[str]) -> Iterator[Event]:
    """The rows that ``target`` makes of the text in ``pieces``."""
    for piece in _clean(pieces):
        parser.feed(piece)
        yield from target.out
        target.out.clear()
    parser.close()
    yield from target.out
    target.out.clear()


def _clean(pieces: Iterator[str]) -> Iterator[bytes]:
    """The text in UTF-8, without what parsers stop at."""
    held = ""
    for piece in pieces:
        text = held + piece
        cut = text.find("&", max(0, len(text) - _TAIL))
        cut = len(text) if cut < 0 else cut
        held = text[cut:]
        yield _sound(text[:cut])
    yield _sound(held)


def _sound(text: str) -> bytes:
    if "&#" in text:
        text = _HALVES.sub(_joined, text)
        text = _NO_REFERENCE.sub("\ufffd", text)
    return _NO_CHARACTER.sub(" ", text).encode("utf-8", "replace")


def _joined(match: re.Match[str]) -> str:
    high, low = int(match[1]), int(match[2])
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
    return match[0]
