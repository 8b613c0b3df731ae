"""Kinds of evidence that can be left out, to see what is said without them.

What is left out is hidden before anything looks at the case (:func:`as_seen`), or not asked for
(:data:`Settings.without`): a run without a kind of evidence is the run of a case that never had it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.assumed import EVIDENCE_KINDS
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.points import Point
from leaktrace.attribution.pooling import Pooled, pool
from leaktrace.attribution.view import CaseView
from leaktrace.case.records import Batch, Canary, Reference, Source
from leaktrace.fingerprint.held import NO_DAY, HeldList
from leaktrace.fingerprint.heldcells import HeldCells

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
CANARIES, REFERENCES, CELLS, DATES, LINEAGE, OTHER_BATCHES, CLAIMS, _MADE_UP, CALLS = EVIDENCE_KINDS


@dataclass(frozen=True)
class SeenCase:
    """A case without some kinds of evidence; a :class:`CaseView` like the whole one."""

    case: CaseView
    without: frozenset[str]

    def sources(self) -> tuple[Source, ...]:
        """Every registered source."""
        return self.case.sources()

    def canaries(self) -> tuple[Canary, ...]:
        """Every canary, or none."""
        return () if CANARIES in self.without else self.case.canaries()

    def batches(self) -> tuple[Batch, ...]:
        """Every batch, what its seller said struck out where claims are left out."""
        batches = self.case.batches()
        if CLAIMS not in self.without:
            return batches
        return tuple(
            replace(one, claimed_kind="", price="", price_unit="", currency="") for one in batches
        )

    def references(self) -> tuple[Reference, ...]:
        """Every reference list, or none."""
        return () if REFERENCES in self.without else self.case.references()

    def held_batch(self, batch_id: str) -> HeldList:
        """The list of a batch."""
        return self._undated(self.case.held_batch(batch_id))

    def held_reference(self, source_id: str) -> HeldList:
        """The reference list of a source."""
        return self._undated(self.case.held_reference(source_id))

    def cells_batch(self, batch_id: str) -> HeldCells | None:
        """The cells of a batch, or none."""
        return None if CELLS in self.without else self.case.cells_batch(batch_id)

    def cells_reference(self, source_id: str) -> HeldCells | None:
        """The cells of a reference list, or none."""
        return None if CELLS in self.without else self.case.cells_reference(source_id)

    def list_facts(self, batch_id: str) -> Mapping[str, object]:
        """What the intake noted of a batch's own form."""
        return self.case.list_facts(batch_id)

    def _undated(self, held: HeldList) -> HeldList:
        if DATES not in self.without:
            return held
        nowhen = np.full(len(held.people), NO_DAY, dtype=np.int32)
        return replace(held, people=replace(held.people, registered=nowhen))


def as_seen(case: CaseView, without: frozenset[str]) -> CaseView:
    """``case`` as it looks without the kinds of evidence in ``without``."""
    return SeenCase(case, without) if without else case


def pooled_or_alone(
    batches: Sequence[Sequence[Point]],
    premises: Premises,
    without: frozenset[str],
    leaks: Mapping[str, Places],
) -> Pooled:
    """The batches' posteriors, each with what the others say; each by itself where those are left
    out (a twin's state is then the one of the batch that speaks most for the source)."""
    if OTHER_BATCHES not in without:
        return pool(batches, premises, leaks)
    each = [pool([points], premises) for points in batches]
    sources = sorted({source for one in each for source in one.ratios})
    states: dict[str, Floats] = {}
    for one in each:
        for source, state in one.states.items():
            known = states.get(source)
            if known is None or state[1] < known[1]:
                states[source] = state
    return Pooled(
        [one.weights[0] for one in each],
        [one.cavities[0] for one in each],
        states,
        {name: [ratio for one in each for ratio in one.ratios.get(name, ())] for name in sources},
    )
