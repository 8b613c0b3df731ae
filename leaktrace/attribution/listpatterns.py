"""In which of the reference lists the people of a batch stand, and those of each list itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from leaktrace.attribution import patterns
from leaktrace.attribution.matching import Members
from leaktrace.attribution.patterns import PatternTable
from leaktrace.attribution.samples import ReferenceSet

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_ENOUGH = 50


def patterns_among(
    references: ReferenceSet,
    lists: tuple[str, ...],
    members: Mapping[str, Members],
    seen: Mapping[str, Bools],
    watched: Bools,
    misfit: float,
) -> tuple[PatternTable, Floats, Floats]:
    """The patterns of a batch's people over ``lists``.

    Parameters
    ----------
    references : ReferenceSet
    lists : tuple of str
        Sources with a list, bit by bit.
    members : mapping
        Who of the batch is in each of them.
    seen : mapping
        For each of them bool[people]: of whom it could be seen.
    watched : bool[people]
        Of whom it could be seen in any reference at all.
    misfit : float
        See :func:`leaktrace.attribution.patterns.component`.

    Returns
    -------
    table : PatternTable
    parts : float64[lists, m]
        P(pattern | list).
    rest : float64[m]
        P(pattern | in no list).
    """
    inside = np.zeros((len(watched), len(lists)), dtype=bool)
    for bit, one in enumerate(lists):
        inside[members[one].rows, bit] = True
    visible = np.column_stack([seen[one] for one in lists]) if lists else inside
    if not lists:
        table = patterns.table_of(inside, visible)
        return table, np.zeros((0, len(table.counts))), np.ones(len(table.counts))
    table = patterns.table_of(inside[watched], visible[watched])
    loose = patterns.independent(table)
    parts = [
        patterns.component(table, _own(references, one, lists, members[one]), misfit, loose)
        for one in lists
    ]
    return table, np.vstack(parts), patterns.nowhere(table, misfit, loose)


def _own(
    references: ReferenceSet, source: str, lists: tuple[str, ...], members: Members
) -> PatternTable:
    """Patterns of ``source``'s own people, weighted to look like those of them in the batch."""
    size = len(references.sample(source).people)
    codes = np.zeros(size, dtype=np.int64)
    complete = np.ones(size, dtype=bool)
    for bit, one in enumerate(lists):
        if one == source:
            codes |= 1 << bit
        else:
            codes[references.rows(source, one)] |= 1 << bit
        complete &= references.seen(source, one)
    taken = np.unique(members.people)
    weights = references.look(source).weights(references.held[source].people, taken)
    if complete.sum() >= _ENOUGH and not complete.all():
        codes, weights = codes[complete], weights[complete]
    kinds = 1 << len(lists)
    counts = np.bincount(codes, weights, minlength=kinds).astype(np.float64)
    everything = np.full(kinds, kinds - 1, dtype=np.uint32)
    return PatternTable(np.arange(kinds, dtype=np.uint32), everything, counts)
