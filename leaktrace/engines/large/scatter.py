"""(token, row) pairs in parts by the first bits of the token, on the disk beyond some memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import UInt32, UInt64

PART_BITS = 7
PARTS = 1 << PART_BITS
"""Of 1e8 tokens each part holds 8e5, which are sorted near the cache; with more parts, reading them
back takes longer."""

_SHIFT = np.uint64(64 - PART_BITS)
# Pairs held until they are written as one run. Reading a part back seeks once for each run; a block
# of the usual size is a run by itself.
_RUN = 1 << 18


class Room:
    """Bytes of memory that several scatters may fill before they write to the disk.

    Writing a run takes ten times as long as keeping it.
    """

    def __init__(self, size: int) -> None:
        self._left = size

    def take(self, size: int) -> bool:
        """Whether there is room for ``size`` bytes, which are then taken."""
        if size > self._left:
            return False
        self._left -= size
        return True


@dataclass(frozen=True, slots=True)
class _Run:
    """Pairs by part: in memory, or in the file from ``start`` on; part p is ``bounds[p:p + 2]``."""

    bounds: list[int]
    start: int
    tokens: UInt64 | None = None
    rows: UInt32 | None = None


class Scatter:
    """Takes pairs in the order of their rows and gives them back part by part, in that order.

    Parameters
    ----------
    path : Path
        A file of its own. Tokens are keyed: nothing plain is written.
    room : Room
        Memory to be filled first.
    """

    def __init__(self, path: Path, room: Room) -> None:
        self._path = path
        self._room = room
        self._file = path.open("wb")
        self._waiting: list[tuple[UInt64, UInt32]] = []
        self._pending = 0
        self._runs: list[_Run] = []
        self.count = 0

    def add(self, tokens: UInt64, rows: UInt32) -> None:
        """Take pairs; ``rows`` ascend, within a call and from call to call."""
        if len(tokens):
            self._waiting.append((tokens, rows))
            self._pending += len(tokens)
            self.count += len(tokens)
            if self._pending >= _RUN:
                self._write()

    def finish(self) -> None:
        """No more pairs."""
        if self._waiting:
            self._write()
        self._file.close()

    def _write(self) -> None:
        if len(self._waiting) == 1:
            tokens, rows = self._waiting[0]
        else:
            tokens = np.concatenate([one for one, _ in self._waiting])
            rows = np.concatenate([one for _, one in self._waiting])
        self._waiting, self._pending = [], 0
        part = (tokens >> _SHIFT).astype(np.uint8)
        # A stable argsort of bytes is a counting sort: half the time of sorting the tokens.
        order = np.argsort(part, kind="stable")
        bounds = [0, *np.cumsum(np.bincount(part, minlength=PARTS)).tolist()]
        tokens, rows = tokens[order], _taken(rows, order)
        if self._room.take(tokens.nbytes + rows.nbytes):
            self._runs.append(_Run(bounds, 0, tokens, rows))
            return
        self._runs.append(_Run(bounds, self._file.tell()))
        self._file.write(tokens.view(np.uint8).data)
        self._file.write(rows.view(np.uint8).data)

    def part(self, number: int) -> tuple[UInt64, UInt32]:
        """The pairs of one part, by row; threads may ask side by side."""
        tokens = self.tokens(number)
        rows = np.empty(len(tokens), dtype=np.uint32)
        self._read(number, rows, lambda run: run.rows, 8)
        return tokens, rows

    def tokens(self, number: int) -> UInt64:
        """The tokens of one part, by row."""
        size = sum(run.bounds[number + 1] - run.bounds[number] for run in self._runs)
        tokens = np.empty(size, dtype=np.uint64)
        self._read(number, tokens, lambda run: run.tokens, 0)
        return tokens

    def _read(
        self,
        number: int,
        into: npt.NDArray[Any],
        kept: Callable[[_Run], npt.NDArray[Any] | None],
        after: int,
    ) -> None:
        """Read one part of each run, which stands after so many bytes a pair in the file."""
        width, at = into.itemsize, 0
        data = into.view(np.uint8).data
        with self._path.open("rb", buffering=0) as file:
            for run in self._runs:
                first, last = run.bounds[number], run.bounds[number + 1]
                held = kept(run)
                if held is not None:
                    into[at : at + last - first] = held[first:last]
                elif last > first:
                    file.seek(run.start + after * run.bounds[PARTS] + width * first)
                    file.readinto(data[width * at : width * (at + last - first)])
                at += last - first

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def remove(self) -> None:
        """Give back what it took of the disk and of memory."""
        self.close()
        self._runs = []
        self._path.unlink(missing_ok=True)


def _taken(rows: UInt32, order: npt.NDArray[np.int64]) -> UInt32:
    first, last = int(rows[0]), int(rows[-1])
    if last - first == len(rows) - 1 and bool((rows[1:] > rows[:-1]).all()):
        # Every row is there: its number needs no looking up.
        taken = order.astype(np.uint32)
        taken += np.uint32(first)
        return taken
    return rows[order]
