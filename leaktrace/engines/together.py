"""The people of several stored lists at once, linked as those of one list would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.engines.occurrences import (
    FURTHER,
    IDENTIFIED,
    Bool,
    Gathered,
    Occurrences,
    Rows,
)
from leaktrace.engines.people import Linked, link_people
from leaktrace.fingerprint.held import HeldList, UInt64
from leaktrace.fingerprint.lookup import FULL_ORDER, PARTIAL_ORDER
from leaktrace.fingerprint.sorting import distinct_sorted
from leaktrace.fingerprint.store import open_held, read_list_rows
from leaktrace.identifiers.kinds import KIND, KINDS

_NOBODY = 0xFFFFFFFF
_CODES = {kind.code: kind.name for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Together:
    """Several lists, row after row, and who is who in all of them.

    Attributes
    ----------
    start : int64[lists + 1]
        Where the rows of each list begin.
    rows, people : int64[k], int64[k]
        Each row with each of its people, by row; people are numbered over all lists.
    count : int
        How many people there are.
    full : bool[count]
        Has a full identifier that is its own.
    flagged : bool[count]
        In one of the lists the mobile stands as made-up ones do, or was never issued.
    nobodies : sequence of int
        For each list its rows with an identifier of which none names anybody: the widely known.
    written : sequence of mapping of kind to uint64[n]
        For each list the distinct tokens of its identifiers as they were written, ascending.
    """

    start: Rows
    rows: Rows
    people: npt.NDArray[np.int64]
    count: int
    full: Bool
    flagged: Bool
    nobodies: Sequence[int]
    written: Sequence[Mapping[str, UInt64]]

    def in_list(self, number: int) -> npt.NDArray[np.int64]:
        """The distinct people of one list, ascending."""
        return np.unique(self.people[self._part(number)])

    def with_rows(self, number: int, chosen: Bool) -> npt.NDArray[np.int64]:
        """The distinct people of the rows of one list that ``chosen`` (bool[its rows]) marks."""
        part = self._part(number)
        keep = chosen[self.rows[part] - self.start[number]]
        return np.unique(self.people[part][keep])

    def _part(self, number: int) -> slice:
        first, last = np.searchsorted(self.rows, self.start[number : number + 2])
        return slice(int(first), int(last))


def link_lists(folders: Sequence[Path]) -> Together:
    """Who is who in the stored lists in ``folders``, made under one key.

    What is said of people within a list (DESIGN.md, "The unit is the person") holds over all of
    them: the result is that of one list with the rows of all. Time and memory grow with the rows.
    """
    parts = [_Stored(folder) for folder in folders]
    start = np.concatenate(([0], np.cumsum([len(part) for part in parts]))).astype(np.int64)
    gathered = _gathered(parts, start)
    linked = link_people(gathered)
    rows, people = _pairs(linked)
    flagged = np.zeros(len(linked), dtype=np.bool_)
    for number, part in enumerate(parts):
        own = linked.person[start[number] : start[number + 1]]
        odd = part.flagged() & (own != _NOBODY)
        flagged[own[odd]] = True
    written = [part.distinct_written() for part in parts]
    nobodies = [
        part.nobodies(linked.person[start[number] : start[number + 1]] != _NOBODY)
        for number, part in enumerate(parts)
    ]
    return Together(start, rows, people, len(linked), linked.full, flagged, nobodies, written)


def _pairs(linked: Linked) -> tuple[Rows, npt.NDArray[np.int64]]:
    rows = np.flatnonzero(linked.person != _NOBODY)
    people = linked.person[rows].astype(np.int64)
    if not len(linked.more_rows):
        return rows, people
    rows = np.concatenate((rows, linked.more_rows))
    people = np.concatenate((people, linked.more_people.astype(np.int64)))
    order = np.argsort(rows, kind="stable")
    return rows[order], people[order]


class _Stored:
    """A stored list as occurrences of tokens."""

    def __init__(self, folder: Path) -> None:
        self._table = read_list_rows(folder)
        self._held: HeldList = open_held(folder)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def column(self, name: str) -> npt.NDArray[Any]:
        """One column of the rows."""
        values: npt.NDArray[Any] = self._table[name].to_numpy()
        return values

    @cached_property
    def occurrences(self) -> dict[str, Occurrences]:
        """The identifiers as they were written, by kind."""
        further = self._further()
        found = {}
        for kind in KINDS:
            if kind.name not in self._table.column_names:
                continue
            tokens = self.column(kind.name)
            rows = np.flatnonzero(tokens)
            tokens = tokens[rows]
            if kind.name in further:
                more_rows, more = further[kind.name]
                rows, tokens = np.concatenate((rows, more_rows)), np.concatenate((tokens, more))
                order = np.argsort(rows, kind="stable")
                rows, tokens = rows[order], tokens[order]
            found[kind.name] = Occurrences(tokens, rows, self._excluded(kind.name, tokens))
        return found

    def distinct_written(self) -> dict[str, UInt64]:
        """The distinct tokens of each kind."""
        return {name: distinct_sorted(one.tokens) for name, one in self.occurrences.items()}

    def weak_tokens(self, kind: str) -> UInt64:
        """For each row of a person without a full identifier that person's (smallest) token of a
        partial kind, written or derived; else 0."""
        tokens = np.zeros(len(self._held.people) + 1, dtype=np.uint64)
        index = self._held.index.get(kind)
        full = self._held.people.full
        if index is not None and full is not None and not full.all():
            # The smallest is written last.
            tokens[index.people[::-1]] = index.tokens[::-1]
            tokens[:-1][full] = 0
        return tokens[self._person()]

    def flagged(self) -> Bool:
        """Rows whose person's mobile stands as made-up ones do, or was never issued."""
        people = self._held.people
        odd = np.append(people.swept | people.never_issued, False)
        marked: Bool = odd[self._person()]
        return marked

    def nobodies(self, linked: Bool) -> int:
        """How many rows have an identifier and are nobody's, where ``linked`` (bool[rows]) marks
        the records of somebody."""
        status = self.column("status")
        own = np.flatnonzero(status != FURTHER)
        if not len(own):
            return 0
        anybody = np.logical_or.reduceat(linked, own)
        return int(np.count_nonzero((status[own] == IDENTIFIED) & ~anybody))

    def _person(self) -> npt.NDArray[np.int64]:
        nobody = len(self._held.people)
        return np.minimum(self.column("person").astype(np.int64), nobody)

    def _excluded(self, kind: str, tokens: UInt64) -> Bool:
        """Widely known identifiers are those written that the index does not have."""
        index = self._held.index.get(kind)
        if not KIND[kind].matched or index is None:
            # Kinds that match nothing are not excluded one by one.
            return np.full(len(tokens), index is None and KIND[kind].matched, dtype=np.bool_)
        at = np.minimum(np.searchsorted(index.tokens, tokens), len(index.tokens) - 1)
        known: Bool = index.tokens[at] != tokens
        return known

    def _further(self) -> dict[str, tuple[Rows, UInt64]]:
        lists = self._table["other_kinds"].combine_chunks()
        counts = np.diff(lists.offsets.to_numpy())
        if not counts.sum():
            return {}
        rows = np.repeat(np.arange(len(self)), counts)
        kinds = lists.flatten().to_numpy()
        tokens = self._table["other_tokens"].combine_chunks().flatten().to_numpy()
        return {
            _CODES[code]: (rows[kinds == code], tokens[kinds == code])
            for code in np.unique(kinds).tolist()
        }


