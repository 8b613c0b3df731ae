"""A list that was opened and understood, ready to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from leaktrace.intake.blocks import Warning
from leaktrace.intake.recognition import CountedBlock
from leaktrace.intake.understanding import TablePlan


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """One table: ``blocks`` reads it once, given its number in the reading; ``sheet`` is masked."""

    sheet: str | None
    plan: TablePlan
    width: int
    blocks: Callable[[int], Iterator[CountedBlock]]

    def columns(self) -> tuple[int, list[str | None]]:
        """Its width, and the headers of its columns as typed."""
        return self.width, [column.header for column in self.plan.columns]


@dataclass(frozen=True, slots=True)
class OpenedList:
    """The tables of one file.

    ``facts`` (JSON-able) and ``warnings`` are complete once the tables are read.
    """

    form: str
    tables: Iterable[OpenedTable]
    facts: dict[str, Any] = field(default_factory=dict)
    warnings: list[Warning] = field(default_factory=list)
