"""What all forms of text have in common: characters in pieces, lines, records."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO

from leaktrace.intake.blocks import Warning
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material
from leaktrace.intake.records import LONGEST_CELL, REFUSALS, Record
from leaktrace.intake.refusals import opening
from leaktrace.messages import _

DAMAGED = "\ufdd0"
"""Stands for bytes that are no text: a character that Unicode keeps for such inner uses."""

_STEP = 1 << 18
_ENCODING, _NUL = REFUSALS.index("encoding"), REFUSALS.index("nul")


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return DAMAGED, error.end


codecs.register_error("leaktrace.damaged", _marked)


def characters(material: Material, encoding: TextEncoding, step: int = _STEP) -> Iterator[str]:
    """The text of ``material`` in pieces, line ends as ``\\n``, bad bytes as :data:`DAMAGED`.

    ``step`` is the number of bytes that are read at a time.
    """
    with opening(material) as file:
        file.seek(encoding.mark)
        yield from decoded(file, encoding.name, step)


def decoded(file: IO[bytes], encoding: str, step: int = _STEP) -> Iterator[str]:
    """The rest of ``file`` as text in pieces, as :func:`characters` gives it."""
    decoder = codecs.getincrementaldecoder(encoding)("leaktrace.damaged")
    held = ""
    while data := file.read(step):
        text = held + decoder.decode(data)
        held = "\r" if text.endswith("\r") else ""
        yield _with_line_ends(text[: len(text) - len(held)])
    yield _with_line_ends(held + decoder.decode(b"", final=True))


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def lines_of(pieces: Iterator[str]) -> Iterator[str]:
    """The lines of a text without their ends; one that never ends comes in parts."""
    held = ""
    for piece in pieces:
        lines = (held + piece).split("\n")
        held = lines.pop()
        yield from lines
        if len(held) > LONGEST_CELL:
            yield held
            held = ""
    if held:
        yield held


def record_of(cells: list[str]) -> Record:
    """A record of these cells, refused where bytes in it are no text."""
    text = "".join(cells)
    refusal = 0
    if "\0" in text:
        refusal = _NUL
    if not text.isascii() and DAMAGED in text:
        refusal = _ENCODING
        cells = [cell.replace(DAMAGED, "\ufffd") for cell in cells]
    return Record(cells, refusal)


def whole(text: str) -> str:
    """``text`` with pairs of surrogates joined, and single ones replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def warn(warnings: list[Warning], code: str, text: str, place: str = "") -> None:
    """Add a warning, once."""
    warning = Warning(code, text, place)
    if warning not in warnings:
        warnings.append(warning)


def cut_off(warnings: list[Warning]) -> None:
    """Warn that the document ends in the middle."""
    text = _("the document is cut off: what stands before the cut was read; look for a whole copy.")
    warn(warnings, "truncated", text)


def damaged(warnings: list[Warning]) -> None:
    """Warn that parts of the document do not follow its form."""
    text = _(
        "the document is damaged: parts of it were read as plain text or left out; look for a "
        "sound copy."
    )
    warn(warnings, "damaged", text)
