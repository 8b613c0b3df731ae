"""What a case leaves open: the sources of which it cannot be told whether they contributed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.planning.preposterior import entropy
from leaktrace.attribution.result import BatchFinding, SourceFinding
from leaktrace.attribution.view import CaseView

_OPEN = (0.02, 0.98)


@dataclass(frozen=True, slots=True)
class OpenPair:
    """A source of which it is open whether it contributed to an open batch.

    Attributes
    ----------
    seen : Observation
    finding : SourceFinding
    comparable : bool
        Whether the batch has cells (besides names) that could be compared with the source's own,
        and were not: its list has none.
    """

    seen: Observation
    finding: SourceFinding
    comparable: bool

    @property
    def batch(self) -> str:
        """The batch's id."""
        return self.seen.batch.id

    @property
    def source(self) -> str:
        """The source's id."""
        return self.finding.source


def open_pairs(
    case: CaseView, model: CaseModel, findings: Sequence[BatchFinding]
) -> list[OpenPair]:
    """Every pair that is open, of the batches whose verdict is ``undetermined``."""
    seen = {one.batch.id: one for one in model.observations}
    open_ = [one for one in findings if one.verdict == "undetermined"]
    celled = {one.batch for one in open_ if _has_cells(case, one.batch)}
    return [
        OpenPair(
            seen[batch.batch],
            source,
            batch.batch in celled and source.source not in seen[batch.batch].versions,
        )
        for batch in open_
        for source in batch.sources
        if _OPEN[0] <= source.posterior <= _OPEN[1]
    ]


def open_bits(pairs: Iterable[OpenPair]) -> float:
    """The uncertainty that is left: the entropy of the open pairs, in bits."""
    return sum(entropy(one.finding.posterior) for one in pairs)


def _has_cells(case: CaseView, batch: str) -> bool:
    cells = case.cells_batch(batch)
    return cells is not None and any(not column.name for column in cells.columns)
