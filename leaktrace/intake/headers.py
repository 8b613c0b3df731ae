"""What the header of a column says it holds: Simplified, Traditional, English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files


@cache
def _words() -> dict[str, list[str]]:
    """The words of each kind, as they are compared, in order."""
    text = (files("leaktrace.intake") / "headers.txt").read_text(encoding="utf-8")
    words: dict[str, list[str]] = {}
    kind = ""
    for line in text.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            words.setdefault(kind, []).extend(map(normal, line.split()))
    return words


@cache
def _kinds() -> dict[str, str]:
    words = _words()
    return {word: kind for kind in reversed(list(words)) for word in words[kind]}


def normal(header: str) -> str:
    """A header as it is compared: half-width, lower case, without blanks and marks."""
    text = unicodedata.normalize("NFKC", header).casefold()
    text = re.sub(r"[(\[【].*?[)\]】]", "", text)
    return re.sub(r"[\s_\-.:*#/\\'\"=﻿]+", "", text)


def header_kind(header: str) -> str | None:
    """The kind that ``header`` names (``"other"`` for what is no identifier), or None.

    >>> header_kind("手机号码（必填）"), header_kind("E-mail"), header_kind("张三")
    ('mobile', 'email', None)
    """
    return _kinds().get(normal(header)) if len(header) <= 60 else None


def is_header_word(cell: str) -> bool:
    """Whether a cell is a word that stands in headers."""
    return header_kind(cell) is not None


def date_rank(header: str) -> int:
    """How surely ``header`` names the time of registration: lower is surer."""
    words = _words()["registered_at"]
    return words.index(normal(header)) if normal(header) in words else len(words)
