"""Calls that a source, or whom it lawfully tells, may place to its registrants."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaktrace.calls.callers import caller_of
from leaktrace.calls.records import SMS, Call
from leaktrace.case.records import Source

_CODES = ("验证码", "校验码", "动态码", "verification code", "one-time", "passcode", "your code is")
_SPOKEN = 4  # a shorter name stands in too many a sentence
_COMPANY = ("有限责任公司", "股份有限公司", "有限公司", "公司")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one source may be heard as: its numbers, its name, its recipients' names."""

    numbers: frozenset[str]
    names: frozenset[str]

    def covers(self, call: Call) -> bool:
        """Whether ``call`` comes from one of the numbers, or names itself by one of the names."""
        if call.caller.number and call.caller.number in self.numbers:
            return True
        claimed = _plain(call.claims_to_be)
        if claimed and any(claimed == name or name in claimed for name in self.names):
            return True
        said = _plain(call.transcript)
        return any(len(name) >= _SPOKEN and name in said for name in self.names)


def expectations(sources: Iterable[Source]) -> Mapping[str, Expectation]:
    """What each source and its recipients may be heard as, by its id.

    A recipient is known by its name alone, unless it is a source of the case.
    """
    known = tuple(sources)
    by_name = {key: one for one in known for key in (one.id, one.name)}
    found = {}
    for source in known:
        heard = [source, *(by_name[one] for one in source.recipients if one in by_name)]
        names = {name for one in heard for name in _names(one.name)}
        names |= {name for one in source.recipients for name in _names(one)}
        numbers = {caller_of(text).number for one in heard for text in one.own_numbers}
        found[source.id] = Expectation(frozenset(numbers - {""}), frozenset(names))
    return found


def only_a_code(call: Call) -> bool:
    """Whether it is a message with a one-time password: somebody typed the number somewhere."""
    said = call.transcript.casefold()
    return call.kind == SMS and any(word in said for word in _CODES)


def _names(name: str) -> set[str]:
    plain = _plain(name)
    short = next((plain.removesuffix(end) for end in _COMPANY if plain.endswith(end)), plain)
    return {one for one in (plain, short) if len(one) > 1}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
