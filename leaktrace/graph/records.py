"""What the graph asks of a case."""

from __future__ import annotations

from typing import Protocol

from leaktrace.case.records import Batch, Canary, Source


class CaseRecords(Protocol):
    """The records of a case, without lists, keys or identities."""

    def sources(self) -> tuple[Source, ...]:
        """Every registered source."""

    def canaries(self) -> tuple[Canary, ...]:
        """Every canary with its plantings."""

    def batches(self) -> tuple[Batch, ...]:
        """Every sighting of a list."""
