"""In which reference lists a person stands: patterns, and the apparent shares that explain them.

A person's pattern is one bit for each reference list looked at. Each list ``t`` is a component
whose pattern probabilities are the frequencies among ``t``'s own members, so the overlaps between
sources are in it by construction; one more component stands in no list at all. The mixture's
weights are *apparent* shares: the part of the batch whose people look drawn from that list. Who
put them there, the source, its twin, or an unseen source that overlaps it, is decided later
(:mod:`leaktrace.attribution.hypotheses`), because a pattern alone cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PatternTable:
    """The distinct patterns of a batch.

    Attributes
    ----------
    values, masks : uint32[m]
        Bit ``k`` of ``values`` is set where the person is in list ``k``; bit ``k`` of ``masks``
        where that could be seen at all (a person outside a sketch's sample is missing).
    counts : float64[m]
        People with that pattern.
    """

    values: npt.NDArray[np.uint32]
    masks: npt.NDArray[np.uint32]
    counts: Floats

    @property
    def people(self) -> float:
        """People in all."""
        return float(self.counts.sum())


def table_of(
    inside: npt.NDArray[np.bool_],
    seen: npt.NDArray[np.bool_],
    weights: Floats | None = None,
) -> PatternTable:
    """The pattern table of ``inside`` (bool[n, k]) where ``seen`` (bool[n, k]), each row weighing
    ``weights`` (float64[n], 1 by default)."""
    powers = (1 << np.arange(inside.shape[1], dtype=np.uint64)).astype(np.uint64)
    values = (inside & seen) @ powers
    masks = seen @ powers
    keys = (masks << np.uint64(32)) | values
    distinct, where = np.unique(keys, return_inverse=True)
    counts = np.bincount(where, weights=weights, minlength=len(distinct)).astype(np.float64)
    return PatternTable(
        (distinct & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        (distinct >> np.uint64(32)).astype(np.uint32),
        counts,
    )


def without_nowhere(table: PatternTable, share: float) -> PatternTable:
    """``table`` without ``share`` of its people, taken from those in no list: made-up people whom
    nobody can single out."""
    if share <= 0 or len(table.counts) == 0:
        return table
    outside = table.values == 0
    spare = table.counts[outside].sum()
    left = max(0.0, 1.0 - share * table.people / max(spare, 1e-9))
    counts = np.where(outside, table.counts * left, table.counts)
    return PatternTable(table.values, table.masks, counts)


def component(
    table: PatternTable, members: PatternTable, misfit: float, loose: Floats | None = None
) -> Floats:
    """P(pattern | a member of this list) for each pattern of ``table``: float64[m].

    ``members`` are the patterns of (a sample of) the list's own people, all bits seen. Bits that
    the batch could not see are summed out. A share ``misfit`` follows independent bits at the
    batch's own rates instead (``loose``, where it is known already), so that no pattern is
    impossible.
    """
    agree = (members.values[None, :] & table.masks[:, None]) == table.values[:, None]
    own: Floats = agree @ members.counts / max(members.people, 1e-12)
    loose = independent(table) if loose is None else loose
    return np.asarray((1.0 - misfit) * own + misfit * loose)


def nowhere(table: PatternTable, misfit: float, loose: Floats | None = None) -> Floats:
    """P(pattern | a person in none of the lists): float64[m]; ``loose`` as in
    :func:`component`."""
    own = (table.values == 0).astype(np.float64)
    loose = independent(table) if loose is None else loose
    return np.asarray((1.0 - misfit) * own + misfit * loose)


def independent(table: PatternTable) -> Floats:
    """P(pattern) if the bits were independent at the batch's own rates: float64[m]."""
    probability = np.ones(len(table.counts))
    for bit in range(int(table.masks.max(initial=0)).bit_length()):
        seen = ((table.masks >> bit) & 1).astype(bool)
        held = ((table.values >> bit) & 1).astype(bool)
        total = table.counts[seen].sum()
        rate = (table.counts[held].sum() + 0.5) / (total + 1.0)
        probability *= np.where(seen, np.where(held, rate, 1.0 - rate), 1.0)
    return probability
