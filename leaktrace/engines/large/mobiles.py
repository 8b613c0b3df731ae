"""What the mobiles of a large list say of their people; the numbers wait encrypted."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from leaktrace.engines.large.columns import Column
from leaktrace.engines.occurrences import Occurrences
from leaktrace.fingerprint.held import UInt64
from leaktrace.fingerprint.sorting import first_of_runs
from leaktrace.identifiers.segments import carrier_of, never_issued, region_of
from leaktrace.identifiers.sweep import BLOCK, Crowding, swept_among

Int64 = npt.NDArray[np.int64]

# The fact of a row: its first mobile's region, carrier, and three bits.
THERE, NEVER, SWEPT = 1, 2, 4
CARRIER, REGION = 8, 16

_LOWEST, _HIGHEST = 13_000_000_000, 20_000_000_000
_PARTS = 128
# Whole blocks of 10,000, so that no block stands in two parts. A place in a part has 26 bits: below
# it are 32 bits of the row, and one that tells its first mobile.
_WIDTH = -(-(_HIGHEST - _LOWEST) // _PARTS // BLOCK) * BLOCK
_PLACE, _ROW = np.uint64(33), np.uint64(1)
_FIRST, _ROW_MASK = np.uint64(1), np.uint64(0xFFFFFFFF)
_RUN = 1 << 20
# Neighbours that decide whether a number is swept: 47 on either side, and up to 3 to begin at a
# fourth one.
_AROUND = 64


class SealedWords:
    """Words on the disk under a key that only this process ever has."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._key = secrets.token_bytes(32)
        self._runs: list[tuple[int, bytes, npt.NDArray[np.int64]]] = []

    def write(self, words: UInt64, bounds: npt.NDArray[np.int64]) -> None:
        """One run of words, cut into parts at ``bounds``."""
        nonce = secrets.token_bytes(8) + bytes(8)
        sealed = self._cipher(nonce).update(words.view(np.uint8).data)
        self._runs.append((self._file.tell(), nonce, bounds))
        self._file.write(sealed)

    def close(self) -> None:
        """No more words."""
        self._file.close()

    def part(self, number: int) -> UInt64:
        """All words of one part."""
        found = [np.zeros(0, dtype=np.uint64)]
        with self._path.open("rb") as file:
            for start, nonce, bounds in self._runs:
                first, last = int(bounds[number]), int(bounds[number + 1])
                # Counter mode begins anywhere: at the block of two words that holds the first.
                block, odd = divmod(first, 2)
                file.seek(start + 16 * block)
                sealed = file.read(8 * (last - 2 * block))
                counter = (int.from_bytes(nonce, "big") + block).to_bytes(16, "big")
                words = np.frombuffer(self._cipher(counter).update(sealed), dtype=np.uint64)
                found.append(words[odd:])
        return np.concatenate(found)

    def _cipher(self, counter: bytes) -> Any:
        return Cipher(algorithms.AES(self._key), modes.CTR(counter)).encryptor()


@dataclass(frozen=True, slots=True)
class _Edges:
    """Of the distinct numbers of a part: how many, how many in each block, the outermost."""

    size: int
    blocks: Int64
    counts: Int64
    first: Int64
    last: Int64


class Mobiles:
    """Takes the mobiles of consecutive rows.

    Parameters
    ----------
    folder : Path
        Where they wait: facts of rows (place and carrier of issue) as they are, numbers encrypted
        under a key that is nowhere but in memory.
    """

    def __init__(self, folder: Path) -> None:
        self.facts = Column(folder / "mobile-facts", np.uint32)
        self.numbers = SealedWords(folder / "mobile-numbers")
        self._waiting: list[tuple[UInt64, UInt64]] = []
        self._pending = 0

    def add(self, mobiles: Occurrences, base: int) -> None:
        """Take matched mobiles, with their values; their rows count from ``base``."""
        if not len(mobiles.rows):
            return
        assert mobiles.values is not None
        first = first_of_runs(mobiles.rows)
        values, rows = mobiles.values[first], mobiles.rows[first]
        low = int(rows[0])
        facts = np.zeros(int(rows[-1]) + 1 - low, dtype=np.uint32)
        facts[rows - low] = (
            region_of(values).astype(np.uint32) << np.uint32(REGION)
            | carrier_of(values).astype(np.uint32) << np.uint32(CARRIER)
            | never_issued(values).astype(np.uint32) * np.uint32(NEVER)
            | np.uint32(THERE)
        )
        self.facts.add(facts, base + low)
        words = (mobiles.rows + base).astype(np.uint64) << _ROW | first
        self._waiting.append((mobiles.values, words))
        self._pending += len(mobiles.rows)
        if self._pending >= _RUN:
            self._write()

    def _write(self) -> None:
        values = np.concatenate([one for one, _ in self._waiting])
        words = np.concatenate([one for _, one in self._waiting])
        self._waiting, self._pending = [], 0
        part, place = np.divmod(values - np.uint64(_LOWEST), np.uint64(_WIDTH))
        words |= place << _PLACE
        part = part.astype(np.uint8)
        order = np.argsort(part, kind="stable")
        bounds = np.zeros(_PARTS + 1, dtype=np.int64)
        np.cumsum(np.bincount(part, minlength=_PARTS), out=bounds[1:])
        self.numbers.write(words[order], bounds)

    def finish(self, rows: int) -> None:
        """No more mobiles: ``rows`` rows in all."""
        if self._waiting:
            self._write()
        self.numbers.close()
        self.facts.finish(rows)

    def swept_rows(self, rows: int) -> npt.NDArray[np.bool_]:
        """The rows whose first mobile stands as made-up ones do: bool[rows]."""
        flags = np.zeros(rows, dtype=np.bool_)
        edges = [self._edges(number) for number in range(_PARTS)]
        crowding = Crowding.of(
            np.concatenate([one.blocks for one in edges]),
            np.concatenate([one.counts for one in edges]),
        )
        begin, total = 0, sum(one.size for one in edges)
        for number, one in enumerate(edges):
            if not one.size:
                continue
            distinct, place, words = self._numbers(number)
            before = np.concatenate([distinct[:0], *(e.last for e in edges[:number])])[-_AROUND:]
            # Steps are looked at from every fourth number of the list on.
            before = before[(len(before) - begin) % 4 :]
            after = np.concatenate([distinct[:0], *(e.first for e in edges[number + 1 :])])
            after = after[:_AROUND]
            near = np.concatenate((before, distinct, after))
            last = begin + one.size + len(after) == total
            swept = swept_among(near, crowding, last=last)[len(before) :][: one.size]
            found = words[swept[place] & (words & _FIRST != 0)]
            flags[(found >> _ROW & _ROW_MASK).astype(np.int64)] = True
            begin += one.size
        return flags

    def _edges(self, number: int) -> _Edges:
        distinct, _place, _words = self._numbers(number)
        blocks, counts = np.unique(distinct // BLOCK, return_counts=True)
        first, last = distinct[:_AROUND].copy(), distinct[-_AROUND:].copy()
        return _Edges(len(distinct), blocks, counts, first, last)

    def _numbers(self, number: int) -> tuple[Int64, Int64, UInt64]:
        """The distinct numbers of one part, ascending; the place of each word in them; the words,
        by number and row."""
        words = self.numbers.part(number)
        words.sort()
        places = words >> _PLACE
        first = first_of_runs(places)
        distinct = places[first].astype(np.int64) + (_LOWEST + number * _WIDTH)
        return distinct, np.cumsum(first) - 1, words
