"""Labels and values in the lines of a pasted card: ``姓名：张三  电话：13812345678``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote_plus

from leaktrace.intake.headers import header_kind, normal

_SPACED = re.compile(
    r"(?<![\u4e00-\u9fff])((?:[\u4e00-\u9fff][ \t\u3000]+){1,3}[\u4e00-\u9fff])(?=\s*[:：=])"
)
_LABEL = re.compile(
    r"(?:^|(?<=[\s,，;；|&。、/\[\]【】()（）*•·\-]))"
    r"([^\s\d,，;；|&:：=。、/\[\]【】()（）*•·\"'{}][^\s,，;；|&:：=。\[\]【】\"'{}]{0,11})"
    r"[ \t\u3000]*(?:[:：](?!//)|=(?!=))[ \t\u3000]*"
)
_BRACKETED = re.compile(r"[【\[]\s*([^】\[\]\s:：]{1,12})\s*[】\]][ \t:：]*(?=[^\s【\[])")
_NUMBERED = re.compile(r"^\s*(?:\d{1,4}\s*[.、)）]|[-•*·>])\s*")
_AROUND = " \t\u3000\u00a0,，;；|&/、"
_COMMON = 3
_ROW = r"\*{5,} ?\d+\. row ?\*{5,}\s*|-\[ RECORD \d+ \][-+]*\s*"
ROW = re.compile(_ROW)
"""A line that databases draw before each row, where a column stands on a line."""
RULE = re.compile(rf"[\s\-=_*~#+—─━═.·]{{3,}}|{_ROW}")
"""A line that is drawn, not written."""
SECTION = re.compile(r"\s*\[[^\[\]]{0,80}\]\s*")


def fields_of(line: str, labels: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """The labels of a line with their values, as typed; empty where it has none.

    ``labels`` are taken beside the words that stand in headers, in the form of
    :func:`~leaktrace.intake.headers.normal`.
    """
    text = _closed_up(line)
    marks = [m for m in _LABEL.finditer(text) if _is_label(m[1], labels)]
    if not marks or _NUMBERED.sub("", text[: marks[0].start()]).strip(_AROUND + "[【(（"):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [
        (mark[1], _value(text[mark.end() : end])) for mark, end in zip(marks, ends, strict=True)
    ]


def _closed_up(line: str) -> str:
    """The line with its labels that are spaced out (姓  名：) closed up, and 【姓名】 as 姓名：."""
    if "】" in line or "]" in line:
        line = _BRACKETED.sub(_colon, line)
    return _SPACED.sub(lambda label: "".join(label[1].split()), line)


def _colon(label: re.Match[str]) -> str:
    return f" {label[1]}：" if header_kind(label[1]) is not None else label[0]


def _is_label(text: str, labels: frozenset[str]) -> bool:
    return header_kind(text) is not None or (bool(labels) and normal(text) in labels)


def _value(text: str) -> str:
    value = text.strip(_AROUND)
    return unquote_plus(value) if "%" in value else value


def common_labels(lines: Iterable[str]) -> frozenset[str]:
    """What stands before a colon at the beginning of many lines, though in no other header."""
    counts: Counter[str] = Counter()
    total = 0
    for line in lines:
        total += 1
        match = _LABEL.match(_NUMBERED.sub("", _closed_up(line)))
        if match:
            counts[normal(match[1])] += 1
    return frozenset(
        label for label, number in counts.items() if number >= max(_COMMON, total // 20)
    )
