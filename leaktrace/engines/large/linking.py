"""Who is who in a large list: most rows by their parts, the entangled few in memory.

A row that shares no full identifier with another one is a person by itself, whatever else stands in
it. Rows that share just one identifier and hold no other are one person. Those are settled part by
part of the tokens. What is left (rows with several full identifiers of which one is shared, rows
with several ID numbers) is linked in memory by :func:`~leaktrace.engines.people.link_people`, as a
small list would be: whatever reaches those rows is among them, so they come out as they would
there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from leaktrace.engines.large.codes import IDS, MORE, ONE_OTHER, OTHERS, SEEN, WEAK
from leaktrace.engines.large.columns import CHUNK
from leaktrace.engines.large.scatter import PARTS, Scatter
from leaktrace.engines.large.shared import Shared
from leaktrace.engines.large.spill import Spill
from leaktrace.engines.occurrences import Gathered, Occurrences
from leaktrace.engines.people import LINKING, Linked, link_people
from leaktrace.fingerprint.held import UInt32, UInt64
from leaktrace.fingerprint.lookup import HUB_PEOPLE, NOBODY
from leaktrace.identifiers.kinds import ID_NUMBER
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

T = TypeVar("T")
Bool = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]

_THREADS = 2


@dataclass(frozen=True, slots=True)
class People:
    """Who is who.

    Attributes
    ----------
    person : uint32[rows]
        The (first) person of each row, 0xFFFFFFFF where there is none.
    count : int
    full : bool[people]
        Has a full identifier that is its own.
    more_rows, more_people : int64[k], uint32[k]
        Further people of rows that hold several ID numbers.
    several_people : uint32[n]
        The person of each ID number in such rows, in the order of ``Spill.several``.
    duplicates : int
        Identified rows in which everyone was counted before.
    """

    person: UInt32
    count: int
    full: Bool
    more_rows: Int64 = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    more_people: UInt32 = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))
    several_people: UInt32 = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))
    duplicates: int = 0


def in_parts(work: Callable[[int], T]) -> Iterator[T]:
    """``work(part)`` for each part, in their order, on both cores."""
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting = [pool.submit(work, number) for number in range(_THREADS + 1)]
        for number in range(PARTS):
            yield waiting.pop(0).result()
            if number + _THREADS + 1 < PARTS:
                waiting.append(pool.submit(work, number + _THREADS + 1))


class Linking:
    """Links the rows of a spilled list; ``progress`` is told of each part that was looked at."""

    def __init__(self, spill: Spill, progress: Progress = SILENT) -> None:
        self._spill = spill
        self._codes = spill.codes
        self._named = spill.named > 0
        self._progress = progress
        rows = len(spill)
        # The first row of the person of each row; first each row itself.
        self._root = np.arange(rows, dtype=np.uint32)
        self._root[self._codes & (IDS | OTHERS | WEAK) == 0] = NOBODY
        self._tangled = self._codes & IDS == 2

    def people(self) -> People:
        """Link all rows and number their people by first appearance."""
        kinds = [kind for kind in (*LINKING, ID_NUMBER.name) if kind in self._spill.matched]
        self._progress.begin(_("linking people"), PARTS * (len(kinds) + 1))
        for kind in LINKING:
            self._settle_kind(kind, self._settle)
        self._settle_kind(ID_NUMBER.name, self._settle_ids)
        self._settle_parts(self._spill.weak, self._settle_weak)
        self._spill.weak.remove()
        rows = np.flatnonzero(self._tangled)
        linked = link_people(self._tangled_list(rows)) if len(rows) else None
        people = self._numbered(rows, linked)
        self._progress.end()
        return people

    def _settle_kind(self, kind: str, settle: Callable[[Shared], None]) -> None:
        if kind in self._spill.matched:
            self._settle_parts(self._spill.matched[kind], settle)

    def _settle_parts(self, scatter: Scatter, settle: Callable[[Shared], None]) -> None:
        def work(number: int) -> None:
            shared = Shared.of(*scatter.part(number))
            if shared is not None:
                settle(shared)

        for _done in in_parts(work):
            self._progress.advance()

    def _settle(self, shared: Shared) -> None:
        """Shared identifiers of a kind that links rows without an ID number."""
        codes = self._codes[shared.rows]
        # Rows with an ID number are whoever that says.
        idle = shared.all(codes & IDS > 0)
        alone = shared.all(codes & (IDS | OTHERS) == ONE_OTHER)
        if self._named:
            # Beside many names an identifier may name nobody.
            alone &= shared.sizes <= HUB_PEOPLE
        self._tangled[shared.members(~idle & ~alone)] = True
        self._one_each(shared, alone)

    def _settle_ids(self, shared: Shared) -> None:
        """Shared ID numbers, once all other kinds are settled."""
        single = shared.all((self._codes[shared.rows] & IDS == 1) & ~self._tangled[shared.rows])
        self._tangled[shared.members(~single)] = True
        self._one_each(shared, single)

    def _settle_weak(self, shared: Shared) -> None:
        """Shared weaker identifiers of rows that have nothing else."""
        self._root[shared.rows] = shared.first_rows()

    def _one_each(self, shared: Shared, groups: Bool) -> None:
        """The rows of each of these identifiers are one person."""
        mine = groups[shared.group]
        self._root[shared.rows[mine]] = shared.first_rows()[mine]

    def _tangled_list(self, rows: Int64) -> Gathered:
        """The rows that are linked in memory, as a list."""
        matched = {}
        for kind in (ID_NUMBER.name, *LINKING):
            if kind not in self._spill.matched:
                continue
            found = list(in_parts(partial(self._tangled_pairs, self._spill.matched[kind])))
            tokens = np.concatenate([one for one, _ in found])
            at = np.concatenate([one for _, one in found])
            if kind == ID_NUMBER.name:
                # The first ID number of a row is its person: here their order counts.
                several = self._spill.several
                single = self._codes[at] & IDS == 1
                tokens = np.concatenate((tokens[single], several.tokens.array()))
                at = np.concatenate((at[single], several.rows.array()))
            order = np.argsort(at, kind="stable")
            place = np.searchsorted(rows, at[order])
            if len(place):
                matched[kind] = Occurrences(
                    tokens[order], place, np.zeros(len(place), dtype=np.bool_)
                )
        count = len(rows)
        return Gathered(
            table=np.zeros(count, dtype=np.uint16),
            status=np.zeros(count, dtype=np.uint8),
            registered=np.zeros(count, dtype=np.int32),
            names=self._names(rows),
            written=matched,
            matched=matched,
            derived={},
        )

    def _tangled_pairs(self, scatter: Scatter, number: int) -> tuple[UInt64, Int64]:
        tokens, rows = scatter.part(number)
        mine = self._tangled[rows]
        return tokens[mine], rows[mine].astype(np.int64)

    def _names(self, rows: Int64) -> UInt64:
        names = np.zeros(len(rows), dtype=np.uint64)
        if "name" in self._spill.columns:
            start = 0
            for chunk in self._spill.columns["name"].chunks():
                low, high = np.searchsorted(rows, (start, start + len(chunk)))
                names[low:high] = chunk[rows[low:high] - start]
                start += len(chunk)
        return names

    def _numbered(self, tangled: Int64, linked: Linked | None) -> People:
        # In place: once a row is passed, its root is its person.
        person = self._root
        births = np.zeros(len(tangled), dtype=np.int64)
        leads = births > 0
        if linked is not None:
            births = np.bincount(linked.first_row, minlength=len(tangled))
            leads = linked.first_row[linked.person] == np.arange(len(tangled))
        before = np.zeros(len(tangled), dtype=np.int64)
        full: list[Bool] = [np.zeros(0, dtype=np.bool_)]
        count, duplicates = 0, _Duplicates()
        for start in range(0, len(person), CHUNK):
            root = person[start : start + CHUNK].copy()
            codes = self._codes[start : start + len(root)]
            there = root != NOBODY
            new: Any = root == np.arange(start, start + len(root), dtype=np.uint32)
            known = np.flatnonzero(there & ~new)
            fresh = new
            low, high = np.searchsorted(tangled, (start, start + len(root)))
            if low < high:
                fresh, new = new.copy(), new.astype(np.int64)
                new[tangled[low:high] - start] = births[low:high]
                fresh[tangled[low:high] - start] = leads[low:high]
            upto = np.cumsum(new, dtype=np.uint32)
            number = upto - new + np.uint32(count)
            before[low:high] = number[tangled[low:high] - start]
            inside = root[known] >= start
            for rows, numbers, begin in (
                (known[inside], number, start),
                (known[~inside], person, 0),
            ):
                number[rows] = numbers[root[rows] - np.uint32(begin)]
            number[~there] = NOBODY
            person[start : start + len(root)] = number
            full.append(np.repeat(codes & (IDS | OTHERS) != 0, new))
            duplicates.add(codes, there & (new == 0), fresh)
            count += int(upto[-1])
        people = People(person, count, np.concatenate(full), duplicates=duplicates.count)
        return people if linked is None else self._with_tangled(people, tangled, linked, before)

    def _with_tangled(
        self, people: People, tangled: Int64, linked: Linked, before: Int64
    ) -> People:
        """``before`` tells how many people there were when each entangled row came."""
        same = np.searchsorted(linked.first_row, linked.first_row)
        number = before[linked.first_row] + np.arange(len(linked)) - same
        people.person[tangled] = number[linked.person]
        people.full[number] = linked.full
        ids = linked.id_index
        place = np.searchsorted(ids.tokens, self._spill.several.tokens.array())
        return replace(
            people,
            more_rows=tangled[linked.more_rows],
            more_people=number[linked.more_people].astype(np.uint32),
            several_people=number[ids.people[place]].astype(np.uint32),
        )


class _Duplicates:
    """Counts the identified rows in which everyone was counted before."""

    def __init__(self) -> None:
        self.count = 0
        self._last = False

    def add(self, codes: npt.NDArray[np.uint8], known: Bool, fresh: Bool) -> None:
        """Consecutive rows: whether somebody is there and nobody new, and whether somebody is."""
        again = known & (codes & SEEN != 0)
        more = codes & MORE != 0
        if not more.any():
            self._last = bool(again[-1])
        else:
            # One more person of a row that is new makes the row one that is no duplicate.
            own = np.maximum.accumulate(np.where(more, -1, np.arange(len(codes))))
            touched = own[more & fresh]
            again[touched[touched >= 0]] = False
            if self._last and bool((touched < 0).any()):
                self.count -= 1
                self._last = False
            if own[-1] >= 0:
                self._last = bool(again[own[-1]])
        self.count += int(np.count_nonzero(again))
