"""Contacts as phones export them: vCard 2.1, 3.0 and 4.0."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.splitting import Field, Keyed, keyed_table, some_tables
from leaktrace.intake.documents.streams import characters, cut_off, lines_of
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material

_BEGIN = re.compile(r"\s*BEGIN:VCARD\s*$", re.IGNORECASE)
_MATCH = re.compile(r"\s*BEGIN:VCARD[ \t]*\n", re.IGNORECASE)
# Pictures, sounds and keys.
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "THUMBNAIL"})
_FORMAL = frozenset({"BEGIN", "END", "VERSION", "PRODID", "REV", "UID"})
_URI = re.compile(r"(?:tel|mailto|sms|xmpp|im):", re.IGNORECASE)
_CHARSETS = ("utf-8", "gb18030")
_PARTS_OF_NAME: frozenset[Field] = frozenset({("N", 0), ("N", 1)})
_BLANK_OR_B = ("B", "b", " ", "\t")
_MOST_LINES = 20_000


def matches(sample: str) -> bool:
    """Whether a text that begins with ``sample`` is made of vCards."""
    return _MATCH.match(sample.lstrip("\ufeff").replace("\r", "\n")) is not None


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The cards of ``material``, one record each; what stands between them is left out."""
    warnings: list[Warning] = []
    cards = _cards(_unfolded(lines_of(characters(material, encoding))), warnings)
    return Document("vcard", some_tables(material, _tables(cards), warnings), {}, warnings)


def _tables(cards: Iterator[Keyed]) -> Iterator[DocumentTable]:
    yield keyed_table(None, cards)


def _unfolded(lines: Iterator[str]) -> Iterator[str]:
    """Logical lines: those that are continued put together."""
    held, soft, parts = "", False, 0
    for line in lines:
        if held and parts < _MOST_LINES and (soft or line[:1] in (" ", "\t")):
            held = held[:-1] + line.lstrip(" \t") if soft else held + line[1:]
            parts += 1
        else:
            if held:
                yield held
            held, parts = line, 0
        soft = held.endswith("=") and "QUOTED-PRINTABLE" in held.partition(":")[0].upper()
    if held:
        yield held


def _cards(lines: Iterator[str], warnings: list[Warning]) -> Iterator[Keyed]:
    card: dict[Field, str] | None = None
    for line in lines:
        if line[:1] in _BLANK_OR_B and _BEGIN.match(line):
            if card:
                cut_off(warnings)
                yield _named(card)
            card = {}
        elif card is not None and line.strip().upper() == "END:VCARD":
            yield _named(card)
            card = None
        elif card is not None:
            _add(card, line)
    if card is not None:
        cut_off(warnings)
        if card:
            yield _named(card)


def _add(card: dict[Field, str], line: str) -> None:
    head, colon, value = _divided(line)
    if not colon:
        return
    name, *said = head.split(";")
    name = name.rpartition(".")[2].strip().upper()
    if name in _BINARY or name in _FORMAL or not name:
        return
    text = _text(name, value, [s.upper() for s in said])
    if not text:
        return
    number = 0
    while (name, number) in card:
        number += 1
    card[name, number] = text


def _divided(line: str) -> tuple[str, str, str]:
    """A line at its first colon that stands in no quotes."""
    if '"' not in line:
        return line.partition(":")
    place, quoted = 0, False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _text(name: str, value: str, said: list[str]) -> str:
    if any("QUOTED-PRINTABLE" in s for s in said):
        charset = next((s.partition("=")[2] for s in said if s.startswith("CHARSET=")), "")
        value = _decoded(binascii.a2b_qp(value.encode("utf-8", "replace")), charset)
    elif any(s in ("BASE64", "ENCODING=B", "ENCODING=BASE64") for s in said):
        return ""
    if name == "N":
        # Family name, given name, further names, before and after: Chinese is written so.
        parts = _parts(value)
        return "".join(parts[:3]) if not "".join(parts).isascii() else " ".join(filter(None, parts))
    if name in ("ADR", "ORG", "LABEL"):
        return " ".join(filter(None, _parts(value)))
    uri = _URI.match(value)
    if uri:
        return value[uri.end() :].partition(";")[0].strip()
    return _plain(value)


def _decoded(data: bytes, charset: str) -> str:
    for name in (charset, *_CHARSETS):
        try:
            return data.decode("gb18030" if name.startswith("GB") else name)
        except (LookupError, ValueError):
            continue
    return data.decode(errors="replace")


def _parts(value: str) -> list[str]:
    parts = re.split(r"(?<!\\);", value) if "\\" in value else value.split(";")
    return [_plain(part) for part in parts]


def _plain(value: str) -> str:
    if "\\" not in value:
        return value.strip()
    text = re.sub(r"\\([nN;,:\\])", lambda m: "\n" if m[1] in "nN" else m[1], value)
    return text.strip()


def _named(card: dict[Field, str]) -> Keyed:
    """The card with its name once: N says in parts what FN says as a whole."""
    if ("FN", 0) in card:
        return {key: text for key, text in card.items() if key not in _PARTS_OF_NAME}
    return card
