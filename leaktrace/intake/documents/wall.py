"""Numbers one after the other, as platforms for text messages take them: many to a line.

Where nothing but mobiles stands in a line, and many of them, each is a person of its own; where a
name goes with each, every such pair is. A line is a row, of as many records as it has people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from leaktrace.identifiers.cell import find_hits
from leaktrace.identifiers.names import looks_like_name
from leaktrace.identifiers.text import clean_same_length
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.textlines import is_header_line, lines_in, lines_of
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.household import MANY
from leaktrace.intake.linecodes import FURTHER
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record

HEADER = ("text", "name")
_SAMPLED = 120
_WINDOW = 2000
_LONGEST = 40
_SHARE = 0.9
# Not every name is known for one.
_NAMES = 0.7
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}")
# A table has such marks between its cells, and columns for its people.
_CELLS = re.compile(r"[\t,;|，；]")
_CUT_OFF = re.compile(r"[0-9+ .\-]*$")
_NUMBER = re.compile("1[3-9][0-9]{9}")
_PLAIN = re.compile(
    r"[ \t,;|，；、/]*1[3-9][0-9]{9}(?:[ \t,;|，；、/]+1[3-9][0-9]{9})*[ \t,;|，；、/]*"
)
_NUMBERED = re.compile(r"(?<![0-9])[0-9]{1,4}[.、):：]")
_WORD = re.compile(r"[^\s,，;；、/|.。…\-—_+&＆()（）\[\]【】<>:：\"'`=*#~]+")
_TITLES = re.compile("(?:先生|女士|小姐|太太|老师)$")
_OF_PEOPLE = frozenset({"mobile", "mobile_foreign", "mobile_masked"})
_WITH_NAMES = _OF_PEOPLE | {"id_number", "landline", "email", "id_number_masked"}


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line, or the window of a long one, is made of.

    ``starts`` are the places where a person begins, ``names`` their names (all blank where only
    numbers stand there).
    """

    starts: list[int]
    names: list[str]


def matches(sample: str) -> bool:
    """Whether nearly all lines are nothing but many mobiles, or pairs of a name and a mobile."""
    lines = lines_in(sample)[:_SAMPLED]
    if any(is_header_line(line) for line in lines[:30]):
        return False
    seen = [line[:_WINDOW] for line in lines if find_hits(clean_same_length(line[:_WINDOW]))]
    walls = [wall for line in seen if (wall := _wall(line)) is not None]
    if not walls or len(walls) < _SHARE * len(seen):
        return False
    usual = median(len(wall.starts) for wall in walls)
    if not any(map(any, (wall.names for wall in walls))):
        return usual >= MANY
    return usual >= (MANY if any(map(_CELLS.search, seen)) else 2)


def is_wall(text: str) -> bool:
    """Whether one text is nothing but many mobiles, or pairs of a name and a mobile."""
    wall = _wall(text[:_WINDOW])
    return wall is not None and len(wall.starts) >= MANY


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The people of all lines as one table of :data:`HEADER`."""
    table = DocumentTable(None, _records(material, encoding), HEADER)
    return Document("wall", [table], {"encoding": encoding.name})


def _records(material: Material, encoding: TextEncoding) -> Iterator[Record]:
    for line, refusal in lines_of(material, encoding):
        code = refusal
        for part, name in people_of(line):
            yield Record([part, name], code)
            code = FURTHER


def people_of(line: str) -> Iterator[tuple[str, str]]:
    """The parts of a line that speak of one person each, and the person's name.

    The line is looked at in windows, so that the time grows with its length alone.
    """
    if _PLAIN.fullmatch(line):
        # What the windows give, in a twentieth of the time.
        starts = [number.start() for number in _NUMBER.finditer(line)]
        starts[0] = 0
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            yield line[start:end], ""
        return
    place = 0
    while True:
        window = line[place : place + _WINDOW]
        more = place + len(window) < len(line)
        wall = _wall(window)
        if wall is None or (more and len(wall.starts) < 2):
            step = _before_last(window) if more else len(window)
            yield window[:step], ""
        else:
            # The last person of a window may go on in the next one.
            ends = [*wall.starts[1:], len(window)]
            starts = [0, *wall.starts[1:]]
            whole = len(starts) - more
            for i in range(whole):
                yield window[starts[i] : ends[i]], wall.names[i]
            step = ends[whole - 1]
        place += step
        if place >= len(line):
            return


def _before_last(window: str) -> int:
    """Where a window is cut in two so that no number is: before its last one."""
    hits = find_hits(clean_same_length(window))
    return hits[-1].start if hits and hits[-1].start else len(window) - _LONGEST


def _wall(text: str) -> _Line | None:
    """The people of a line of nothing but numbers, or of names and numbers; None for others."""
    cleaned = clean_same_length(text)
    hits = find_hits(cleaned)
    kinds = {hit.identifier.kind.name for hit in hits}
    if not kinds & _OF_PEOPLE or not kinds <= _WITH_NAMES:
        return None
    rest = cleaned
    for hit in hits:
        rest = rest[: hit.start] + " " * (hit.end - hit.start) + rest[hit.end :]
    if len(text) >= _WINDOW:
        rest = _CUT_OFF.sub("", rest)
    rest = _NUMBERED.sub(lambda mark: " " * len(mark[0]), rest)
    words = [(m.start(), m[0]) for m in _WORD.finditer(rest)]
    numbers = [hit.start for hit in hits if hit.identifier.kind.name in _OF_PEOPLE]
    if len(words) <= len(numbers) // 10:
        return _Line(numbers, [""] * len(numbers)) if kinds <= _OF_PEOPLE else None
    if len(text) >= _WINDOW and words[-1][0] > numbers[-1]:
        words.pop()  # it may be cut
    names = [(start, _TITLES.sub("", word)) for start, word in words]
    if len(names) < 2 or abs(len(names) - len(numbers)) > 1 + len(numbers) // 10:
        return None
    known = sum(looks_like_name(name) for _start, name in names)
    if known < _NAMES * len(names) or not all(_NAME.fullmatch(name) for _start, name in names):
        return None
    if names[0][0] < hits[0].start:
        return _Line([start for start, _name in names], [name for _start, name in names])
    return _Line(numbers, [_following(number, numbers, names) for number in numbers])


def _following(number: int, numbers: list[int], names: list[tuple[int, str]]) -> str:
    """The name between a number and the next one."""
    end = next((other for other in numbers if other > number), None)
    return next(
        (name for start, name in names if start > number and (end is None or start < end)), ""
    )
