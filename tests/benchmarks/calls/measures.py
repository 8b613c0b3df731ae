"""How well groups agree with the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Of the pairs that were put together, the share that belongs together; of those that belong
    together, the share that was put together; and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def pairwise(truth: Sequence[Hashable], groups: Sequence[int]) -> Pairwise:
    """The agreement of ``groups`` (-1: in no group) with ``truth``."""
    apart = [group if group >= 0 else -1 - at for at, group in enumerate(groups)]
    both = _pairs(Counter(zip(truth, apart, strict=True)))
    put, belong = _pairs(Counter(apart)), _pairs(Counter(truth))
    f1 = 2 * both / (put + belong) if put + belong else 1.0
    return Pairwise(both / put if put else 1.0, both / belong if belong else 1.0, f1)


def _pairs(counts: Counter[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
