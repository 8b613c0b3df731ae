"""A chat as it is pasted or exported: WeChat, QQ, WhatsApp, Telegram. A message is a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.intake.documents.cardfields import ROW
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.textlines import is_header_line, lines_in, lines_of, people_in
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.linecodes import FURTHER
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record, records_of

HEADER = ("sender", "sent_at", "text", "name")

_DATE = (
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.月]\d{1,2}日?(?:[-/.]\d{2,4})?|昨天|今天"
    r"|星期[一二三四五六日]|周[一二三四五六日])"
)
_CLOCK = (
    r"(?:(?:上午|下午|晚上|凌晨|中午|早上|[AaPp]\.?[Mm]\.?)\s?)?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?"
)
_WHEN = rf"(?P<when>{_DATE}[ ,，T]{{1,3}}{_CLOCK})"
_WHO = r"(?P<who>[^\t]{1,60}?)"
_ALONE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\s*{_WHO}[\s:：,，]+{_WHEN}\s*[:：]?\s*",
        rf"\s*{_WHO}[\s:：,，]+(?P<when>{_CLOCK})\s*[:：]?\s*",
        rf"\s*{_WHEN}\s+{_WHO}[:：]?\s*",
        rf"\s*{_WHO},? \[{_WHEN}\]:?\s*",
    )
)
_WITH_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\s*[\[【(]{_WHEN}[\])】]\s*(?P<who>[^:：\t]{{1,60}})[:：]\s?(?P<text>.*)",
        rf"\s*{_WHEN}\s+-\s+(?P<who>[^:：\t]{{1,60}})[:：]\s(?P<text>.*)",
    )
)
_NUMBER = re.compile(r"[(（<][^()（）<>]{3,40}[)）>]\s*$")
_LEAST, _SAMPLED = 3, 400
_LONGEST = 20_000
_SHARE = 0.1
_BODIES = 0.6
# Blanks are none of them: they cut a sender from the time, and the words of messages.
_CELLS = (",", "\t", ";", "|", "，", "；", "----", "｜", "\x01")
_EVEN = 0.9
_UNLIKE = 0.2


_DATED = re.compile(rf"\s*(?:{_WHEN}|{_CLOCK})\s*")


@dataclass(slots=True)
class _Message:
    who: str = ""
    when: str = ""
    lines: list[str] = field(default_factory=list)
    refusal: int = 0

    def records(self) -> Iterator[Record]:
        """One record, and one more for each further person that it speaks of.

        The name is that of who has the number, not of who wrote.
        """
        text = "\n".join(self.lines).strip()
        parts = people_in(text) if len(text) <= _LONGEST else [(text, "")]
        for number, (part, name) in enumerate(parts):
            by = ["", ""] if number else [self.who, self.when]
            yield Record([*by, part.strip(), name], FURTHER if number else self.refusal)


def matches(sample: str) -> bool:
    """Whether the beginning of a text is a chat: lines with a sender and a time, and messages."""
    lines = lines_in(sample)[:_SAMPLED]
    if sum(ROW.fullmatch(line) is not None for line in lines) >= 2:
        return False  # a database's rows, the times of which would pass for messages
    if _is_table(lines):
        return False
    starts = [_start(line) for line in lines]
    spoken = sum(start is not None and start.lines != [] for start in starts)
    if spoken >= _LEAST and spoken >= 0.5 * len(lines):
        return True
    alone = [start is not None and not start.lines for start in starts]
    heads = sum(alone)
    bodies = sum(one and not next_one for one, next_one in pairwise([*alone, True]))
    return heads >= _LEAST and heads >= _SHARE * len(lines) and bodies >= _BODIES * heads


def _is_table(lines: Sequence[str]) -> bool:
    """Whether the lines are rows, among which those with a time and no number pass for senders."""
    if not lines or is_header_line(lines[0]):
        return True
    text = "\n".join(lines)
    return any(_are_rows(text, mark) for mark in _CELLS if mark in text)


def _are_rows(text: str, mark: str) -> bool:
    """Whether ``mark`` cuts nearly all records into as many cells, each column of one make.

    A chat's senders stand above messages that may hold a mark as well: "销售, 10:01" above
    "张三,13812345678". There, numbers stand in the column of the times.
    """
    records = records_of(text.encode("utf-8", "replace"), "utf-8", mark, 0)
    rows = [record.cells for record in records]
    width, often = Counter(map(len, rows)).most_common(1)[0]
    if width < 2 or often < _EVEN * len(rows):
        return False
    even = [(row, _start(mark.join(row))) for row in rows if len(row) == width]
    if any(start is not None and start.lines for _row, start in even):
        return False
    heads = [row for row, start in even if start is not None]
    bodies = [row for row, start in even if start is None]
    times = Counter(i for row in heads for i, cell in enumerate(row) if _DATED.fullmatch(cell))
    place = max(times, key=lambda i: (times[i], -i), default=None)
    if place is None:
        return not heads
    return sum(bool(recognise_cell(row[place])) for row in bodies) <= _UNLIKE * len(bodies)


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The chat as one table of :data:`HEADER`."""
    table = DocumentTable(None, _records(material, encoding), HEADER)
    return Document("chat", [table], {"encoding": encoding.name})


def _records(material: Material, encoding: TextEncoding) -> Iterator[Record]:
    message = _Message()
    for line, refusal in lines_of(material, encoding):
        start = _start(line)
        if start is not None:
            yield from _whole(message)
            message = start
            message.refusal = refusal
            continue
        if not message.who and line.strip():
            # What stands before the first message: the export's own title lines.
            yield Record(["", "", line], refusal)
            continue
        message.lines.append(line)
        message.refusal = message.refusal or refusal
    yield from _whole(message)


def _whole(message: _Message) -> Iterator[Record]:
    if message.who or message.lines:
        yield from message.records()


def _start(line: str) -> _Message | None:
    """The message that a line begins, None where it begins none."""
    if len(line) > 2000 or ":" not in line:
        return None
    for pattern in _WITH_TEXT:
        match = pattern.fullmatch(line)
        if match:
            return _Message(match["who"].strip(), match["when"], [match["text"]])
    for pattern in _ALONE:
        match = pattern.fullmatch(line)
        if match and _is_sender(match["who"]):
            return _Message(match["who"].strip(), match["when"])
    return None


def _is_sender(who: str) -> bool:
    """Whether it may be a nickname, QQ's number after it aside: no cells of a list, no sentence."""
    name = _NUMBER.sub("", who).strip()
    if not name or any(mark in name for mark in ",，;；|\t") or "----" in name:
        return False
    return not recognise_cell(name) and len(name.split()) < 5
