"""The lines of a text that is no delimited list, and what stands beside the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaktrace.identifiers.cell import find_hits
from leaktrace.identifiers.names import looks_like_name, normalise_name
from leaktrace.identifiers.text import clean_same_length
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.headers import is_header_word
from leaktrace.intake.linecodes import decoded, is_good_utf8, other_of
from leaktrace.intake.material import Material
from leaktrace.intake.pieces import pieces_of, transcoded

_HAN = "\u4e00-\u9fff·"
_LABELS = (
    "手机号码|手机号|手机|联系电话|联系方式|电话号码|电话|号码|微信同号|微信|身份证号码|身份证号|身份证"
    "|tel|phone|mobile|尾号"
)
_CALLED = "姓名|客户|业主|联系人|叫|是|名字|购房人|机主|收件人|收货人|法人|车主"
_TITLES = "先生|女士|小姐|太太|老师"
_BEFORE = re.compile(
    rf"(?:^|[^{_HAN}]|{_CALLED}|[0-9])[:：]?\s*([{_HAN}]{{2,10}}?)(?:{_TITLES})?"
    rf"[\s,，:：/(（、\-]{{0,3}}(?:的?(?:{_LABELS}))?(?:是|为)?[\s:：]{{0,2}}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"^[\s,，/:：、)）\-]{{0,3}}(?:\(|（)?([{_HAN}]{{2,4}})(?:{_TITLES})?(?![{_HAN}])"
)
_LEAD = re.compile(rf"^(?:{_CALLED}|\s)+")
_CUT = re.compile(r"[\t,;|，；]|----")
_BLANKS = re.compile(r"\s+")
_KINDS = ("mobile", "id_number", "mobile_masked", "mobile_foreign")


def lines_of(material: Material, encoding: TextEncoding) -> Iterator[tuple[str, int]]:
    """Each line without its end, and what was wrong with it (:mod:`~leaktrace.intake.linecodes`).

    Lines are read as they are asked for: memory does not grow with the text.
    """
    coded, other = transcoded(encoding.name), other_of(encoding.name)
    for piece in pieces_of(material, encoding):
        lines = piece.split(b"\n")
        if not lines[-1]:
            lines.pop()
        mixed = other == "utf-8" and any(map(is_good_utf8, lines))
        for line in lines:
            yield decoded(line, coded, other, mixed=mixed)


def lines_in(sample: str) -> list[str]:
    """The lines of a decoded beginning that are not blank; the last one may be cut, and is left."""
    lines = sample.splitlines()
    if len(lines) > 1 and not sample.endswith(("\n", "\r")):
        lines.pop()
    return [line for line in lines if line.strip()]


def is_header_line(line: str) -> bool:
    """Whether several words that stand in headers stand in a line, cut as those of lists are."""
    return any(
        sum(map(is_header_word, filter(None, cut.split(line)))) > 1 for cut in (_CUT, _BLANKS)
    )


def people_in(text: str) -> list[tuple[str, str]]:
    """A text cut into the parts that speak of one person each, and the person's name.

    One part, unless several names each stand plainly beside numbers of their own; blank where a
    part has no name.

    >>> people_in("张三13812345678，李四13912345678")
    [('张三13812345678，', '张三'), ('李四13912345678', '李四')]
    """
    cuts: list[tuple[int, str]] = []
    for name, start, end in _named(text):
        if name and (not cuts or cuts[-1][1] != name):
            cuts.append((min(start, end), name))
    if len({name for _cut, name in cuts}) < 2:
        return [(text, cuts[0][1] if cuts else "")]
    starts = [0, *(start for start, _name in cuts[1:]), len(text)]
    return [(text[starts[i] : starts[i + 1]], name) for i, (_start, name) in enumerate(cuts)]


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    """The name beside each number (or none), where it stands, and where the number does."""
    cleaned = clean_same_length(text)
    for hit in find_hits(cleaned):
        if hit.identifier.kind.name not in _KINDS:
            continue
        low = max(0, hit.start - 40)
        before = _BEFORE.search(cleaned[low : hit.start])
        name = _name(before[1]) if before else ""
        if before and name:
            yield name, low + before.start(1), hit.start
            continue
        after = _AFTER.search(cleaned[hit.end : hit.end + 20])
        yield _name(after[1]) if after else "", hit.start, hit.start


def _name(written: str) -> str:
    """``written``, or what follows 客户 or the like in it, where it is a name."""
    for text in (written, _LEAD.sub("", written)):
        if looks_like_name(text) and normalise_name(text):
            return text
    return ""
