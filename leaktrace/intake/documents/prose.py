"""Plain text with identifiers scattered through it: a line is a row, with the name beside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaktrace.identifiers.cell import find_hits
from leaktrace.identifiers.names import looks_like_name
from leaktrace.identifiers.recogniser import Hit
from leaktrace.identifiers.text import clean_same_length
from leaktrace.intake.delimiters import delimiter_of
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.textlines import is_header_line, lines_in, lines_of, people_in
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.linecodes import FURTHER
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record

HEADER = ("text", "name")

_SAMPLED = 120
_LONGEST = 2000
_SHARE = 0.6
_FEW = 0.02
_MARKS = ("\t", ",", ";", "|", "，", "；", "----")
_EDGE = " \"'="
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]+")


def matches(sample: str) -> bool:
    """Whether identifiers stand inside of sentences, and not in the cells of a list."""
    lines = lines_in(sample)[:_SAMPLED]
    if any(is_header_line(line) for line in lines[:30]):
        return False
    within = seen = 0
    for line in lines:
        cleaned = clean_same_length(line[:_LONGEST])
        hits = find_hits(cleaned)
        if hits:
            seen += 1
            within += not any(_is_cell(cleaned, hit) for hit in hits) and _has_words(cleaned, hits)
    return (within >= 2 and within >= _SHARE * seen) or _is_cut_by_blanks(sample, lines)


def _is_cut_by_blanks(sample: str, lines: list[str]) -> bool:
    """Whether blanks, though they cut the lines most evenly, also cut numbers: 138 1234 5678.

    So it is in lists to which everybody adds a line of their own.
    """
    more = seen = 0
    for line in lines:
        cleaned = clean_same_length(line[:_LONGEST])
        whole = len(find_hits(cleaned))
        seen += whole > 0
        more += whole > sum(len(find_hits(part)) for part in cleaned.split())
    if more < 2 or more < _FEW * seen:
        return False
    return delimiter_of(sample.encode("utf-8", "replace"), "utf-8") == " "


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The lines as one table of :data:`HEADER`."""
    table = DocumentTable(None, _records(material, encoding), HEADER)
    return Document("prose", [table], {"encoding": encoding.name})


def _records(material: Material, encoding: TextEncoding) -> Iterator[Record]:
    for line, refusal in lines_of(material, encoding):
        parts = people_in(line) if line.strip() and len(line) <= _LONGEST else [(line, "")]
        for number, (part, name) in enumerate(parts):
            yield Record([part, name], FURTHER if number else refusal)


def _is_cell(text: str, hit: Hit) -> bool:
    """Whether delimiters, or the line's ends, stand on both sides of an identifier.

    A blank is one only beside numbers that hold none themselves: in "张三 138 1234 5678 有意向"
    it is not.
    """
    before, after = text[: hit.start].rstrip(_EDGE), text[hit.end :].lstrip(_EDGE)
    if (not before or before.endswith(_MARKS)) and (not after or after.startswith(_MARKS)):
        return True
    if " " in text[hit.start : hit.end] or "。" in text:
        return False
    return text[: hit.start][-1:] in ("", " ") and text[hit.end :][:1] in ("", " ")


def _has_words(text: str, hits: list[Hit]) -> bool:
    """Whether more than a name stands beside the identifiers."""
    rest = text
    for hit in reversed(hits):
        rest = rest[: hit.start] + " " + rest[hit.end :]
    words = _WORD.findall(rest)
    return len(words) > 1 or any(len(word) > 4 or not looks_like_name(word) for word in words)
