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


def agreements(batch: Cells, source: Cells, rivals: Sequence[Rival]) -> tuple[Agreement, ...]:
    """How a batch and a source's list agree on the same people, column by column.

    Where other references say the same as the source's, nothing is learnt of whose copy the batch
    is: of facts (names, places, texts) those people are left out of ``alone`` and ``apart``.
    """
    pairs = paired(batch, source)
    said = {
        pair.right: _Said.by_nobody(len(batch.raw))
        for pair in pairs
        if pair.kind in _FACTS and pair.read and pair.nature != OWN
    }
    for rival in rivals:
        if not said or rival.rows.sum() < LEAST_PEOPLE:
            continue
        rows = np.flatnonzero(rival.rows)
        for between in paired(source.only(rival.rows), rival.cells):
            if between.left in said and between.read and between.excess >= SURELY:
                one = said[between.left]
                one.spoken[rows[between.both]] = True
                one.denied[rows[between.both & ~between.same]] = True
                one.speakers.append(rival.source)
    return tuple(_agreement(pair, source, said.get(pair.right)) for pair in pairs)


@dataclass(frozen=True, slots=True)
class _Said:
    """Of whom other references speak, of whom one says something else, and which they are."""

    spoken: Bool
    denied: Bool
    speakers: list[str]

    @classmethod
    def by_nobody(cls, people: int) -> _Said:
        return cls(np.zeros(people, dtype=np.bool_), np.zeros(people, dtype=np.bool_), [])


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
