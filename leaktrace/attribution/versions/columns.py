"""Which column of one list is which of another, and how often they say the same of one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.versions.headers import SERIAL, meaning
from leaktrace.fingerprint.held import UInt32, UInt64
from leaktrace.fingerprint.heldcells import CellColumn, HeldCells

Bool = npt.NDArray[np.bool_]
NAME, TEXT, NUMBER, DAY, PLACE, UNREAD = "name", "text", "number", "day", "place", "unread"
#: What a column holds. Of lists whose cells were normalised in an older way it is not known.
KINDS = (NAME, TEXT, NUMBER, DAY, PLACE, UNREAD)
_BY_FORM = (TEXT, NUMBER, DAY, PLACE)
_READ_SINCE = 2
# Fewer people with both cells say nothing of a column.
LEAST_PEOPLE = 8
_FEW = 50
#: An agreement beyond chance from which on two columns surely are one.
SURELY = 0.2


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of some people, one row each, from one list.

    Attributes
    ----------
    columns : sequence of CellColumn
    raw, normal : uint64[people, columns]
        0 where there is none.
    normalised_as : int
        See :class:`leaktrace.fingerprint.heldcells.HeldCells`.
    """

    columns: Sequence[CellColumn]
    raw: UInt64
    normal: UInt64
    normalised_as: int

    @classmethod
    def of(cls, held: HeldCells, people: UInt32) -> Cells:
        """Those of ``people``."""
        raw, normal = held.of(people)
        return cls(held.columns, raw, normal, held.normalised_as)

    def only(self, rows: Bool | npt.NDArray[np.int64]) -> Cells:
        """Those of some of the people."""
        return Cells(self.columns, self.raw[rows], self.normal[rows], self.normalised_as)

    def kinds(self) -> list[str]:
        """What each column holds, by most of its cells."""
        if self.normalised_as < _READ_SINCE:
            return [NAME if column.name else UNREAD for column in self.columns]
        forms = np.where(self.normal == 0, len(_BY_FORM), self.normal & np.uint64(3))
        counts = [np.count_nonzero(forms == form, axis=0) for form in range(len(_BY_FORM))]
        return [
            NAME if column.name else _BY_FORM[most]
            for column, most in zip(self.columns, np.argmax(counts, axis=0).tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Pair:
    """One column of two lists, over the same people.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    left, right : int
        Which column of either list.
    both, same, typed : bool[people]
        Who has both cells; whose say the same, whatever the layout; whose are typed alike.
    chance : float
        The rate at which the cells of different people of the two lists say the same.
    read : bool
        Whether what is said was told from the layout; where it was not, ``same`` is ``typed``.
    sure : bool
        Whether the columns are one by their headers or by what they say; else they are the only
        ones of their kind.
    nature : str
        What the headers say (:mod:`leaktrace.attribution.versions.headers`).
    """

    kind: str
    left: int
    right: int
    both: Bool
    same: Bool
    typed: Bool
    chance: float
    read: bool
    sure: bool
    nature: str

    @property
    def excess(self) -> float:
        """The rate of agreement beyond chance, in [0, 1]."""
        rate = float(self.same.sum() / self.both.sum())
        return min(max((rate - self.chance) / max(1.0 - self.chance, 1e-9), 0.0), 1.0)


def paired(one: Cells, other: Cells) -> list[Pair]:
    """The columns that two lists have in common, as far as the same people's cells tell.

    Columns that agree well beyond chance are the same; of the rest, those of one header, then those
    about the same by their headers; then days and amounts that are the only ones left in either
    list. Columns that number the rows only count where they agree.
    """
    kinds = one.kinds(), other.kinds()
    able = {}
    for i, kind in enumerate(kinds[0]):
        for j, theirs in enumerate(kinds[1]):
            if kind == theirs or (UNREAD in (kind, theirs) and NAME not in (kind, theirs)):
                pair = _pair(kind, one, other, i, j)
                if pair is not None:
                    able[i, j] = pair
    return sorted(_chosen(able, one.columns, other.columns), key=lambda pair: pair.left)


def _pair(kind: str, one: Cells, other: Cells, i: int, j: int) -> Pair | None:
    read = one.normalised_as == other.normalised_as
    a, b = (one.normal[:, i], other.normal[:, j]) if read else (one.raw[:, i], other.raw[:, j])
    both = (a != 0) & (b != 0)
    if both.sum() < LEAST_PEOPLE:
        return None
    same = (a == b) & both
    typed = same & (one.raw[:, i] == other.raw[:, j])
    # Where none of many agree on the same person, different people's cells hardly agree either.
    chance = _chance(a[both], b[both]) if same.any() or both.sum() < _FEW else 0.0
    nature = meaning(other.columns[j].header)[0] or meaning(one.columns[i].header)[0]
    return Pair(kind, i, j, both, same, typed, chance, read, True, nature)


def _chosen(
    able: dict[tuple[int, int], Pair], left: Sequence[CellColumn], right: Sequence[CellColumn]
) -> Iterator[Pair]:
    ranked = sorted(able, key=lambda at: (-able[at].excess * int(able[at].both.sum()), at))
    alike = [at for at in ranked if able[at].excess >= SURELY]
    content = [at for at in ranked if not (_serial(left[at[0]]) or _serial(right[at[1]]))]
    named = [at for at in content if _header(left[at[0]]) == _header(right[at[1]]) != ""]
    about = [at for at in content if _about(left[at[0]]) == _about(right[at[1]]) != ""]
    open_ = set(able)
    for at in (*alike, *named, *about):
        if at in open_:
            yield able[at]
            open_ = {one for one in open_ if one[0] != at[0] and one[1] != at[1]}
    rest = sorted(open_.intersection(content))
    for at in rest:
        rivals = [one for one in rest if one != at and (one[0] == at[0] or one[1] == at[1])]
        apart = _about(left[at[0]]) and _about(right[at[1]])
        # Who writes addresses differently, or in several columns, only seems to contradict.
        if not rivals and not apart and able[at].kind in (DAY, NUMBER):
            yield replace(able[at], sure=False)


def _header(column: CellColumn) -> str:
    return (column.header or "").strip().casefold()


def _about(column: CellColumn) -> str:
    nature, about = meaning(column.header)
    return about if nature else ""


def _serial(column: CellColumn) -> bool:
    return meaning(column.header)[0] == SERIAL


def _chance(a: UInt64, b: UInt64) -> float:
    """The rate at which cells of two different people agree, over all pairs of them."""
    values, counts = np.unique(a, return_counts=True)
    others, theirs = np.unique(b, return_counts=True)
    at = np.searchsorted(others, values).clip(max=len(others) - 1)
    shared = np.where(others[at] == values, theirs[at], 0)
    pairs = float(counts.astype(np.float64) @ shared) - float((a == b).sum())
    return max(pairs, 0.0) / max(len(a) * (len(a) - 1), 1)
