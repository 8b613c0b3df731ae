"""One line from bytes to text, also where a file was pasted together from two encodings."""

from __future__ import annotations

REFUSALS = ("", "encoding", "nul")
"""Why a record is refused: bytes that are no text; NUL bytes, which damaged disks leave."""

ENCODING, NUL = 1, 2
OTHER_ENCODING, OTHER_DELIMITER = 3, 4
"""What was mended in a record, in place of a refusal."""

FURTHER = 5
"""The record is one more person of the row before, and no row of its own."""

CODES = 6

_ROOM = bytes(16)
_MARK = b"\xef\xbb\xbf"
_WINDOW, _WINDOWS = 1 << 13, 8


def other_of(encoding: str) -> str:
    """The encoding that strays among lines in ``encoding``; empty where none is looked for."""
    return {"utf-8": "gb18030", "gb18030": "utf-8", "big5hkscs": "utf-8"}.get(encoding, "")


def decoded(line: bytes, encoding: str, other: str = "", *, mixed: bool = False) -> tuple[str, int]:
    """The text of a line without its end, and what was wrong with it (0, or a code from above).

    Parameters
    ----------
    other : str
        Tried where ``encoding`` fails.
    mixed : bool
        The file is known to hold lines in ``other``, UTF-8, which ``encoding`` may decode too: GBK
        takes nearly any bytes. A line that is good UTF-8 is UTF-8 then.
    """
    if line.endswith(b"\r"):
        line = line[:-1]
    if line.endswith(_ROOM):
        # Room at the file's end that was set aside and never written to: nothing was lost.
        line = line.rstrip(b"\0")
    if mixed and is_good_utf8(line):
        # The mark before the second text is no part of it.
        return line.removeprefix(_MARK).decode("utf-8"), OTHER_ENCODING
    try:
        return line.decode(encoding), NUL if b"\0" in line else 0
    except UnicodeDecodeError:
        text = _by_other(line, other)
        if text is not None:
            return text, OTHER_ENCODING
        return line.decode(encoding, errors="replace"), ENCODING


def holds_utf8(piece: bytes) -> bool:
    """Whether lines of UTF-8 stand in a piece of another text; looked for in windows all over it,
    since one text ends where the next one begins."""
    if piece.isascii():
        return False
    step = max(_WINDOW, len(piece) // _WINDOWS)
    places = [*range(0, len(piece), step), max(0, len(piece) - _WINDOW)]
    windows = (piece[place : place + _WINDOW] for place in places)
    return any(is_good_utf8(line) for window in windows for line in window.split(b"\n"))


def is_good_utf8(line: bytes) -> bool:
    """Whether a line is UTF-8 with Chinese in it, and cannot be so by chance.

    Notes
    -----
    GBK text that is UTF-8 too needs lead bytes E4 to E9 (rare characters) at every third byte.
    """
    if line.isascii():
        return False
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    beyond = [c for c in text if c > "\x7f"]
    return len(beyond) > 1 and all("\u2e80" <= c <= "\uffef" for c in beyond)


def _by_other(line: bytes, other: str) -> str | None:
    """``line`` in the other encoding, None where it is not plausible in it."""
    if not other or b"\0" in line:
        return None
    try:
        text = line.decode(other)
    except UnicodeDecodeError:
        return None
    beyond = [c for c in text if c > "\x7f"]
    usual = sum(_is_usual(c) for c in beyond)
    return text if usual * 5 >= len(beyond) * 4 else None


def _is_usual(character: str) -> bool:
    """Whether texts in simplified Chinese are made of such characters."""
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return not 0xA4 <= lead <= 0xAF
