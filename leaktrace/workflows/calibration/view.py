"""What the page shows, as plain values; the template only lays them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaktrace.report.charts import Chart
from leaktrace.report.view import Pairs

Cells = tuple[tuple[str, str], ...]
"""Texts, each with a smaller one behind it."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the reliability curve in words; ``style`` is empty where there is too little."""

    range: str
    count: str
    mean: str
    rate: str
    word: str
    style: str


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A picture with what it says; ``keys`` name its lines, ``rows`` are a table beside it."""

    chart: Chart
    notes: tuple[str, ...]
    keys: Pairs = ()
    rows: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure, here and on the worlds that the version was fitted on."""

    name: str
    here: str
    shipped: str
    says: str


@dataclass(frozen=True, slots=True)
class PartTable:
    """The figures by kind of something; ``head`` names the kinds."""

    anchor: str
    name: str
    head: str
    hint: str
    rows: tuple[tuple[str, Cells], ...]


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """The whole page; ``words`` are the fixed texts, by name."""

    language: str
    words: Mapping[str, str]
    facts: Pairs
    notices: tuple[str, ...]
    short: tuple[str, ...]
    reliability: Chart
    curve_notes: tuple[str, ...]
    steps: tuple[StepRow, ...]
    ratio_charts: tuple[ChartPart, ...]
    figures: tuple[FigureRow, ...]
    figure_notes: tuple[str, ...]
    columns: tuple[str, ...]
    parts: tuple[PartTable, ...]
    meaning: tuple[str, ...]
