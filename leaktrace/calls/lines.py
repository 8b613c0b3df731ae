"""One line of a file of calls, understood."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leaktrace.calls.callers import caller_of, number_in
from leaktrace.calls.records import (
    AI,
    CALL_BACK,
    HUMAN,
    MODES,
    ROBOT,
    SALES_SIM,
    SMS,
    UNKNOWN,
    WHITELISTED,
)
from leaktrace.case.lines import LineRefused, moment_in, sound
from leaktrace.fingerprint.keys import Key
from leaktrace.identifiers.recogniser import Identifier
from leaktrace.intake.tables import TableRow
from leaktrace.messages import _
from leaktrace.times import Moment

KIND_WORDS = {
    **{word: word for word in (ROBOT, HUMAN, SMS, UNKNOWN)},
    "": "", "机器人": ROBOT, "智能": ROBOT, "ai": ROBOT, "语音机器人": ROBOT, "人工": HUMAN,
    "真人": HUMAN, "人": HUMAN, "短信": SMS, "彩信": SMS, "短消息": SMS, "未知": UNKNOWN,
    "不明": UNKNOWN,
}  # fmt: skip
MODE_WORDS = {
    **{word: word for word in MODES},
    "": "", "机器人": AI, "智能外呼": AI, "ai外呼": AI, "电销卡": SALES_SIM, "电销": SALES_SIM,
    "sales sim": SALES_SIM, "回拨": CALL_BACK, "回呼": CALL_BACK, "callback": CALL_BACK,
    "call back": CALL_BACK, "白名单": WHITELISTED, "白名单卡": WHITELISTED,
    "whitelisted card": WHITELISTED, "未知": UNKNOWN, "不明": UNKNOWN,
}  # fmt: skip

_SECONDS = re.compile(r"(\d+)(?:\.\d+)?\s*(?:秒|s|sec|seconds)?")
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})")
_WORDED = re.compile(
    r"(?:(\d+)\s*(?:小时|时|h))?\s*(?:(\d+)\s*(?:分钟|分|m(?:in)?))?\s*(?:(\d+)\s*(?:秒|s))?"
)
_LONGEST_CALL = 7 * 86_400


@dataclass(frozen=True, slots=True)
class CallLine:
    """What a line says of one call.

    Attributes
    ----------
    callee : Identifier
        The number that was called.
    at : Moment
    caller : str
        As the log wrote it.
    details : mapping of str to Any
        What else is said: ``duration_s``, ``kind``, ``call_mode``, ``sector``, ``claims_to_be``,
        ``transcript``, ``note``; only what is.
    """

    callee: Identifier = field(repr=False)
    at: Moment
    caller: str = field(repr=False)
    details: Mapping[str, Any] = field(repr=False)

    def id(self, token: int, key: Key) -> str:
        """The call's name: keyed, and the same whichever file told of it.

        ``token`` is the callee's. Two messages of one second are told apart by what they say.
        """
        said = [
            f"{token:016x}", caller_of(self.caller).number, str(self.at.earliest),
            str(self.at.latest),
        ]  # fmt: skip
        if self.details.get("kind") == SMS:
            said.append(self.details.get("transcript", ""))
        text = "\0".join(said).encode("utf-8", "surrogatepass")
        return hmac.digest(key.derive("calls"), text, "sha256")[:6].hex()


def call_line(row: TableRow, callee: Identifier | None) -> CallLine:
    """The line ``row``; ``callee`` was called where the line does not say.

    Raises
    ------
    LineRefused
    """
    sound(row)
    called = number_in(row.values["callee"]) or callee
    if called is None:
        raise LineRefused("callee", _no_callee(row))
    at = moment_in(row, "started_at")
    if at is None:
        raise LineRefused(
            "no-date",
            _(
                "{column} is empty, or the line does not say that the call came in; say when it did"
            ).format(column=row.title("started_at")),
        )
    details = {
        "duration_s": _duration(row),
        "kind": _code(row, "kind", KIND_WORDS),
        "call_mode": _code(row, "call_mode", MODE_WORDS),
        "sector": row.values["sector"],
        "claims_to_be": row.values["claims_to_be"],
        "transcript": row.values["transcript"],
        "note": "; ".join(f"{name}: {text}" for name, text in row.extra.items() if text),
    }
    said = {name: value for name, value in details.items() if value not in ("", None, UNKNOWN)}
    return CallLine(called, at, row.values["caller"], said)


def _no_callee(row: TableRow) -> str:
    if row.values["callee"]:
        return _(
            "{column} is no phone number that is known; check its digits, or say whose phone it "
            "was with --callee NUMBER"
        ).format(column=row.title("callee"))
    return _("it does not say whose phone it was; say so with --callee NUMBER")


def _code(row: TableRow, column: str, words: Mapping[str, str]) -> str:
    written = unicodedata.normalize("NFKC", row.values[column]).strip().casefold()
    if written in words:
        return words[written]
    raise LineRefused(
        column.replace("_", "-"),
        _("{column} is none of: {words}").format(
            column=row.title(column),
            words=", ".join(sorted({word for word in words.values() if word})),
        ),
    )


def _duration(row: TableRow) -> float | None:
    text = unicodedata.normalize("NFKC", row.values["duration_s"]).strip().casefold()
    if not text:
        return None
    seconds = _seconds(text)
    if seconds is None or seconds > _LONGEST_CALL:
        raise LineRefused(
            "duration",
            _("{column} is no duration; write it in seconds, as 75 or 1:15").format(
                column=row.title("duration_s")
            ),
        )
    return float(seconds)


def _seconds(text: str) -> int | None:
    plain = _SECONDS.fullmatch(text)
    if plain:
        return int(plain[1])
    parts = _CLOCK.fullmatch(text) or _WORDED.fullmatch(text)
    if parts is None or not any(parts.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return hours * 3600 + minutes * 60 + seconds