def _gathered(parts: Sequence[_Stored], start: Rows) -> Gathered:
    names = ("table", "status", "registered", "name")
    table, status, registered, name = (
        np.concatenate([np.zeros(0, np.uint64), *[part.column(one) for part in parts]])
        if one == "name"
        else np.concatenate([part.column(one) for part in parts])
        for one in names
    )
    found = [part.occurrences for part in parts]
    written = {
        kind: _joined([one.get(kind) for one in found], start)
        for kind in sorted({kind for one in found for kind in one})
    }
    matched = {kind: one.matched() for kind, one in written.items()}
    bare = np.ones(len(status), dtype=np.bool_)
    for kind in FULL_ORDER:
        if kind in matched:
            bare[matched[kind].rows] = False
    derived = {
        kind: _at_rows(np.concatenate([part.weak_tokens(kind) for part in parts]), bare)
        for kind in PARTIAL_ORDER
    }
    return Gathered(table, status, registered, name, written, matched, derived)


def _joined(found: Sequence[Occurrences | None], start: Rows) -> Occurrences:
    there = [(one, first) for one, first in zip(found, start[:-1], strict=True) if one]
    return Occurrences(
        np.concatenate([one.tokens for one, _ in there]),
        np.concatenate([one.rows + first for one, first in there]),
        np.concatenate([one.excluded for one, _ in there]),
    )


def _at_rows(tokens: UInt64, bare: Bool) -> Occurrences:
    rows = np.flatnonzero(bare & (tokens != 0))
    return Occurrences(tokens[rows], rows, np.zeros(len(rows), dtype=np.bool_))
