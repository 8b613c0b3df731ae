"""A batch's cells held against those of every source whose people are in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.versions.agreement import Compared, Rival, compare
from leaktrace.attribution.versions.columns import LEAST_PEOPLE, NAME, Cells
from leaktrace.attribution.versions.holders import HolderCells
from leaktrace.attribution.versions.laws import HolderLaws
from leaktrace.attribution.versions.likelihood import Matched, version_evidence
from leaktrace.attribution.versions.ratio import VersionEvidence
from leaktrace.fingerprint.held import UInt32
from leaktrace.fingerprint.heldcells import HeldCells
from leaktrace.fingerprint.lookup import NOBODY

Int64 = npt.NDArray[np.int64]
# More people of one list tell hardly more: its rows are not independent.
_MOST_PEOPLE = 1_500


def versions_of(
    cells: HeldCells | None,
    members: Mapping[str, UInt32],
    real: npt.NDArray[np.bool_],
    coverage: Mapping[str, float],
    holders: HolderCells,
    laws: HolderLaws,
    intraclass: float,
    *,
    names: bool,
) -> dict[str, VersionEvidence]:
    """What the cells of a batch say of each source.

    Parameters
    ----------
    cells : HeldCells or None
        The batch's.
    members : mapping
        Source id to the row of each of the batch's people in its list (uint32[people], 0xFFFFFFFF
        for none).
    real : bool[people]
        Who is not made up.
    coverage : mapping
        Source id to the part of its people who are in its list.
    holders : HolderCells
    laws : HolderLaws
    intraclass : float
        See :func:`leaktrace.attribution.versions.likelihood.version_evidence`.
    names : bool
        Whether names may be compared: not where people were told by them, and by masked numbers.
    """
    there = {
        one: np.flatnonzero((members[one] != NOBODY) & real)
        for one in sorted(members)
        if one in holders.held
    }
    there = {one: rows for one, rows in there.items() if len(rows) >= LEAST_PEOPLE}
    found: dict[str, VersionEvidence] = {}
    if cells is None or not there:
        return found
    looked = _Looked.at(cells, there, members, holders)
    for source in there:
        compared = looked.compared(source)
        columns = tuple(
            replace(one, usual=holders.spoken(source, one.speakers))
            for one in compared.columns
            if names or one.kind != NAME
        )
        matched = Matched(len(there[source]), int(real.sum()), coverage[source], vague=not names)
        evidence = version_evidence(source, columns, matched, laws, intraclass)
        if evidence is not None:
            found[source] = replace(evidence, rivalries=compared.rivalries)
    return found


@dataclass(frozen=True, slots=True)
class _Looked:
    """The cells that are looked at, each read once.

    Attributes
    ----------
    people : int64[k]
        The batch's people of whom some source's cells are looked at, ascending.
    batch : Cells
        Of those.
    chosen : mapping
        Source id to those of them that it is asked about: places in ``people``.
    held : mapping
        Source id to those of them whom its list holds (places in ``people``), and its cells.
    """

    people: Int64
    batch: Cells
    chosen: Mapping[str, Int64]
    held: Mapping[str, tuple[Int64, Cells]]

    @classmethod
    def at(
        cls,
        cells: HeldCells,
        there: Mapping[str, Int64],
        members: Mapping[str, UInt32],
        holders: HolderCells,
    ) -> _Looked:
        some = {one: _evenly(rows) for one, rows in there.items()}
        people = np.unique(np.concatenate(list(some.values())))
        held = {}
        for one in there:
            rows = np.flatnonzero(members[one][people] != NOBODY)
            held[one] = (rows, Cells.of(holders.held[one], members[one][people[rows]]))
        return cls(
            people,
            Cells.of(cells, people.astype(np.uint32)),
            {one: np.searchsorted(people, rows) for one, rows in some.items()},
            held,
        )

    def compared(self, source: str) -> Compared:
        """The batch beside a source's list, and others' lists beside that."""
        chosen = self.chosen[source]
        rivals = [self._rival(one, chosen) for one in self.held if one != source]
        return compare(self.batch.only(chosen), self._of(source, chosen), rivals)

    def _rival(self, source: str, chosen: Int64) -> Rival:
        rows = np.isin(chosen, self.held[source][0], assume_unique=True)
        return Rival(source, rows, self._of(source, chosen[rows]))

    def _of(self, source: str, places: Int64) -> Cells:
        rows, cells = self.held[source]
        return cells.only(np.searchsorted(rows, places))


def _evenly(rows: Int64) -> Int64:
    """At most :data:`_MOST_PEOPLE` of ``rows``, from the first to the last."""
    if len(rows) <= _MOST_PEOPLE:
        return rows
    return rows[np.linspace(0, len(rows) - 1, _MOST_PEOPLE).astype(np.int64)]
