"""Which encoding a text is in: BOM, NUL pattern, strict UTF-8, then GB18030 against Big5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from leaktrace.intake.linecodes import is_good_utf8
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import refused
from leaktrace.intake.signatures import HEAD, utf16_by_pattern
from leaktrace.messages import _

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_STEP = 1 << 20
# Chinese characters enough to tell GB18030 from Big5; more change nothing.
_SAMPLE = 1 << 17
_PLAUSIBLE, _DECODED = 0.85, 0.95
# Drawn tables; in Big5 the same bytes are characters, of which no text has six alike in a row.
_LINES = ("─" * 6, "━" * 6, "═" * 6)


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """An encoding by Python's name, and the length of the mark before the text.

    ``why`` is what told it: ``"mark"``, ``"pattern"`` (of zero bytes), ``"ascii"``, ``"utf-8"``,
    ``"gb18030"``, ``"big5"``.
    """

    name: str
    mark: int = 0
    why: str = ""


def encoding_of(material: Material, file: BinaryIO, head: bytes) -> TextEncoding:
    """The encoding of the text ``file``, whose first bytes are ``head``.

    Raises
    ------
    InputRefused
        ``"encoding"``, where no encoding that is known gives a readable text.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return TextEncoding(name, len(mark), "mark")
    pattern = utf16_by_pattern(head[:HEAD])
    if pattern:
        return TextEncoding(pattern, why="pattern")
    sample = _first_beyond_ascii(file)
    if not sample:
        return TextEncoding("utf-8", why="ascii")
    universal, national = _share_decoded(sample, "utf-8"), _share_decoded(sample, "gb18030")
    if universal > 0.9 or (universal > 0.5 and universal >= national):
        return TextEncoding("utf-8", why="utf-8")
    if _is_joined(sample):
        return TextEncoding("gb18030", why="gb18030")
    chinese, traditional = plausible_gb18030(sample), plausible_big5(sample)
    if chinese < 0.85 and traditional > max(chinese, 0.85):
        return TextEncoding("big5hkscs", why="big5")
    if chinese >= 0.5 and national >= 0.8:
        return TextEncoding("gb18030", why="gb18030")
    message = _(
        "{file} is in no encoding that is known; open it where it reads well and save it as "
        "UTF-8 text (in Excel: CSV UTF-8)."
    )
    raise refused(material, "encoding", message)


def _first_beyond_ascii(file: BinaryIO) -> bytes:
    """The text from the line of the first byte above 127 on; empty where all of it is ASCII."""
    file.seek(0)
    before = b""
    while piece := file.read(_STEP):
        if not piece.isascii():
            place = int(np.argmax(np.frombuffer(piece, dtype=np.uint8) > 127))
            start = piece.rfind(b"\n", 0, place) + 1
            sample = piece[start : start + _SAMPLE]
            if start == 0:
                sample = before[before.rfind(b"\n") + 1 :][-1000:] + sample
            return sample + file.read(max(0, _SAMPLE - len(sample)))
        before = piece
    return b""


def _is_joined(sample: bytes) -> bool:
    """Whether a text was put together from one in UTF-8 and one in GB18030, line by line."""
    lines = [line for line in sample.split(b"\n")[:-1] if not line.isascii()]
    rest = [line for line in lines if not is_good_utf8(line)]
    if not rest or len(rest) == len(lines):
        return False
    plausible = plausible_gb18030(b"\n".join(rest)) >= _PLAUSIBLE
    return plausible and share_of_lines(rest, "gb18030") > _DECODED


def _share_decoded(sample: bytes, encoding: str) -> float:
    """The share of the lines beyond ASCII that ``encoding`` decodes."""
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    if len(lines) > 1:
        lines.pop()  # it may be cut inside a character
    elif lines and len(sample) >= _SAMPLE:
        lines = [_whole_characters(lines[0], encoding)]
    return share_of_lines(lines, encoding)


def share_of_lines(lines: Sequence[bytes], encoding: str) -> float:
    """The share of ``lines`` that ``encoding`` decodes; 0 where there is none."""
    good = 0
    for line in lines:
        try:
            line.decode(encoding)
        except UnicodeDecodeError:
            continue
        good += 1
    return good / len(lines) if lines else 0.0


def _whole_characters(line: bytes, encoding: str) -> bytes:
    for cut in range(4):
        try:
            line[: len(line) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return line[: len(line) - cut]
    return line


def plausible_gb18030(sample: bytes) -> float:
    """The share of the characters beyond ASCII that simplified Chinese texts are made of."""
    text = sample.decode("gb18030", errors="replace")
    drawn = any(line in text for line in _LINES)
    beyond = [c for c in text if ord(c) > 127 and not (drawn and "\u2500" <= c <= "\u257f")]
    return sum(map(_worth, beyond)) / (2 * len(beyond)) if beyond else 0.0


def plausible_big5(sample: bytes) -> float:
    """The same for Big5, whose frequent characters have lead bytes A1-C6."""
    text = sample.decode("big5hkscs", errors="replace")
    beyond = [c for c in text if ord(c) > 127]
    frequent = sum(_in_frequent_big5(c) for c in beyond)
    return frequent / len(beyond) if beyond else 0.0


def _in_frequent_big5(character: str) -> bool:
    try:
        return 0xA1 <= character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def _worth(character: str) -> int:
    """How much a character speaks for simplified Chinese, 0 to 2."""
    try:
        # Python's GB2312 knows neither the dash nor the point that Chinese texts are full of.
        lead, trail = character.encode("gbk")
    except ValueError:
        lead = trail = 0
    if lead > 0xF7 or trail < 0xA1:
        # Rarer Chinese characters (traditional ones too) say little, neither for nor against.
        return 1 if "\u4e00" <= character <= "\u9fff" else 0
    # Rows A4 to A9 hold kana, Greek and Cyrillic: what other encodings turn into.
    return 0 if 0xA4 <= lead <= 0xAF else 2
