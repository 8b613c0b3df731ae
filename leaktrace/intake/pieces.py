"""A text file in pieces of whole lines, as UTF-8 or in its own ASCII-compatible encoding.

Memory does not grow with the file. Where a piece is cut does not depend on how it is read later.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening, refused
from leaktrace.messages import _

PIECE = 4 << 20
"""Between 2 and 8 MB a piece is read fastest: what is made of it stays near the processor."""

LONGEST_LINE = 16 << 20
"""No line of a list is as long; a file with one is no list, or was joined by a broken export."""

_ERRORS = "leaktrace-mark"


def _mark(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "\udcff" * max(1, (error.end - error.start) // 2), error.end


codecs.register_error(_ERRORS, _mark)


def transcoded(encoding: str) -> str:
    """The encoding that pieces of a text in ``encoding`` are in."""
    return "utf-8" if encoding.startswith("utf-") else encoding


def pieces_of(material: Material, encoding: TextEncoding, size: int = PIECE) -> Iterator[bytes]:
    """The bytes of ``material`` in pieces of about ``size`` bytes, each ending with a line.

    UTF-16 and UTF-32 become UTF-8, in which what could not be decoded is the byte FF. Where a
    quote is open at the end of a piece, the piece ends before the line of the last quote.

    Raises
    ------
    InputRefused
        ``"too-big"`` where a line is longer than :data:`LONGEST_LINE`.
    """
    with opening(material) as file:
        file.seek(encoding.mark)
        rest = b""
        end: bytes | None = None
        for fresh in _fresh(file, encoding, size):
            if end is None:
                end = _line_end(fresh)
            if end == b"\r":
                fresh = fresh.replace(b"\r", b"\n")
            whole = fresh.rfind(b"\n") + 1
            if len(fresh) >= size and _is_plain(rest, fresh, whole):
                # As below, with one copy less of every byte.
                yield b"".join((rest, memoryview(fresh)[:whole]))
                rest = fresh[whole:]
                continue
            rest += fresh
            _check_length(material, rest)
            cut = _cut(rest) if len(rest) >= size else 0
            if cut:
                yield rest[:cut]
                rest = rest[cut:]
        if rest:
            yield rest


def _is_plain(rest: bytes, fresh: bytes, whole: int) -> bool:
    """Whether a piece of ``rest`` and ``fresh`` ends at ``whole``, with no quote left open."""
    quotes = 0
    # Looking whether there is one takes a tenth of the time of counting them.
    if b'"' in rest or b'"' in fresh:
        quotes = rest.count(b'"') + fresh.count(b'"', 0, whole)
    return whole > 0 and len(rest) < LONGEST_LINE // 2 and quotes % 2 == 0


def _check_length(material: Material, text: bytes) -> None:
    """Refuse a text that begins with an overlong line; earlier pieces ended where a line did."""
    if len(text) > LONGEST_LINE and text.find(b"\n", 0, LONGEST_LINE) < 0:
        message = _("{file} has a line of more than 16 MB; export it again with one record a line.")
        raise refused(material, "too-big", message)


def _fresh(file: BinaryIO, encoding: TextEncoding, size: int) -> Iterator[bytes]:
    if transcoded(encoding.name) == encoding.name:
        while piece := file.read(size):
            yield piece
        return
    decoder = codecs.getincrementaldecoder(encoding.name)(_ERRORS)
    while piece := file.read(size):
        yield decoder.decode(piece).encode("utf-8", "surrogateescape")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogateescape")


def _line_end(text: bytes) -> bytes:
    """``\\r`` for the texts of old Macs, which have no ``\\n`` at all."""
    return b"\r" if b"\r" in text and b"\n" not in text else b"\n"


def _cut(text: bytes) -> int:
    """Where the last whole line of ``text`` ends, outside of quotes; 0 where none does."""
    whole = text.rfind(b"\n") + 1
    if text.count(b'"', 0, whole) % 2 == 0:
        return whole
    before = text.rfind(b"\n", 0, text.rfind(b'"', 0, whole)) + 1
    return before or whole
