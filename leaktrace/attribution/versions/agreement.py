"""How often a batch says the same of people as a source's list, counted so that it tells most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.versions.columns import (
    LEAST_PEOPLE,
    NAME,
    PLACE,
    SURELY,
    TEXT,
    Cells,
    Pair,
    paired,
)
from leaktrace.attribution.versions.headers import OWN

Bool = npt.NDArray[np.bool_]
# Facts of a person, of which holders differ by errors and by what is out of date.
_FACTS = (NAME, PLACE, TEXT)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One column of a batch and of a source's list, over the people of both who have the cell.

    Attributes
    ----------
    kind : str
        One of :data:`leaktrace.attribution.versions.columns.KINDS`.
    people, same, typed : int
        People; of whom both cells say the same, whatever the layout; of whom both are typed alike.
    chance : float
        The rate at which the cells of different people say the same.
    read : bool
        Whether what is said was told from the layout; where it was not, ``same`` is ``typed``.
    sure : bool
        Whether the columns are surely meant to be the same.
    alone, alone_same : int
        Of them, and of those who say the same, people whom no other reference speaks of.
    apart, apart_same : int
        People of whom another reference says something else than the source's: an error of either,
        or news. Whose errors a batch shares, that copy it is.
    column : int
        Which of the columns of the source's list.
    nature : str
        What the headers say of it (:mod:`leaktrace.attribution.versions.headers`).
    filled : float
        The part of those with the source's cell who have the batch's: a list put together of
        several shows what only one of them had.
    speakers : tuple of str
        The other references that speak of some of them.
    usual : float
        The part of all people of the source's list who are in the speakers' lists.
    """

    kind: str
    people: int
    same: int
    typed: int
    chance: float
    read: bool
    sure: bool
    alone: int
    alone_same: int
    apart: int = 0
    apart_same: int = 0
    column: int = 0
    nature: str = ""
    filled: float = 1.0
    speakers: tuple[str, ...] = ()
    usual: float = 0.0

    @property
    def spoken(self) -> float:
        """The part of the people whom another reference speaks of."""
        return 1.0 - self.alone / self.people


@dataclass(frozen=True, slots=True)
class Rival:
    """Another reference's cells of the same people.

    Attributes
    ----------
    source : str
    rows : bool[people]
        Whom it holds.
    cells : Cells
        Of those.
    """

    source: str
    rows: Bool
    cells: Cells


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Two references that hold the same people of a batch: whose version it carries.

    Attributes
    ----------
    source : str
        The other reference.
    cells : int
        Cells of the batch of which the two say different things.
    own, theirs : int
        In how many of them the batch says what the one, and what the other, says.
    """

    source: str
    cells: int
    own: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A batch's cells beside those of one source's list.

    Attributes
    ----------
    columns : tuple of Agreement
    rivalries : tuple of Rivalry
        For each other reference that contradicts the source's list of somebody in the batch.
    """

    columns: tuple[Agreement, ...]
    rivalries: tuple[Rivalry, ...]


def compare(batch: Cells, source: Cells, rivals: Sequence[Rival]) -> Compared:
    """How a batch and a source's list agree on the same people, column by column.

    Where other references say the same as the source's, nothing is learnt of whose copy the batch
    is: of facts (names, places, texts) those people are left out of ``alone`` and ``apart``.
    """
    pairs = {pair.right: pair for pair in paired(batch, source)}
    said = {
        column: _Said.by_nobody(len(batch.raw))
        for column, pair in pairs.items()
        if pair.kind in _FACTS and pair.read and pair.nature != OWN
    }
    rivalries = []
    for rival in rivals:
        if rival.rows.sum() < LEAST_PEOPLE:
            continue
        shared = paired(source.only(rival.rows), rival.cells)
        shared = [one for one in shared if one.left in pairs and one.read and one.sure]
        rows = np.flatnonzero(rival.rows)
        for between in shared:
            if between.left in said and between.excess >= SURELY:
                said[between.left].by(rival.source, rows, between)
        found = [_rivalry(batch, pairs[one.left], rival, rows, one) for one in shared]
        cells, own, theirs = np.sum(found, axis=0).tolist() if found else (0, 0, 0)
        if cells:
            rivalries.append(Rivalry(rival.source, cells, own, theirs))
    columns = [_agreement(pair, source, said.get(column)) for column, pair in pairs.items()]
    return Compared(tuple(columns), tuple(rivalries))


def _rivalry(
    batch: Cells, pair: Pair, rival: Rival, rows: npt.NDArray[np.int64], between: Pair
) -> tuple[int, int, int]:
    """Cells in which the two lists differ, those that say the one's and those that say the other's,
    in a column."""
    if not pair.read:
        return 0, 0, 0
    cells = batch.normal[rows, pair.left]
    differ = between.both & ~between.same & (cells != 0)
    theirs = cells == rival.cells.normal[:, between.right]
    return int(differ.sum()), int((differ & pair.same[rows]).sum()), int((differ & theirs).sum())


@dataclass(frozen=True, slots=True)
class _Said:
    """Of whom other references speak, of whom one says something else, and which they are."""

    spoken: Bool
    denied: Bool
    speakers: list[str]

    @classmethod
    def by_nobody(cls, people: int) -> _Said:
        return cls(np.zeros(people, dtype=np.bool_), np.zeros(people, dtype=np.bool_), [])

    def by(self, source: str, rows: npt.NDArray[np.int64], between: Pair) -> None:
        """A reference speaks of the people in some ``rows``."""
        self.spoken[rows[between.both]] = True
        self.denied[rows[between.both & ~between.same]] = True
        self.speakers.append(source)


def _agreement(pair: Pair, source: Cells, others: _Said | None) -> Agreement:
    people, same = int(pair.both.sum()), int(pair.same.sum())
    there = int((source.raw[:, pair.right] != 0).sum())
    found = Agreement(
        pair.kind, people, same, int(pair.typed.sum()), pair.chance, pair.read, pair.sure,
        people, same, column=pair.right, nature=pair.nature, filled=people / max(there, 1),
    )  # fmt: skip
    if others is None or not others.speakers:
        return found
    return replace(
        found,
        alone=int((pair.both & ~others.spoken).sum()),
        alone_same=int((pair.same & ~others.spoken).sum()),
        apart=int((pair.both & others.denied).sum()),
        apart_same=int((pair.same & others.denied).sum()),
        speakers=tuple(others.speakers),
    )
