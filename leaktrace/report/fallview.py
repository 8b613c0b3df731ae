"""A waterfall, laid out, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FallBar:
    """One row of a waterfall; ``x`` and ``width`` are its bar's."""

    y: float
    x: float
    width: float
    style: str
    label: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class FallMark:
    """A mark on the scale of a waterfall, in powers of ten."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class FallView:
    """The waterfall of one source, laid out; ``beyond`` is where the version's bound stands."""

    anchor: str
    name: str
    description: str
    width: float
    height: float
    middle: float
    left: float
    right: float
    beyond: float
    bars: tuple[FallBar, ...]
    marks: tuple[FallMark, ...]
