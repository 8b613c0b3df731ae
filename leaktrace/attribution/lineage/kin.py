"""The batches of one lineage: who descends from whom, and who shares an ancestor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leaktrace.attribution.result import Parent

#: From what probability on a parent makes two batches kin: kin are no independent witnesses.
KIN_FROM = 0.3


def kin_of(parents: Mapping[str, Sequence[Parent]]) -> dict[str, frozenset[str]]:
    """For each batch of a lineage its ancestors, its descendants, and what shares an ancestor.

    Parameters
    ----------
    parents : mapping
        By batch, free of cycles (:func:`leaktrace.attribution.lineage.parents.parents_of`).
    """
    import networkx

    tree: networkx.DiGraph[str] = networkx.DiGraph()
    for batch, found in parents.items():
        tree.add_edges_from((one.batch, batch) for one in found if one.posterior >= KIN_FROM)
    below = {one: networkx.descendants(tree, one) for one in tree}
    kin = {}
    for batch in sorted(tree):
        above = networkx.ancestors(tree, batch)
        near = above.union(below[batch], *(below[one] for one in above))
        kin[batch] = frozenset(near - {batch})
    return kin
