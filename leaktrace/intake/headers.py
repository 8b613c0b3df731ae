"""What the header of a column says it holds: Simplified, Traditional, pinyin, English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_LONGEST = 60
# What counts people of one row (电话2, name_1), or says that a field must be filled in.
_VAGUE = frozenset({"时间", "日期", "date", "time", "datetime", "timestamp", "录入", "created"})
_TAIL = re.compile(r"(?:[0-9]{1,2}|[一二三四甲乙]|\((?:必填|选填)\))$")


@cache
def _words() -> dict[str, list[str]]:
    """The words of each kind as they are compared, in order; ``"who"``: whose it is."""
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
    return {word: kind for kind in reversed(list(words)) for word in words[kind] if kind != "who"}


@cache
def _whose() -> tuple[str, ...]:
    """Longest first."""
    return tuple(sorted(_words()["who"], key=lambda word: (-len(word), word)))


def normal(header: str) -> str:
    """A header as it is compared: half-width, lower case, simplified, without blanks and marks."""
    text = unicodedata.normalize("NFKC", header).casefold()
    text = re.sub(r"[(\[【<].*?[)\]】>]", "", text)
    text = re.sub(r"[\s_\-.:*#/\\'\"=`|、，,\u200b\ufeff]+", "", text)
    return text if text.isascii() else _simplified(text)


def _simplified(text: str) -> str:
    from leaktrace.identifiers.names import simplified

    return simplified(text)


@cache
def typed_words() -> tuple[str, ...]:
    """Every word as it stands in the file of words, those of [who] aside."""
    return tuple(sorted(_kinds()))


@lru_cache(maxsize=1 << 14)
def header_kind(header: str) -> str | None:
    """The kind that ``header`` names (``"other"`` and ``"serial"`` for no identifier), or None.

    A word may stand behind whose it is (购房人电话, custMobile) and before a number (姓名2).

    >>> header_kind("手机号码（必填）"), header_kind("cust_mobile"), header_kind("張三")
    ('mobile', 'mobile', None)
    """
    if len(header) > _LONGEST:
        return None
    return _kind_of(normal(header))


def _kind_of(word: str) -> str | None:
    kinds = _kinds()
    bare = _TAIL.sub("", word)
    for form in (word, bare):
        if form in kinds:
            return kinds[form]
    for form in (word, bare):
        for whose in _whose():
            rest = form.removeprefix(whose)
            if rest != form and rest in kinds and rest not in _VAGUE:
                return kinds[rest]
    return None


def is_header_word(cell: str) -> bool:
    """Whether a cell is a word that stands in headers."""
    return header_kind(cell) is not None


def without_number(header: str) -> str:
    """``header`` as it is compared, without the number that counts people of one row."""
    return _TAIL.sub("", normal(header))


def date_rank(header: str) -> int:
    """How surely ``header`` names the time of registration: lower is surer."""
    words = _words()["registered_at"]
    return words.index(normal(header)) if normal(header) in words else len(words)
