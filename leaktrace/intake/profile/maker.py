"""Whether two lists look as if the same hand or program had made them: features, no conclusion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from leaktrace.intake.headers import header_kind
from leaktrace.intake.profile.profile import ListProfile, TableProfile

RARE, UNCOMMON, USUAL = "rare", "uncommon", "usual"

# Names that programs and fresh machines put in place of an author.
_NOBODY = {
    "", "admin", "administrator", "user", "users", "owner", "guest", "pc", "lenovo", "dell", "hp",
    "asus", "acer", "apple", "microsoft", "microsoft office user", "windows 用户", "windows user",
    "微软用户", "微软中国", "用户", "中国", "unknown", "openpyxl", "apache poi", "xlsxwriter",
    "wps", "python-docx", "phpexcel", "phpspreadsheet", "unknown creator", "sheetjs", "easyexcel",
}  # fmt: skip
_AUTHORS = ("author", "last_author", "company")
_PROGRAMS = ("application", "version", "producer")
_TIMES = ("created",)
_USUAL_WORDS = {
    "男", "女", "是", "否", "有", "无", "移动", "联通", "电信", "中国移动", "中国联通", "中国电信",
    "0", "1", "y", "n", "yes", "no", "true", "false", "-", "/",
}  # fmt: skip
_USUAL_ENCODINGS = {"utf-8", "gb18030"}
# Of so many names, even if each of them is common, the choice is somebody's own.
_SOME, _MANY = 4, 8


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of two lists.

    Attributes
    ----------
    code : str
        ``"columns"``, ``"column-set"``, ``"tags"``, ``"author"``, ``"created"``, ``"program"``,
        ``"encoding"``, ``"delimiter"``, ``"line-end"``, ``"quoting"``, ``"numbers"``,
        ``"dates"``, ``"order"``, ``"blanks"``.
    agrees : bool
        A table of one and a table of the other show the same.
    rarity : str
        ``"rare"``, ``"uncommon"`` or ``"usual"``: how telling agreement is, by what lists of
        strangers share. A judgement of kinds, not a measured frequency.
    shared : tuple of str
        What both show, of that rarity; a tag that looks like a name is left out.
    """

    code: str
    agrees: bool
    rarity: str
    shared: tuple[str, ...] = ()


def same_maker(a: ListProfile, b: ListProfile) -> list[Feature]:
    """What two lists agree and differ in, of that which tells of who made them.

    A feature that either list does not show is left out. Two lists from one program agree in much
    without coming from one hand, and one hand may use two programs.
    """
    found: list[Feature] = []
    for code, values, rarity in _FEATURES:
        if code == "column-set" and found and found[-1].agrees:
            continue
        ours, theirs = _all(a, values), _all(b, values)
        if ours and theirs:
            shared = sorted(ours & theirs)
            note = min((rarity(one) for one in shared), key=_RANK.index) if shared else USUAL
            hidden = {word for word in shared if word in _sealed(a) | _sealed(b)}
            telling = [one for one in shared if one not in hidden and rarity(one) == note]
            shown = tuple(" | ".join(one) for one in telling)
            found.append(Feature(code, bool(shared), note, shown))
    return found


Value = tuple[str, ...]
_RANK = (RARE, UNCOMMON, USUAL)


def _all(profile: ListProfile, values: Callable[[TableProfile], Iterable[Value]]) -> set[Value]:
    return {value for table in profile.tables for value in values(table)}


def _sealed(profile: ListProfile) -> set[Value]:
    return {
        (word,) for table in profile.tables for column in table.columns for word in column.sealed
    }


def _headers(table: TableProfile) -> list[Value]:
    named = [header or "" for header in table.headers]
    return [tuple(named)] if sum(map(bool, named)) >= 2 else []


def _header_set(table: TableProfile) -> list[Value]:
    return [tuple(sorted(headers)) for headers in _headers(table)]


def _rarity_of_headers(headers: Value) -> str:
    odd = sum(header_kind(header) is None for header in headers if header)
    if odd >= 2 or (odd and len(headers) >= _SOME) or len(headers) >= _MANY:
        return RARE
    return UNCOMMON if odd or len(headers) >= _SOME else USUAL


def _tags(table: TableProfile) -> list[Value]:
    words = (w for c in table.columns for w in (*c.words, *c.sealed) if not w.isdigit())
    return [(word,) for word in words]


def _rarity_of_tag(word: Value) -> str:
    if word[0].casefold() in _USUAL_WORDS or len(word[0]) < 2:
        return USUAL
    return UNCOMMON if len(word[0]) == 2 else RARE


def _of(names: tuple[str, ...]) -> Callable[[TableProfile], list[Value]]:
    def values(table: TableProfile) -> list[Value]:
        return [(table.making[name],) for name in names if name in table.making]

    return values


def _rarity_of_author(author: Value) -> str:
    return USUAL if author[0].strip().casefold() in _NOBODY else RARE


def _style(name: str) -> Callable[[TableProfile], list[Value]]:
    def values(table: TableProfile) -> list[Value]:
        return [(str(table.style[name]),)] if table.style.get(name) else []

    return values


def _encoding(table: TableProfile) -> list[Value]:
    if not table.style.get("encoding"):
        return []
    mark = "+mark" if table.style.get("mark") else ""
    return [(f"{table.style['encoding']}{mark}",)]


def _main(counts: Mapping[str, int]) -> list[Value]:
    kept = sorted(code for code in counts if code != "unexamined")
    return [(max(kept, key=lambda code: (counts[code], code)),)] if kept else []


def _numbers(table: TableProfile) -> list[Value]:
    return [form for column in table.columns for form in _main(column.numbers)]


def _dates(table: TableProfile) -> list[Value]:
    return [form for column in table.columns for form in _main(column.dates)]


def _order(table: TableProfile) -> list[Value]:
    if table.order is None:
        return []
    named: list[Value] = [
        (table.headers[one.column - 1] or str(one.column), one.direction) for one in table.order
    ]
    return named or [("", "")]


def _blanks(table: TableProfile) -> list[Value]:
    return [
        (column.header or str(column.column), code)
        for column in table.columns
        for code in column.blanks
    ]


def _constant(rarity: str) -> Callable[[Value], str]:
    return lambda _value: rarity


def _unless(*usual: str) -> Callable[[Value], str]:
    return lambda value: USUAL if value[0] in usual else UNCOMMON


_FEATURES: tuple[
    tuple[str, Callable[[TableProfile], Iterable[Value]], Callable[[Value], str]], ...
] = (
    ("columns", _headers, _rarity_of_headers),
    ("column-set", _header_set, _rarity_of_headers),
    ("tags", _tags, _rarity_of_tag),
    ("author", _of(_AUTHORS), _rarity_of_author),
    ("created", _of(_TIMES), _constant(RARE)),
    ("program", _of(_PROGRAMS), _constant(USUAL)),
    ("encoding", _encoding, _unless(*_USUAL_ENCODINGS, "utf-8+mark")),
    ("delimiter", _style("delimiter"), _unless(",", "\t")),
    ("line-end", _style("line_end"), _unless("crlf", "lf")),
    ("quoting", _style("quoting"), _unless("none", "needed")),
    ("numbers", _numbers, _unless("plain", "masked ****")),
    ("dates", _dates, _unless("YYYY-MM-DD", "YYYY/M/D", "YYYY-MM-DD hh:mm:ss")),
    ("order", _order, lambda value: USUAL if not value[0] else UNCOMMON),
    ("blanks", _blanks, _constant(UNCOMMON)),
)
