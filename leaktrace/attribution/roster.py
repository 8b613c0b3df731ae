"""The canaries of a case, laid out so that a batch's are found without asking each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.sightings import Sighting, find_canary
from leaktrace.case.records import Canary
from leaktrace.fingerprint.held import HeldList, UInt64
from leaktrace.fingerprint.lookup import full_people
from leaktrace.identifiers.kinds import KIND

Places = npt.NDArray[np.intp]
Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the canaries of a list by their tokens.

    Attributes
    ----------
    canaries : tuple of Canary
    tokens : mapping
        By kind of identifier all their tokens, ascending, and whose each is.
    """

    canaries: tuple[Canary, ...]
    tokens: dict[str, tuple[UInt64, Places]]

    @classmethod
    def of(cls, canaries: Sequence[Canary]) -> Finder:
        """Lay out ``canaries``."""
        tokens = {}
        for kind in sorted({kind for one in canaries for kind in one.tokens}):
            pairs = sorted(
                (token, place)
                for place, one in enumerate(canaries)
                for token in one.tokens.get(kind, ())
            )
            values = np.array([token for token, _place in pairs], dtype=np.uint64)
            tokens[kind] = values, np.array([place for _token, place in pairs], dtype=np.intp)
        return cls(tuple(canaries), tokens)

    def sightings(self, held: HeldList) -> list[tuple[int, Sighting]]:
        """The place of every canary that is seen in ``held``, ascending, with its strongest
        sighting."""
        full = full_people(held)
        partial = not bool(full.all())
        near: set[int] = set()
        for kind, (tokens, owner) in self.tokens.items():
            if kind in held.index and (partial or KIND[kind].full):
                near.update(owner[_inside(held.index[kind].tokens, tokens)].tolist())
        found = ((place, find_canary(self.canaries[place], held, full)) for place in sorted(near))
        return [(place, sighting) for place, sighting in found if sighting is not None]


def _inside(tokens: UInt64, wanted: UInt64) -> Places:
    """Which of ``wanted`` are among ``tokens``; both ascend."""
    if not len(tokens):
        return np.zeros(0, dtype=np.intp)
    place = np.minimum(np.searchsorted(tokens, wanted), len(tokens) - 1)
    return np.flatnonzero(tokens[place] == wanted)


@dataclass(frozen=True, slots=True)
class Roster:
    """The canaries that are planted at any known source.

    Attributes
    ----------
    finder : Finder
        Of these canaries (``c``).
    ids : tuple of str
    carrier, region : int64[c]
    sources : tuple of str
        The sources where any is planted, in order.
    row, column : intp[p]
        Canary and source of each planting, by source and then by canary; each pair comes once.
    moments : float64[p]
        When, the latest that the earliest planting may be.
    days : int64[p]
        The day of the last planting that was told.
    """

    finder: Finder
    ids: tuple[str, ...]
    carrier: Int64
    region: Int64
    sources: tuple[str, ...]
    row: Places
    column: Places
    moments: npt.NDArray[np.float64]
    days: Int64

    def plantings_at(self, place: int) -> slice:
        """The plantings at one of the ``sources``."""
        first, last = np.searchsorted(self.column, (place, place + 1)).tolist()
        return slice(first, last)

    @classmethod
    def of(cls, canaries: Sequence[Canary], sources: Collection[str]) -> Roster:
        """Those of ``canaries`` that are planted at any of ``sources``."""
        used = [one for one in canaries if any(p.source in sources for p in one.plantings)]
        told = {planting.source for one in used for planting in one.plantings}
        names = sorted(one for one in told if one is not None and one in sources)
        places = {name: place for place, name in enumerate(names)}
        moments: dict[tuple[int, int], float] = {}
        days: dict[tuple[int, int], int] = {}
        for row, one in enumerate(used):
            for planting in one.plantings:
                if planting.source is not None and planting.source in places:
                    pair = (places[planting.source], row)
                    latest = planting.planted_at.latest
                    moments[pair] = min(moments.get(pair, latest), latest)
                    days[pair] = planting.planted_at.day
        pairs = sorted(moments)
        column, row_of = np.array(pairs, dtype=np.intp).reshape(len(pairs), 2).T
        return cls(
            Finder.of(used),
            tuple(one.id for one in used),
            np.array([one.carrier for one in used], dtype=np.int64),
            np.array([one.region for one in used], dtype=np.int64),
            tuple(names),
            row_of,
            column,
            np.array([moments[pair] for pair in pairs]),
            np.array([days[pair] for pair in pairs], dtype=np.int64),
        )
