"""How such a list is fingerprinted today: pandas, ``.str`` and datasketch with xxhash.

Run by :mod:`tests.benchmarks.bench_fingerprint` in a process of its own:
``python -m tests.benchmarks.usual_way LIST ENCODING``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import xxhash
from datasketch import MinHash

CHUNK = 2_000
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def fingerprint(path: Path, encoding: str) -> tuple[set[str], set[str], MinHash, MinHash]:
    """The sets and the MinHashes of mobiles and ID numbers in a list."""
    table = pd.read_csv(path, dtype=str, encoding=encoding)
    mobiles = normal_mobiles(table["手机号"])
    ids = normal_ids(table["身份证号"])
    return set(mobiles), set(ids), minhash(mobiles.unique()), minhash(ids.unique())


def normal_mobiles(column: pd.Series) -> pd.Series:
    """Eleven digits, without what stands between and before them."""
    plain = (
        column.dropna()
        .str.translate(FULL_WIDTH)
        .str.replace(r"[\s\-.]", "", regex=True)
        .str.replace(r"^(?:\+?86|0086)", "", regex=True)
    )
    return plain[plain.str.fullmatch(r"1[3-9]\d{9}")]


def normal_ids(column: pd.Series) -> pd.Series:
    """Eighteen characters, upper case."""
    plain = column.dropna().str.translate(FULL_WIDTH).str.strip().str.upper()
    return plain[plain.str.fullmatch(r"\d{17}[\dX]")]


def minhash(values: Iterable[str]) -> MinHash:
    """datasketch 2's default scheme, in batches of 2,000."""
    made = MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=xxhash.xxh32_intdigest)
    batch: list[bytes] = []
    for value in values:
        batch.append(value.encode())
        if len(batch) == CHUNK:
            made.update_batch(batch)
            batch.clear()
    made.update_batch(batch)
    return made


if __name__ == "__main__":
    mobiles, ids, *_ = fingerprint(Path(sys.argv[1]), sys.argv[2])
    print(len(mobiles), len(ids))
