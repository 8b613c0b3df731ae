"""Which canaries' numbers a letter tells; of the others it shows a masked one, and cleans texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from leaktrace.calls.records import Call
from leaktrace.case.records import Canary
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.graph import shown_text
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _
from leaktrace.report.letters.letter import CARRIER, COMPANY, COMPLAINT, POLICE

_TELLING = frozenset({COMPLAINT, POLICE, CARRIER, COMPANY})
_UNSAID = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SHOWN, _LEAST = 3, 2
_PHONES = ("mobile", "mobile_foreign", "landline")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Whose identity a letter tells.

    Attributes
    ----------
    identities : mapping of str to mapping
        By canary, what it is; none where the letter tells nothing of any.
    told : frozenset of str
        The canaries that may be told.
    """

    identities: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    told: frozenset[str] = frozenset()

    def number(self, canary: str) -> str:
        """The number of ``canary``, masked unless it is told."""
        number = self.identities.get(canary, {}).get("mobile", "").strip()
        if not number or canary in self.told:
            return number
        masked = mask_text(number)
        return masked if masked != number else number[:_SHOWN] + "*" * (len(number) - _SHOWN)

    def called(self, call: Call) -> str:
        """The number that was called: canaries that share it are one number."""
        told = [one for one in call.canaries if one in self.told] or list(call.canaries)
        return next(filter(None, map(self.number, told)), "")

    def whole(self, call: Call) -> bool:
        """Whether the number that was called is told."""
        return any(one in self.told for one in call.canaries)

    def said(self, call: Call, text: str) -> str:
        """``text`` of a call, word by word where the called number is told.

        Else callers may have recited whom they called: identifiers are masked, and what the canary
        was called is left out.
        """
        text = _UNSAID.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if self.whole(call):
            return text
        for canary in call.canaries:
            for value in self.identities.get(canary, {}).values():
                if len(value.strip()) >= _LEAST:
                    text = text.replace(value.strip(), "***")
        return "\n".join(mask_text(line) for line in text.split("\n"))


def sharing(asked: Sequence[str], canaries: Sequence[Canary]) -> tuple[str, ...]:
    """``asked``, and the other canaries whose number is told with theirs."""
    wanted = set(asked)
    numbers = {one for canary in canaries if canary.id in wanted for one in _numbers(canary)}
    others = [one.id for one in canaries if one.id not in wanted and numbers & _numbers(one)]
    return (*dict.fromkeys(asked), *sorted(others))


def has_phone(canary: Canary) -> bool:
    """Whether a phone of the canary's can ring."""
    return bool(_numbers(canary))


def _numbers(canary: Canary) -> set[tuple[str, int]]:
    return {(kind, token) for kind in _PHONES for token in canary.tokens.get(kind, ())}


def may_be_told(
    audience: str, asked: Sequence[str], canaries: Sequence[Canary], source: str
) -> None:
    """Refuse to tell ``audience`` of canaries that it must not learn of.

    Raises
    ------
    UsageError
        If it is told of no canary at all, or (a company) of its own alone.
    LeaktraceError
        ``unknown-canary``.
    """
    if asked and audience not in _TELLING:
        raise UsageError(
            _(
                "--disclose has no use here: a letter for {audience} tells no canary's number"
            ).format(audience=audience)
        )
    known = {one.id: one for one in canaries}
    for canary in asked:
        if canary not in known:
            raise LeaktraceError(
                _("there is no canary {canary} in this case; see: leaktrace canary list").format(
                    canary=shown_text(canary)
                ),
                code="unknown-canary",
            )
        if audience == COMPANY and {one.source for one in known[canary].plantings} != {source}:
            raise UsageError(
                _(
                    "canary {id} is not one that was planted at {source} alone; a company is told "
                    "of no others"
                ).format(id=shown_text(canary), source=shown_text(source))
            )
