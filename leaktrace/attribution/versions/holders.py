"""How often two holders of the same people agree, learnt from people whom references share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leaktrace.attribution.samples import ReferenceSet, sampled_people
from leaktrace.attribution.versions.columns import KINDS, Cells, Pair, paired
from leaktrace.attribution.versions.headers import FACT
from leaktrace.attribution.versions.laws import USUAL, USUAL_TYPED, HolderLaws, drawn_law, mixed
from leaktrace.fingerprint.heldcells import HeldCells
from leaktrace.fingerprint.lookup import NOBODY, match_people

# Fewer shared people tell of chance more than of custom.
_LEAST_SHARED = 20
_MOST_SHARED = 1_000
# Customs are learnt from so many pairs; those that share the most people come first.
_MOST_PAIRS = 60
# The usual laws weigh as much as so many pairs of references: a case with two or three sources
# cannot rule out a fourth with other customs.
_USUAL_PAIRS = 3.0


@dataclass(slots=True)
class HolderCells:
    """The cells of the references of a case.

    Attributes
    ----------
    references : ReferenceSet
    held : mapping
        Source id to the cells of its list, for those that have any.
    """

    references: ReferenceSet
    held: Mapping[str, HeldCells]

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of references with cells that share people, the most shared first."""
        ids = sorted(self.held)
        shared = [
            (-self.references.overlap(one, other), one, other)
            for place, one in enumerate(ids)
            for other in ids[place + 1 :]
        ]
        return [(one, other) for share, one, other in sorted(shared) if share < 0][:_MOST_PAIRS]

    def spoken(self, source: str, others: Sequence[str]) -> float:
        """The part of ``source``'s listed people who are in any of the ``others``' lists."""
        inside = [self.references.inside(source, other) for other in others]
        return float(np.logical_or.reduce(inside).mean()) if inside and len(inside[0]) else 0.0

    def compared(self, one: str, other: str) -> list[Pair]:
        """The columns that two references have in common, over people of both."""
        sample = self.references.sample(one)
        matched = match_people(sample, self.references.held[other])
        both = np.flatnonzero(matched != NOBODY)[:_MOST_SHARED]
        if len(both) < _LEAST_SHARED:
            return []
        mine = sampled_people(self.references.held[one])[both].astype(np.uint32)
        return paired(Cells.of(self.held[one], mine), Cells.of(self.held[other], matched[both]))


def laws_of(holders: HolderCells) -> HolderLaws:
    """The laws of agreement between holders: those of its pairs of references, with the usual ones.

    The rates of the pairs are draws of one law for each kind of column; what each pair showed of a
    column is kept beside it.
    """
    said: dict[str, list[float]] = {kind: [] for kind in KINDS}
    typed: dict[str, list[float]] = {kind: [] for kind in KINDS}
    seen: dict[tuple[str, int], list[float]] = {}
    for one, other in holders.pairs():
        for pair in holders.compared(one, other):
            same = int(pair.same.sum())
            if pair.both.sum() >= _LEAST_SHARED:
                if pair.nature != FACT:
                    said[pair.kind].append(pair.excess)
                for column in ((one, pair.left), (other, pair.right)) if pair.sure else ():
                    seen.setdefault(column, []).append(pair.excess)
            if same >= _LEAST_SHARED / 2:
                typed[pair.kind].append(int(pair.typed.sum()) / same)
    return HolderLaws(
        {kind: drawn_law(said[kind], mixed(USUAL[kind]), _USUAL_PAIRS) for kind in KINDS},
        {kind: drawn_law(typed[kind], mixed(USUAL_TYPED[kind]), _USUAL_PAIRS) for kind in KINDS},
        seen,
    )
