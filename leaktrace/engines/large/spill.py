"""Blocks of tokens to files in a work folder: what memory keeps of a row is one byte."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from leaktrace.engines.derived import Derived
from leaktrace.engines.gather import Tokens
from leaktrace.engines.growing import Growing
from leaktrace.engines.large.codes import IDS, OTHERS, WEAK, codes_of
from leaktrace.engines.large.columns import Column
from leaktrace.engines.large.mobiles import Mobiles, SealedWords
from leaktrace.engines.large.scatter import Room, Scatter
from leaktrace.engines.occurrences import STATUSES, Occurrences
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.held import NO_DAY
from leaktrace.fingerprint.lookup import NOBODY, PARTIAL_ORDER
from leaktrace.fingerprint.sorting import first_of_runs
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.kinds import (
    ID_NUMBER,
    ID_NUMBER_MASKED,
    ID_NUMBER_SUSPECT,
    MOBILE,
)
from leaktrace.messages import _

ROOM = 640 << 20
"""Bytes of pairs that stay in memory: with them 1e8 mobiles keep well under 2 GiB."""


@dataclass(slots=True)
class SeveralIds:
    """The ID numbers of rows that hold several, in their order, and the masked form of each."""

    rows: Growing = field(default_factory=lambda: Growing(np.int64))
    tokens: Growing = field(default_factory=lambda: Growing(np.uint64))
    masked: Growing = field(default_factory=lambda: Growing(np.uint64))


class Spill:
    """A list as files of tokens.

    Parameters
    ----------
    folder : Path
        Empty; the caller removes it.
    tokeniser : Tokeniser
    kinds : frozenset of str or None
        Only these kinds are derived; None: all.
    rows : bool
        Keep what the record of each row needs.
    facts : bool
        Keep what the mobiles say of their people.
    """

    def __init__(
        self,
        folder: Path,
        tokeniser: Tokeniser,
        kinds: frozenset[str] | None,
        *,
        rows: bool,
        facts: bool,
    ) -> None:
        self.folder = folder
        self.with_rows = rows
        self._tokeniser = tokeniser
        self._kinds = kinds
        self._codes = Growing(np.uint8)
        self.matched: dict[str, Scatter] = {}
        self.excluded: dict[str, Scatter] = {}
        self.derived: dict[str, Scatter] = {}
        self._room = Room(ROOM)
        self.weak = self._scatter("weak")
        self.several = SeveralIds()
        self.columns: dict[str, Column] = {}
        self.first: dict[str, Column] = {}
        self.further: dict[str, tuple[Column, Column]] = {}
        self.mobiles = Mobiles(folder) if facts else None
        self.statuses = np.zeros(STATUSES, dtype=np.int64)
        self.named = self.dated = 0
        self.days: list[int] = []
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="leaktrace-spill")
        self._working: Future[None] | None = None

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def codes(self) -> npt.NDArray[np.uint8]:
        """The byte of each row: uint8[rows]."""
        return self._codes.array()

    def add(self, tokens: Tokens) -> None:
        """Take in consecutive rows; what is done with them is done beside the caller's work."""
        self.settle()
        self._working = self._beside.submit(self._add, tokens)

    def settle(self) -> None:
        """Wait until all rows are taken in."""
        if self._working is not None:
            working, self._working = self._working, None
            working.result()

    def close(self) -> None:
        """Take no more rows, and close the files: the list is not wanted any more."""
        self._beside.shutdown(cancel_futures=True)
        for file in self._files():
            file.close()

    def _files(self) -> Iterator[Scatter | Column | SealedWords]:
        yield self.weak
        for scatters in (self.matched, self.excluded, self.derived):
            yield from scatters.values()
        yield from self.columns.values()
        yield from self.first.values()
        for pair in self.further.values():
            yield from pair
        if self.mobiles is not None:
            yield from (self.mobiles.facts, self.mobiles.numbers)

    def _add(self, tokens: Tokens) -> None:
        base = len(self)
        if base + len(tokens) >= NOBODY:
            raise LeaktraceError(_("a list may have 4,294,967,294 rows at most: split it"))
        self._add_columns(tokens, base)
        matched = {name: found.matched() for name, found in tokens.written.items()}
        names = tokens.names
        if names is None:
            names = np.broadcast_to(np.uint64(0), (len(tokens),))
        derived = Derived(self._tokeniser, matched, names, self._kinds)
        codes = codes_of(tokens, matched)
        made = {name: found.matched() for name, found in derived.items()}
        self._add_weak(codes, matched, made, base)
        several = self._set_aside_ids(codes, matched, base)
        for name, found in tokens.written.items():
            self._pairs(self.matched, name, matched[name], base)
            if found.excluded.any():
                rows = found.rows[found.excluded]
                left = Occurrences(found.tokens[found.excluded], rows, found.excluded[:0])
                self._pairs(self.excluded, name, left, base)
            if self.with_rows:
                self._add_first(name, found, base)
        for name, found in made.items():
            if name == ID_NUMBER_MASKED.name and several.any():
                found = self._set_aside_masked(found, several)
            self._pairs(self.derived, name, found, base)
        if self.mobiles is not None and MOBILE.name in matched:
            self.mobiles.add(matched[MOBILE.name], base)
        self._codes.extend(codes)

    def finish(self) -> None:
        """No more rows."""
        self.settle()
        self._beside.shutdown()
        for scatters in (self.matched, self.excluded, self.derived, {"": self.weak}):
            for scatter in scatters.values():
                scatter.finish()
        for column in (*self.columns.values(), *self.first.values()):
            column.finish(len(self))
        for pair in self.further.values():
            for column in pair:
                column.finish(len(column))
        if self.mobiles is not None:
            self.mobiles.finish(len(self))

    def _add_columns(self, tokens: Tokens, base: int) -> None:
        for status in range(STATUSES):
            self.statuses[status] += int(np.count_nonzero(tokens.status == status))
        if self.with_rows:
            self._column("table", np.uint16).add(tokens.table, base)
            self._column("status", np.uint8).add(tokens.status, base)
        if tokens.names is not None:
            self._column("name", np.uint64).add(tokens.names, base)
            self.named += int(np.count_nonzero(tokens.names))
        there = tokens.registered != NO_DAY
        if there.any():
            days = tokens.registered[there]
            self.dated += len(days)
            self.days = [min([*self.days, int(days.min())]), max([*self.days, int(days.max())])]
            # A row that is passed over reads 0, which must not be a day.
            column = self._column("registered", np.uint32)
            column.add(tokens.registered.astype(np.int64) - NO_DAY, base)

    def _add_weak(
        self,
        codes: npt.NDArray[np.uint8],
        matched: dict[str, Occurrences],
        derived: dict[str, Occurrences],
        base: int,
    ) -> None:
        """The most specific token of each row that has nothing better."""
        open_ = codes & (IDS | OTHERS) == 0
        if not open_.any():
            return
        chosen = np.zeros(len(codes), dtype=np.uint64)
        for kind, kept in (
            *((kind, kept) for kind in PARTIAL_ORDER for kept in (matched, derived)),
            (ID_NUMBER_SUSPECT.name, matched),
        ):
            if kind in kept:
                found = kept[kind]
                take = open_[found.rows] & (chosen[found.rows] == 0) & first_of_runs(found.rows)
                chosen[found.rows[take]] = found.tokens[take]
        rows = np.flatnonzero(chosen)
        codes[rows] |= WEAK
        self.weak.add(chosen[rows], (rows + base).astype(np.uint32))

    def _add_first(self, name: str, found: Occurrences, base: int) -> None:
        """The first identifier of each row in a column; those after it apart."""
        if name not in self.first:
            self.first[name] = Column(self.folder / f"first-{name}", np.uint64)
        first = first_of_runs(found.rows)
        if not len(first):
            return
        low = int(found.rows[0])
        values = np.zeros(int(found.rows[-1]) + 1 - low, dtype=np.uint64)
        values[found.rows[first] - low] = found.tokens[first]
        self.first[name].add(values, base + low)
        if not first.all():
            if name not in self.further:
                self.further[name] = (
                    Column(self.folder / f"further-rows-{name}", np.uint32),
                    Column(self.folder / f"further-{name}", np.uint64),
                )
            rows, tokens = self.further[name]
            rows.add(found.rows[~first] + base, len(rows))
            tokens.add(found.tokens[~first], len(tokens))

    def _set_aside_ids(
        self, codes: npt.NDArray[np.uint8], matched: dict[str, Occurrences], base: int
    ) -> npt.NDArray[np.bool_]:
        """Keep the ID numbers of rows that hold several; which rows these are."""
        several: npt.NDArray[np.bool_] = codes & IDS == 2
        if several.any():
            ids = matched[ID_NUMBER.name]
            mine = several[ids.rows]
            self.several.rows.extend(ids.rows[mine] + base)
            self.several.tokens.extend(ids.tokens[mine])
        return several

    def _set_aside_masked(self, masked: Occurrences, several: npt.NDArray[np.bool_]) -> Occurrences:
        """Keep the masked forms of the same ID numbers; those of the others."""
        mine = several[masked.rows]
        self.several.masked.extend(masked.tokens[mine])
        return Occurrences(masked.tokens[~mine], masked.rows[~mine], masked.excluded[~mine])

    def _pairs(self, kept: dict[str, Scatter], name: str, found: Occurrences, base: int) -> None:
        if name not in kept:
            which = next(n for n in ("matched", "excluded", "derived") if getattr(self, n) is kept)
            kept[name] = self._scatter(f"{which}-{name}")
        rows = np.add(found.rows, base, dtype=np.uint32, casting="unsafe")
        kept[name].add(found.tokens, rows)

    def _scatter(self, name: str) -> Scatter:
        return Scatter(self.folder / name, self._room)

    def _column(self, name: str, dtype: npt.DTypeLike) -> Column:
        if name not in self.columns:
            self.columns[name] = Column(self.folder / f"rows-{name}", dtype)
        return self.columns[name]
