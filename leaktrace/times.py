"""Moments as people write them, with the room that they leave.

A date without a time is that whole day; one without an offset is read as Asia/Shanghai (UTC+8, no
daylight saving since 1991). What is uncertain stays an interval, so that each use can read it in
favour of the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
DAY = 86_400
_DATE = re.compile(r"^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*(.*)$")
_CLOCK = re.compile(
    r"^[T ]?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})\s*$")


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant known to lie in ``[earliest, latest]`` (seconds since 1970, UTC)."""

    earliest: float
    latest: float
    text: str

    @property
    def day(self) -> int:
        """Days since 1970-01-01 in Shanghai, of the earliest instant."""
        return int((self.earliest + 8 * 3600) // DAY)


def narrower(one: Moment, other: Moment) -> Moment:
    """What says more of when it was; the first of two that say as much."""
    return other if other.latest - other.earliest < one.latest - one.earliest else one


def read_moment(text: str) -> Moment:
    """The moment that ``text`` names: ISO 8601, or as Excel writes it (``2026/3/1 9:05``).

    Raises
    ------
    ValueError
        If it is no date that exists.
    """
    compact = _COMPACT.match(text)
    if compact:
        text = "-".join(compact.groups())
    found = _DATE.match(text)
    if not found:
        raise ValueError("not a date")
    day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=SHANGHAI)
    rest = found[4].strip()
    if not rest:
        start = day.timestamp()
        return Moment(start, start + DAY - 1, f"{day:%Y-%m-%d}")
    clock = _CLOCK.match(rest)
    if not clock:
        raise ValueError("not a time")
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    instant = day.replace(hour=hour, minute=minute, second=second, tzinfo=_offset(clock[4]))
    seconds = instant.timestamp()
    slack = 0 if clock[3] else 59
    return Moment(seconds, seconds + slack, instant.isoformat())


def day_text(moment: Moment) -> str:
    """A moment's day in China: ``2026-03-01``."""
    return _in_china(moment)[:10]


def time_text(moment: Moment) -> str:
    """A moment as people in China read it: its day, and the minute where that is known."""
    return _in_china(moment)[:16].replace("T", " ")


def _in_china(moment: Moment) -> str:
    if "T" not in moment.text:
        return moment.text
    return datetime.fromisoformat(moment.text).astimezone(SHANGHAI).isoformat()


def clock(instant: str) -> str:
    """An instant of ISO 8601 as people in China read it: ``2026-03-01 09:30:00 UTC+8``."""
    moment = datetime.fromisoformat(instant).astimezone(SHANGHAI)
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC+8")


def _offset(text: str | None) -> timezone:
    if text is None:
        return SHANGHAI
    if text.upper() == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
