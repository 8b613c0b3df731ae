"""A persona: what is written into one form, and the marks by which it is known when recited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from leaktrace.canary.personas.sounds import heard

_HEAD = 3
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NUMBERS = {"layout": "area", "loan": "loan"}


@dataclass(frozen=True, slots=True)
class Persona:
    """One planting's particulars; they are shown only where that is asked for.

    Attributes
    ----------
    id : str
        A name for it that says nothing.
    road : str
        The road in its address.
    name, address, employer, layout : str
        ``layout`` with its area in m².
    loan : int
        The amount asked for, in yuan.
    mailbox : str
        Empty where no domain was given.
    id_number : str
        Empty, or of a form that cannot have been issued (:func:`unissued_id`).
    marks : tuple of str
        ``kind:what is heard`` of each mark; none of them is another persona's.
    """

    id: str
    name: str = field(repr=False)
    address: str = field(repr=False)
    employer: str = field(repr=False)
    layout: str = field(repr=False)
    loan: int = field(repr=False)
    road: str = field(default="", repr=False)
    mailbox: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    marks: tuple[str, ...] = field(default=(), repr=False)

    def told(self) -> dict[str, str]:
        """What is a mark, as it is told at the source; a planting's record keeps it so."""
        return {
            "name": self.name,
            "road": self.road,
            "employer": self.employer,
            "layout": self.layout,
            "loan": str(self.loan),
        }


def sound_mark(kind: str, text: str) -> str:
    """The mark of ``text`` by its sound: homophones give the same."""
    return f"{kind}:{' '.join(heard(text))}"


def number_mark(kind: str, value: Decimal) -> str:
    """The mark of a number."""
    return f"{kind}:{value.normalize():f}"


def marks_of(personas: Iterable[Persona]) -> frozenset[str]:
    """Every mark of ``personas``, to be passed on as taken."""
    return frozenset(mark for one in personas for mark in one.marks)


def marks_told(told: Mapping[str, str]) -> tuple[str, ...]:
    """The marks in what was told (:meth:`Persona.told`); what is none of its kinds is left out."""
    marks = []
    for kind, text in told.items():
        if kind in ("name", "road"):
            marks.append(sound_mark(kind, text))
        elif kind == "employer":
            # Two characters of its own and one of its trade: the rest callers shorten.
            marks.append(sound_mark(kind, text[:_HEAD]))
        elif kind in _NUMBERS and (number := _NUMBER.search(text)):
            marks.append(number_mark(_NUMBERS[kind], Decimal(number[0])))
    return tuple(marks)


def told_persona(identity: str, told: Mapping[str, str]) -> Persona:
    """A persona as a planting's record knows it: enough to be matched."""
    return Persona(identity, told.get("name", ""), "", "", "", 0, marks=marks_told(told))
