"""The exact sets of a large list, part by part of the tokens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from leaktrace.engines.build import token_index
from leaktrace.engines.large.arrays import ArrayFile
from leaktrace.engines.large.codes import IDS
from leaktrace.engines.large.linking import People, in_parts
from leaktrace.engines.large.scatter import PART_BITS, PARTS
from leaktrace.engines.large.spill import Spill
from leaktrace.fingerprint.held import TokenIndex, UInt32, UInt64
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.fingerprint.sorting import first_of_runs
from leaktrace.identifiers.kinds import ID_NUMBER, ID_NUMBER_MASKED, KIND
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

_EDGE = np.uint64(64 - PART_BITS)


@dataclass(slots=True)
class Counts:
    """Distinct tokens by kind: in the sets, as they were written, and those of them excluded."""

    distinct: dict[str, int]
    written: dict[str, int]
    excluded: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Part:
    index: TokenIndex
    written: int
    excluded: int


class Indexes:
    """Writes the sets of all kinds into ``folder``, which exists."""

    def __init__(
        self, spill: Spill, people: People, folder: Path, progress: Progress = SILENT
    ) -> None:
        self._spill = spill
        self._people = people
        self._progress = progress
        self._folder = folder
        self.id_token = np.zeros(people.count, dtype=np.uint64)
        self.counts = Counts({}, {}, {})
        ids = spill.several.tokens.array()
        order = np.argsort(ids, kind="stable")
        self._several_ids = (ids[order], people.several_people[order])

    def write(self) -> None:
        """Write them all; what they were made of is removed."""
        spill = self._spill
        names = sorted({*spill.matched, *spill.excluded, *spill.derived})
        self._progress.begin(_("writing exact sets"), PARTS * len(names))
        for name in names:
            self._write_kind(name)
        self._progress.end()

    def _write_kind(self, name: str) -> None:
        files = None
        counts = self.counts
        for part in in_parts(partial(self._part, name)):
            self._progress.advance()
            for kept, number in (
                (counts.distinct, _runs(part.index.tokens)),
                (counts.written, part.written),
                (counts.excluded, part.excluded),
            ):
                if number:
                    kept[name] = kept.get(name, 0) + number
            if len(part.index.tokens):
                if files is None:
                    files = (
                        ArrayFile(self._folder / f"{name}.tokens.npy", np.uint64),
                        ArrayFile(self._folder / f"{name}.people.npy", np.uint32),
                    )
                files[0].add(part.index.tokens)
                files[1].add(part.index.people)
                if name == ID_NUMBER.name:
                    self.id_token[part.index.people] = part.index.tokens
        for file in files or ():
            file.finish()
        for scatters in (self._spill.matched, self._spill.excluded, self._spill.derived):
            if name in scatters:
                scatters[name].remove()

    def _part(self, name: str, number: int) -> _Part:
        spill, kind = self._spill, KIND[name]
        written: list[UInt64] = []
        pairs: list[tuple[UInt64, UInt32]] = []
        if kind.matched and name in spill.matched and name not in spill.derived:
            index = token_index(*self._carried(name, *spill.matched[name].part(number)))
            if name not in spill.excluded:
                # Everything that was written is in the set, and sorted.
                return _Part(index, _runs(index.tokens), 0)
            written.append(index.tokens)
        else:
            for kept in (spill.matched, spill.derived):
                if name in kept:
                    tokens, rows = kept[name].part(number)
                    if kept is spill.matched:
                        written.append(tokens)
                    if kind.matched:
                        pairs.append(self._carried(name, tokens, rows))
            if name == ID_NUMBER_MASKED.name:
                pairs.append(self._several(number))
            index = token_index(
                np.concatenate([np.zeros(0, np.uint64), *(one for one, _ in pairs)]),
                np.concatenate([np.zeros(0, np.uint32), *(one for _, one in pairs)]),
            )
        excluded = np.zeros(0, dtype=np.uint64)
        if name in spill.excluded:
            excluded = np.sort(spill.excluded[name].part(number)[0])
            written.append(excluded)
        return _Part(index, _distinct(written), _distinct([excluded]))

    def _carried(self, name: str, tokens: UInt64, rows: UInt32) -> tuple[UInt64, UInt32]:
        """The (token, person) pairs: everyone of a row carries what stands there.

        Only an ID number is its own person's alone.
        """
        people, more = self._people.person[rows], self._people.more_rows
        if name == ID_NUMBER.name:
            several = np.flatnonzero(self._spill.codes[rows] & IDS == 2)
            known, owners = self._several_ids
            people[several] = owners[np.searchsorted(known, tokens[several])]
        elif len(more):
            start = np.searchsorted(more, rows, side="left")
            repeat = np.searchsorted(more, rows, side="right") - start
            within = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
            further = self._people.more_people[np.repeat(start, repeat) + within]
            tokens = np.concatenate((tokens, np.repeat(tokens, repeat)))
            people = np.concatenate((people, further))
        keep = people != NOBODY
        return (tokens, people) if bool(keep.all()) else (tokens[keep], people[keep])

    def _several(self, number: int) -> tuple[UInt64, UInt32]:
        """One part of the masked ID numbers of rows with several."""
        masked = self._spill.several.masked.array()
        mine = masked >> _EDGE == number
        return masked[mine], self._people.several_people[mine]


def _distinct(parts: list[UInt64]) -> int:
    tokens = [one for one in parts if len(one)]
    if not tokens:
        return 0
    return _runs(np.sort(np.concatenate(tokens)))


def _runs(ascending: UInt64) -> int:
    return int(np.count_nonzero(first_of_runs(ascending)))
