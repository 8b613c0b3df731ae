"""Plots laid out for the templates: axes, lines, dots with whiskers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 560.0, 440.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 548.0, 34.0, 386.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on an axis, where it stands in the picture."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line, as an SVG path."""

    path: str
    style: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with the reach of its interval, from ``top`` to ``bottom``."""

    x: float
    y: float
    radius: float
    top: float
    bottom: float
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A few words in the picture."""

    x: float
    y: float
    text: str
    style: str = ""
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """A plot, laid out; ``anchor`` is an id of its own, ``description`` says it in words."""

    anchor: str
    name: str
    description: str
    x_title: str
    y_title: str
    x_marks: tuple[Mark, ...]
    y_marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...] = ()
    labels: tuple[Label, ...] = ()
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values stand in a plot whose axes reach over ``x`` and ``y``; what is beyond them is
    put at the edge."""

    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, value: float) -> float:
        """The place of ``value`` on the horizontal axis."""
        return round(LEFT + _part(value, self.x) * (RIGHT - LEFT), 1)

    def up(self, value: float) -> float:
        """The place of ``value`` on the vertical axis."""
        return round(BOTTOM - _part(value, self.y) * (BOTTOM - TOP), 1)

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        """A line through ``points``."""
        return "M" + "L".join(f"{self.across(x)},{self.up(y)}" for x, y in points)

    def x_marks(self, values: Iterable[tuple[float, str]]) -> tuple[Mark, ...]:
        """Marks on the horizontal axis, of those values that it reaches."""
        return tuple(Mark(self.across(at), text) for at, text in values if _inside(at, self.x))

    def y_marks(self, values: Iterable[tuple[float, str]]) -> tuple[Mark, ...]:
        """Marks on the vertical axis, of those values that it reaches."""
        return tuple(Mark(self.up(at), text) for at, text in values if _inside(at, self.y))


def _part(value: float, ends: tuple[float, float]) -> float:
    return min(max((value - ends[0]) / (ends[1] - ends[0]), 0.0), 1.0)


def _inside(value: float, ends: tuple[float, float]) -> bool:
    return ends[0] - 1e-9 <= value <= ends[1] + 1e-9
