"""The form of 12321 (网络不良与垃圾信息举报受理中心) for harassing calls, and for messages.

Its fields and choices, in its own words, as they stood in public descriptions of its pages (2018 to
2025): the reporter's own mobile with a code that is sent to it, the number complained of, day and
minute, the duration and the manner by choice, the kind by choice, a description of 15 to 1,000
characters; for a message the number, the time and its whole text, with a screenshot.
"""

from __future__ import annotations

from dataclasses import dataclass

from leaktrace.calls.records import AI, HUMAN, ROBOT, SMS, Call
from leaktrace.messages import current_language

DESCRIPTION = (15, 1000)
"""How many characters the description may have."""

_MINUTES = ((3, "3分钟以下"), (5, "3到5分钟"), (10, "5到10分钟"))
_LONGER, _NONE = "10分钟以上", "未产生通话"
_AUTOMATIC, _BY_HAND = "自动语音骚扰", "人工骚扰"
_KINDS = {
    "loan": "贷款理财",
    "property": "房产中介",
    "renovation": "装修建材",
    "insurance": "保险推销",
    "medical": "医疗保健",
    "education": "教育培训",
    "company-services": "其他营销",
    "investment": "股票证券",
    "telecom": "电信业务推广",
    "recruitment": "猎头招聘",
    "logistics": "其他营销",
    "collection": "欠款催收",
    "other": "其他营销",
}
FRAUD = "authority"
"""The sector that the form has no kind for: 12321 takes it as a fraudulent call (诈骗电话)."""


@dataclass(frozen=True, slots=True)
class Chosen12321:
    """What of the form's choices a call is; empty where the case does not say."""

    duration: str
    manner: str
    kind: str


def choices(call: Call) -> Chosen12321:
    """The form's choices for ``call``."""
    manner = ""
    if call.kind == ROBOT or call.call_mode == AI:
        manner = _AUTOMATIC
    elif call.kind == HUMAN:
        manner = _BY_HAND
    return Chosen12321(_duration(call.duration_s), manner, _KINDS.get(call.sector, ""))


def is_message(call: Call) -> bool:
    """Whether it belongs in the form for messages (垃圾短信)."""
    return call.kind == SMS


def both(form: str, meaning: str) -> str:
    """A word of the form with its meaning, which a reader of Chinese does not need."""
    return form if current_language() == "zh" or not meaning else f"{form} ({meaning})"


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds == 0:
        return _NONE
    return next((word for minutes, word in _MINUTES if seconds < 60 * minutes), _LONGER)
