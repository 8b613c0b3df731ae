"""Who of several batches stands in which tier, each person once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from leaktrace.case.thresholds import CATEGORIES, TIERS
from leaktrace.case.tiering import TieredColumn
from leaktrace.engines.together import Together
from leaktrace.fingerprint.cellstore import filled_cells, knows_filled, read_cells
from leaktrace.fingerprint.store import read_list_rows

_UNASSIGNED = len(TIERS)
_ABSENT = _UNASSIGNED + 1
Levels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """Distinct people of one or more batches.

    Attributes
    ----------
    people : int
        Each counted once, whatever the rows and batches.
    partial_only : int
        Of them, known by a masked number or a name with last digits alone: such may be the same
        person as another one.
    doubtful : int
        Of them, with a mobile that stands as made-up ones do, or was never issued.
    tiers : mapping of tier to int
        Each person in one tier: the most protected one in which one of its rows has a filled cell.
        Those of no tier's column are in none of them.
    unassigned : int
        People of no tier's column.
    categories : mapping of category to int
        People with a filled cell in a column of that category; somebody may be in several.
    identifiers : mapping of kind to int
        Distinct identifiers as they were written.
    nobodies : int
        Rows that count nobody, since all their identifiers are widely known (hotlines, test
        numbers).
    """

    people: int
    partial_only: int
    doubtful: int
    tiers: Mapping[int, int]
    unassigned: int
    categories: Mapping[str, int] = field(default_factory=dict)
    identifiers: Mapping[str, int] = field(default_factory=dict)
    nobodies: int = 0

    @property
    def pieces(self) -> dict[int, int]:
        """People by tier, those of none in the lowest."""
        return {**self.tiers, TIERS[-1]: self.tiers[TIERS[-1]] + self.unassigned}


class PeopleTally:
    """Who stands in which tier, batch by batch."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._levels: dict[int, tuple[npt.NDArray[np.int64], Levels]] = {}
        self._categories: dict[int, dict[str, npt.NDArray[np.int64]]] = {}

    def add(self, number: int, folder: Path, columns: Sequence[TieredColumn]) -> bool:
        """Take in one batch; whether its store tells identifiers from empty cells."""
        people = self._together.in_list(number)
        levels = np.full(len(people), _UNASSIGNED, dtype=np.uint8)
        found: dict[str, npt.NDArray[np.int64]] = {}
        known = True
        if columns:
            cells = read_cells(folder)
            known = knows_filled(cells)
            table = read_list_rows(folder)["table"].to_numpy()
            for column in columns:
                rows = filled_cells(cells, column.position) & (table == column.table)
                own = self._together.with_rows(number, rows)
                before = found.get(column.category)
                found[column.category] = own if before is None else np.union1d(before, own)
        for category, own in found.items():
            at = np.searchsorted(people, own)
            level = TIERS.index(CATEGORIES[category][0])
            levels[at] = np.minimum(levels[at], np.uint8(level))
        self._levels[number] = (people, levels)
        self._categories[number] = found
        return known

    def counted(self, numbers: Sequence[int]) -> PeopleCount:
        """The people of some batches, each once."""
        categories: dict[str, int] = {}
        for category in CATEGORIES:
            sets = [
                self._categories[i][category] for i in numbers if category in self._categories[i]
            ]
            if sets:
                categories[category] = len(np.unique(np.concatenate(sets)))
        counted = self._of(self._level(numbers), categories, self._identifiers(numbers))
        return replace(counted, nobodies=self._nobodies(numbers))

    def pieces(
        self, sold: Sequence[Sequence[int]], unsold: Sequence[int]
    ) -> tuple[dict[int, int], PeopleCount]:
        """People by tier, once for each group in ``sold``, once where in none; and the latter."""
        total = dict.fromkeys(TIERS, 0)
        level = self._level(unsold)
        for group in sold:
            theirs = self._level(group)
            level[theirs != _ABSENT] = _ABSENT
            for tier, number in self._of(theirs).pieces.items():
                total[tier] += number
        rest = replace(self._of(level), nobodies=self._nobodies(unsold))
        for tier, number in rest.pieces.items():
            total[tier] += number
        return total, rest

    def _nobodies(self, numbers: Sequence[int]) -> int:
        return sum(self._together.nobodies[i] for i in numbers)

    def _level(self, numbers: Sequence[int]) -> Levels:
        level = np.full(self._together.count, _ABSENT, dtype=np.uint8)
        for number in numbers:
            people, own = self._levels[number]
            level[people] = np.minimum(level[people], own)
        return level

    def _of(
        self,
        level: Levels,
        categories: Mapping[str, int] | None = None,
        identifiers: Mapping[str, int] | None = None,
    ) -> PeopleCount:
        counts = np.bincount(level, minlength=_ABSENT + 1)
        there = level != _ABSENT
        return PeopleCount(
            people=int(there.sum()),
            partial_only=int((there & ~self._together.full).sum()),
            doubtful=int((there & self._together.flagged).sum()),
            tiers={tier: int(counts[i]) for i, tier in enumerate(TIERS)},
            unassigned=int(counts[_UNASSIGNED]),
            categories=categories or {},
            identifiers=identifiers or {},
        )

    def _identifiers(self, numbers: Sequence[int]) -> dict[str, int]:
        written = [self._together.written[i] for i in numbers]
        kinds = sorted({kind for one in written for kind in one})
        return {
            kind: len(np.unique(np.concatenate([one[kind] for one in written if kind in one])))
            for kind in kinds
        }
