"""Numbers that everybody knows (test numbers, message centres): counted, never matched."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.kinds import KIND, Kind

_BUCKETS = 1 << 16


@cache
def _known(kind: Kind) -> frozenset[int]:
    text = (files("leaktrace.identifiers") / "data" / "well_known.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return frozenset(int(words[1]) for words in lines if words and KIND[words[0]] is kind)


@cache
def _tables(kind: Kind) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]:
    values = np.array(sorted(_known(kind)), dtype=np.uint64)
    buckets = np.zeros(_BUCKETS, dtype=np.bool_)
    buckets[(values % np.uint64(_BUCKETS)).astype(np.intp)] = True
    return values, buckets


def is_known(kind: Kind, value: int) -> bool:
    """Whether the shipped list holds this one number."""
    return value in _known(kind)


def is_well_known(kind: Kind, values: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Which ``values`` (uint64[n], normal forms of ``kind``) are widely known: bool[n].

    Every hotline is. The low 16 bits sieve first, so that a column of 2e6 takes a few ms.
    """
    if kind.name == "hotline":
        return np.ones(len(values), dtype=np.bool_)
    known, buckets = _tables(kind)
    result = buckets[values.astype(np.uint16)]
    places = np.flatnonzero(result)
    if len(places):
        at = np.searchsorted(known, values[places])
        result[places] = known[np.minimum(at, len(known) - 1)] == values[places]
    return result
