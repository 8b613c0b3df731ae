"""What attribution needs to know of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from leaktrace.case.records import Batch, Canary, Reference, Source
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.heldcells import HeldCells


class CaseView(Protocol):
    """A case, as far as attribution looks at it; ``leaktrace.case.Case`` is one."""

    def sources(self) -> tuple[Source, ...]:
        """Every registered source."""

    def canaries(self) -> tuple[Canary, ...]:
        """Every canary with its plantings."""

    def batches(self) -> tuple[Batch, ...]:
        """Every batch, by the time it was seen."""

    def references(self) -> tuple[Reference, ...]:
        """The current reference of each source that has one."""

    def held_batch(self, batch_id: str) -> HeldList:
        """The fingerprinted list of a batch."""

    def held_reference(self, source_id: str) -> HeldList:
        """The fingerprinted reference list of a source."""

    def cells_batch(self, batch_id: str) -> HeldCells | None:
        """The cells of a batch; None where it has none."""

    def cells_reference(self, source_id: str) -> HeldCells | None:
        """The cells of a source's reference list; None where it has none (a sketch has none)."""

    def list_facts(self, batch_id: str) -> Mapping[str, object]:
        """What the intake noted of a batch's own form."""
