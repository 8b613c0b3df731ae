"""Whose particulars a caller recites: marks found in a transcript."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from leaktrace.canary.personas.numerals import spoken_numbers
from leaktrace.canary.personas.persona import Persona
from leaktrace.canary.personas.sounds import heard

_NUMBERS = ("area", "loan")


@dataclass(frozen=True, slots=True)
class Recited:
    """A persona whose marks were recited: which kinds of them (``name``, ``road`` …)."""

    persona: str
    kinds: tuple[str, ...]


def match_recited(text: str, personas: Iterable[Persona]) -> tuple[Recited, ...]:
    """The personas whose marks ``text`` (a transcript) recites, those with most marks first.

    Speech-to-text writes what it hears: characters that sound alike count as equal, and numbers
    are read in digits and Chinese numerals. A surname alone is no mark.
    """
    sounds = f" {' '.join(heard(text))} "
    numbers = spoken_numbers(text)
    found = []
    for one in personas:
        kinds = tuple(kind for kind, what in _parted(one) if _said(kind, what, sounds, numbers))
        if kinds:
            found.append(Recited(one.id, kinds))
    return tuple(sorted(found, key=lambda one: (-len(one.kinds), one.persona)))


def _parted(one: Persona) -> list[tuple[str, str]]:
    return [(mark.partition(":")[0], mark.partition(":")[2]) for mark in one.marks]


def _said(kind: str, what: str, sounds: str, numbers: frozenset[Decimal]) -> bool:
    if kind in _NUMBERS:
        return Decimal(what) in numbers
    return f" {what} " in sounds
