"""How the program that wrote a delimited text ends lines and quotes cells."""

from __future__ import annotations

import re
from typing import Any

_CELL = 1 << 18
_QUOTED_DIGITS = re.compile(rb'(?:^|[,\t;|\n])"=?[0-9+]{1,20}"', re.MULTILINE)


def text_style(piece: bytes, delimiter: str) -> dict[str, Any]:
    """Facts about the beginning of a text, JSON-able.

    Parameters
    ----------
    piece : bytes
        Whole lines, in an encoding in which line ends and quotes are ASCII.
    delimiter : str

    Returns
    -------
    dict
        ``line_end`` (``"crlf"``, ``"lf"``, ``"cr"``, ``"mixed"``) and ``quoting``: ``"none"``,
        ``"all"`` (every cell of most lines), ``"numbers"`` (cells that hold only digits too),
        ``"needed"`` (no digits in quotes).
    """
    piece = piece[:_CELL]
    return {"line_end": _line_end(piece), "quoting": _quoting(piece, delimiter)}


def _line_end(piece: bytes) -> str:
    both, feeds, returns = piece.count(b"\r\n"), piece.count(b"\n"), piece.count(b"\r")
    kinds = [
        name
        for name, number in (("crlf", both), ("lf", feeds - both), ("cr", returns - both))
        if number
    ]
    return kinds[0] if len(kinds) == 1 else "mixed" if kinds else ""


def _quoting(piece: bytes, delimiter: str) -> str:
    if delimiter not in (",", "\t", ";", "|") or b'"' not in piece:
        return "none"
    lines = [line for line in piece.split(b"\n")[:200] if line.strip()]
    mark = b'"' + delimiter.encode() + b'"'
    whole = sum(_all_quoted(line.rstrip(b"\r"), mark, delimiter.encode()) for line in lines)
    if whole * 10 >= len(lines) * 9:
        return "all"
    return "numbers" if _QUOTED_DIGITS.search(piece) else "needed"


def _all_quoted(line: bytes, mark: bytes, delimiter: bytes) -> bool:
    if not (len(line) > 1 and line.startswith(b'"') and line.endswith(b'"')):
        return False
    # A delimiter inside of a cell is not told apart here: one line in ten may have some.
    return line.count(mark) == line.count(delimiter)
