"""Two lists that share people, and how the shared people stand in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import UInt32
from leaktrace.fingerprint.lookup import NOBODY

Bools = npt.NDArray[np.bool_]
_ODD_RUNS = -5.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """The people that a later list has in common with an earlier one.

    Attributes
    ----------
    earlier, later : str
        Batch ids.
    inside : bool[n]
        Who of the later list, in its order, is in the earlier one.
    size : int
        People in the earlier list.
    ascending : bool
        The shared people stand in the same order in both.
    window : bool
        They are the end of one list and the beginning of the other, unbroken in both: two stretches
        of one unseen list, where a buyer who cuts from the earlier list takes any stretch.
    """

    earlier: str
    later: str
    inside: Bools
    size: int
    ascending: bool
    window: bool

    @property
    def people(self) -> int:
        """How many people they share."""
        return int(self.inside.sum())

    @property
    def share(self) -> float:
        """Their share of the later list."""
        return self.people / max(1, len(self.inside))


def overlap_of(earlier: str, later: str, matched: UInt32, size: int) -> Overlap:
    """The overlap of the list of the batch ``earlier``, of ``size`` people, with that of ``later``.

    ``matched`` (uint32[n]) tells who of the earlier list each person of the later one is.
    """
    inside = matched != NOBODY
    places = matched[inside].astype(np.int64)
    steps = np.diff(places)
    ascending = len(steps) >= 3 and float((steps > 0).mean()) > 0.95
    window = _is_window(np.flatnonzero(inside), places, len(inside), size)
    return Overlap(earlier, later, inside, size, ascending, window)


def _is_window(
    later: npt.NDArray[np.int64], earlier: npt.NDArray[np.int64], count: int, size: int
) -> bool:
    """Whether the shared people, at these places in both lists, are unbroken at opposite ends."""
    shared = len(later)
    if shared < 20 or shared > count - 5 or shared > 0.95 * size:
        return False
    first, last = int(earlier.min()), int(earlier.max())
    if shared / (last - first + 1) < 0.9 or _run_score(later, count) > _ODD_RUNS:
        return False
    ends = last >= size - 1 - 0.02 * size and int(later[0]) <= 0.02 * count
    begins = first <= 0.02 * size and int(later[-1]) >= count - 1 - 0.02 * count
    return ends or begins


def _run_score(places: npt.NDArray[np.int64], count: int) -> float:
    """Standard score of the number of runs (Wald and Wolfowitz, 1940): far below 0 where the
    places stand together."""
    shared = len(places)
    share = shared / count
    runs = 1 + 2 * int((np.diff(places) > 1).sum()) + (places[0] > 0) + (places[-1] < count - 1)
    expected = 2 * count * share * (1 - share) + 1
    spread = max(1.0, 2 * share * (1 - share) * count**0.5)
    return float((runs - expected) / spread)
