"""(token, row) pairs on the disk, in parts by the first bits of the token."""

from __future__ import annotations

from pathlib import Path

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


class Scatter:
    """Takes pairs in the order of their rows and gives them back part by part, in that order.

    Parameters
    ----------
    path : Path
        A file of its own. Tokens are keyed: nothing plain is written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._waiting: list[tuple[UInt64, UInt32]] = []
        self._pending = 0
        self._starts: list[int] = []
        self._bounds: list[list[int]] = []
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
        self._starts.append(self._file.tell())
        self._bounds.append(bounds)
        self._file.write(tokens[order].view(np.uint8).data)
        self._file.write(_taken(rows, order).view(np.uint8).data)

    def part(self, number: int) -> tuple[UInt64, UInt32]:
        """The pairs of one part, by row; threads may ask side by side."""
        sizes = [bounds[number + 1] - bounds[number] for bounds in self._bounds]
        tokens = np.empty(sum(sizes), dtype=np.uint64)
        rows = np.empty(sum(sizes), dtype=np.uint32)
        token_bytes, row_bytes = tokens.view(np.uint8).data, rows.view(np.uint8).data
        at = 0
        with self._path.open("rb", buffering=0) as file:
            for start, bounds, size in zip(self._starts, self._bounds, sizes, strict=True):
                if size:
                    file.seek(start + 8 * bounds[number])
                    file.readinto(token_bytes[8 * at : 8 * (at + size)])
                    file.seek(start + 8 * bounds[PARTS] + 4 * bounds[number])
                    file.readinto(row_bytes[4 * at : 4 * (at + size)])
                    at += size
        return tokens, rows

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def remove(self) -> None:
        """Give the disk back what it took."""
        self.close()
        self._path.unlink(missing_ok=True)


def _taken(rows: UInt32, order: npt.NDArray[np.int64]) -> UInt32:
    first, last = int(rows[0]), int(rows[-1])
    if last - first == len(rows) - 1 and bool((rows[1:] > rows[:-1]).all()):
        # Every row is there: its number needs no looking up.
        taken = order.astype(np.uint32)
        taken += np.uint32(first)
        return taken
    return rows[order]
