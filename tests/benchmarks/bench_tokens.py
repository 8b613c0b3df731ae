"""Keyed tokens a second on one core, against keyed BLAKE2b in a loop.

``python -m tests.benchmarks.bench_tokens``
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

import numpy as np

from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.kinds import MOBILE

COUNT = 8_000_000
LOOP = 200_000
SECRET = bytes(range(32))


@dataclass(frozen=True, slots=True)
class Result:
    """Tokens a second of each."""

    ours: float
    blake2b: float

    def line(self) -> str:
        """What was found, in words."""
        return (
            f"{self.ours / 1e6:.0f} M tokens/s, keyed BLAKE2b {self.blake2b / 1e6:.2f} M/s: "
            f"{self.ours / self.blake2b:.0f} times"
        )


def measure(count: int = COUNT, loop: int = LOOP, times: int = 5) -> Result:
    """The best of ``times`` runs each, block by block as a list is tokenised."""
    generator = np.random.default_rng(1)
    mobiles = generator.integers(13 * 10**9, 2 * 10**10, min(count, 65_536)).astype(np.uint64)
    blocks = max(1, count // len(mobiles))
    tokeniser = Tokeniser(Key(SECRET))
    texts = [str(number).encode() for number in mobiles[:loop].tolist()]
    texts *= max(1, loop // len(texts))
    ours = min(_tokenise(tokeniser, mobiles, blocks) for _ in range(times))
    theirs = min(_loop(texts) for _ in range(times))
    return Result(blocks * len(mobiles) / ours, len(texts) / theirs)


def _tokenise(tokeniser: Tokeniser, mobiles: np.ndarray, blocks: int) -> float:
    begin = time.perf_counter()
    for _ in range(blocks):
        tokeniser.numbers(mobiles, MOBILE)
    return time.perf_counter() - begin


def _loop(texts: list[bytes]) -> float:
    begin = time.perf_counter()
    for text in texts:
        hashlib.blake2b(text, digest_size=8, key=SECRET).digest()
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(measure().line())
