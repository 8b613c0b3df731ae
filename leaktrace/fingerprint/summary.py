"""What is said of a list that was taken in: counts, columns, warnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leaktrace.intake.blocks import ColumnReport, MemberReport, TableReport, Warning


@dataclass(frozen=True, slots=True)
class ListSummary:
    """The counts of a list, as the contract defines them, and how its file was understood.

    ``identifiers`` and ``excluded`` count distinct identifiers by kind, as they were written;
    ``excluded`` are those of them that match nothing: widely known ones, and those that stand above
    or below the rows of people.
    ``facts`` are JSON-able figures about the people (dates, made-up numbers). ``members`` and
    ``counts`` tell of the files and tables that the list was read from.
    """

    sha256: str
    size: int
    rows: int
    identified_rows: int
    unidentified_rows: int
    refused_rows: int
    duplicate_rows: int
    people: int
    identifiers: dict[str, int] = field(default_factory=dict)
    excluded: dict[str, int] = field(default_factory=dict)
    columns: list[ColumnReport] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)
    refusals: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    members: list[MemberReport] = field(default_factory=list)
    counts: list[TableReport] = field(default_factory=list)
