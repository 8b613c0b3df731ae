"""Firms that ring, and the numbers that they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.calls_leaked.words import firm, script

Generator = np.random.Generator
_HEADS = (
    "130", "131", "132", "133", "135", "136", "137", "138", "139", "150", "151", "152", "155",
    "156", "158", "159", "176", "177", "180", "181", "182", "185", "186", "187", "188", "189",
)  # fmt: skip
_VIRTUAL = ("162", "165", "167", "170", "171")
_AREAS = ("010", "021", "020", "0755", "0571", "028", "027", "025", "029", "0532")
#: How firms that nobody knows show themselves, and how often.
_WAYS: Mapping[str, float] = {
    "rotating": 45, "block": 20, "spoofed": 0, "landline": 15, "mobile": 15, "hidden": 2, "95": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firm:
    """Somebody who rings: what for, with which words, from which numbers.

    ``way`` is ``rotating`` (a new number each time), ``block`` (any of one block), ``spoofed``
    (like the callee's), ``hidden``, or ``fixed`` (one of ``numbers``).
    """

    name: str
    sector: str
    script: str
    way: str
    numbers: tuple[str, ...]
    robot: bool
    names_itself: float

    def caller(self, rng: Generator, callee: str) -> str:
        """The number that it shows to ``callee``."""
        if self.way == "rotating":
            return mobile(rng)
        if self.way == "block":
            return f"{self.numbers[0][:7]}{rng.integers(10_000):04d}"
        if self.way == "spoofed":
            return f"{callee[:7]}{rng.integers(10_000):04d}"
        if self.way == "hidden":
            return ""
        return self.numbers[int(rng.integers(len(self.numbers)))]


def mobile(rng: Generator) -> str:
    """A caller's made-up mobile, one in five a virtual operator's."""
    heads = _VIRTUAL if rng.random() < 0.2 else _HEADS
    return f"{heads[int(rng.integers(len(heads)))]}{rng.integers(10**8):08d}"


def fixed_number(rng: Generator, way: str) -> str:
    """A number that is kept for long: ``landline``, ``400``, ``95``, ``sms`` or a mobile."""
    if way == "landline":
        return f"{_AREAS[int(rng.integers(len(_AREAS)))]}-{rng.integers(20_000_000, 89_999_999)}"
    if way == "400":
        return f"400{rng.integers(6_000_000, 9_999_999)}"
    if way == "95":
        return f"95{rng.integers(100, 999)}"
    if way == "sms":
        return f"106{rng.integers(10**6, 10**9)}"
    return mobile(rng)


def random_firm(rng: Generator, sector: str, spoofed: float) -> Firm:
    """A firm that nobody knows, in ``sector``."""
    ways = dict(_WAYS)
    ways["spoofed"] = spoofed / max(1 - spoofed, 0.01) * sum(_WAYS.values())
    names = list(ways)
    odds = np.array(list(ways.values()))
    way = names[int(rng.choice(len(odds), p=odds / odds.sum()))]
    name = firm(rng)
    count = int(rng.integers(1, 5))
    kept = way if way in ("landline", "95") else "mobile"
    return Firm(
        name,
        sector,
        script(rng, sector, name),
        "fixed" if way in ("landline", "95", "mobile") else way,
        tuple(fixed_number(rng, kept) for _ in range(count)),
        bool(rng.random() < 0.65),
        float(rng.choice([0.0, 0.2, 0.8])),
    )
