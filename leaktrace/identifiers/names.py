"""Names of people: one spelling for each, and what looks like one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from leaktrace.identifiers.text import clean

# OpenCC makes 周乾 into 周干 and 王著 into 王着; in names the left ones stand for themselves.
_KEPT = frozenset("乾著藉瞭昇彷祂於甦闆麽麼")
_TITLES = "先生|女士|男士|小姐|太太|老师|同志|本人|经理|老板|师傅|主任|医生|律师|阿姨"
_TITLE = re.compile(rf"(?:{_TITLES})$")
# What stands in place of a given name, after a surname or before it: 李总, 张姐, 老王.
_AFTER, _BEFORE = "总董工哥姐叔姨嫂", "老小阿"
_SHORTENED = f"^[{_BEFORE}]..?$|[{_AFTER}]$"
_DROPPED = re.compile(r"[\s.·•・‧∙⋅。,，'\":;、]+")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_CHINESE = re.compile(rf"[{_HAN}]{{2,4}}")
_DOTTED = re.compile(rf"[{_HAN}]{{2,8}}[·•・‧∙⋅.][{_HAN}]{{2,8}}")
_LATIN = re.compile(r"[A-Z][A-Za-z'\-]{0,19}(?:[ .]{1,2}[A-Z][A-Za-z'\-]{0,19}){1,3}\.?")
_NO_NAME = re.compile(
    r".*(?:[省市区县镇乡村路街巷弄号楼栋幢室层店厂院园城苑府庄寺桥站港湾港岛行社部局处科组队]|公司|集团|中心|小区|花园|广场|大厦)"
)


def normalise_name(text: str) -> str:
    """One spelling: NFKC, no spaces, dots and titles, simplified characters, capitals.

    A surname alone, titled or not (王先生, 李总), is nobody's name: the result is empty.
    Normalising twice is normalising once.
    """
    name = _DROPPED.sub("", unicodedata.normalize("NFKC", clean(text))).upper()
    name = _DROPPED.sub("", unicodedata.normalize("NFKC", name.translate(_simplified())))
    titled = False
    while _TITLE.search(name):
        name, titled = _TITLE.sub("", name), True
    return "" if _is_surname(name, titled) else name


def _is_surname(name: str, titled: bool) -> bool:
    """Whether no given name is left in ``name``, which had a title where ``titled``."""
    singles, doubles = _surnames()
    if len(name) < 2 or (titled and name in doubles):
        return True
    return (name[-1] in _AFTER and (name[:-1] in singles or name[:-1] in doubles)) or (
        name[0] in _BEFORE and (name[1:] in singles or name[1:] in doubles)
    )


@cache
def _simplified() -> dict[int, str]:
    """Character by character, since phrases would make the result depend on the neighbours."""
    from opencc import OpenCC

    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    converter = OpenCC("t2s")
    converted = converter.convert("\n".join(characters)).split("\n")
    twice = converter.convert("\n".join(converted)).split("\n")
    return {
        ord(old): new
        for old, new in zip(characters, twice, strict=True)
        if old != new and len(new) == 1 and old not in _KEPT
    }


def simplified(text: str) -> str:
    """``text`` with each traditional character made simplified by itself."""
    return text.translate(_simplified())


@cache
def _unchanged() -> str:
    """A pattern of RE2 for names that are in normal form already."""
    changed = set(_simplified())
    codes = [
        code
        for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))
        if code not in changed and unicodedata.normalize("NFKC", chr(code)) == chr(code)
    ]
    return f"^[{_ranges(codes)}]{{2,}}$"


def _ranges(codes: list[int]) -> str:
    parts: list[list[int]] = []
    for code in codes:
        if parts and parts[-1][1] == code - 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in parts)


def normalise_names(names: Any) -> Any:
    """:func:`normalise_name` over a ``pyarrow.StringArray``; empty names become null.

    Names in normal form already (nearly all) are found in bulk, the others once each.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(names, pa.ChunkedArray):
        names = names.combine_chunks()
    names = names.cast(pa.string())
    plain = pc.and_(
        pc.match_substring_regex(names, _unchanged()),
        pc.invert(pc.match_substring_regex(names, f"(?:{_TITLES})$|{_SHORTENED}")),
    )
    odd = names.filter(pc.invert(plain))
    if len(odd):
        encoded = odd.dictionary_encode()
        spelled = [normalise_name(text) or None for text in encoded.dictionary.to_pylist()]
        changed = pa.array(spelled, pa.string()).take(encoded.indices)
        mask = pc.invert(plain)
        names = pc.replace_with_mask(
            names, pc.fill_null(mask, False), changed.filter(odd.is_valid())
        )
    return names


def _lines(name: str) -> list[str]:
    text = (files("leaktrace.identifiers") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    lines = _lines("surnames.txt")
    doubles = frozenset(word for line in lines if " " in line for word in line.split())
    singles = frozenset(letter for line in lines if " " not in line for letter in line)
    return singles, doubles


@cache
def _no_names() -> frozenset[str]:
    return frozenset(word for line in _lines("no_names.txt") for word in line.split())


def looks_like_name(text: str) -> bool:
    """Whether ``text`` is written as a person's name is: Chinese by surname, others loosely."""
    written = clean(text).strip(" \"':;,、")
    if len(written) > 60:
        return False
    if _DOTTED.fullmatch(written) or _LATIN.fullmatch(written):
        return True
    name = normalise_name(written)
    if not _CHINESE.fullmatch(name) or name in _no_names():
        return False
    singles, doubles = _surnames()
    if name[:2] in doubles and len(name) > 2:
        return True
    if name[0] not in singles or (len(name) > 3 and name[1] not in singles):
        return False
    return not (len(name) > 2 and _NO_NAME.fullmatch(name))


def name_share(names: Any) -> float:
    """The share of the filled cells of a ``pyarrow.StringArray`` that look like names, 0 to 1."""
    return _share(names, looks_like_name)


def surname_share(names: Any) -> float:
    """The share of its filled cells that hold no more of a name than a surname (王先生, 李总)."""
    return _share(names, lambda text: bool(text.strip()) and not normalise_name(text))


def _share(names: Any, good: Callable[[str], bool]) -> float:
    import pyarrow.compute as pc

    counts = pc.value_counts(names.drop_null())
    pairs = zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)
    cells = [(text, number) for text, number in pairs if text.strip()]
    filled = sum(number for _text, number in cells)
    return sum(n for text, n in cells if good(text)) / filled if filled else 0.0
