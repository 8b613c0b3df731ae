"""Which batches show the same people of a source, and so one leak of it.

A leak is sold again and again, by itself and in blends. A canary that was not in it is missing from
all of those lists for one reason, and one that was is there for one reason: they are evidence of
the source once, not once for each list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.observation import Observation
from leaktrace.attribution.result import Related
from leaktrace.fingerprint.lookup import NOBODY

Places = npt.NDArray[np.intp]
# Lists that share so much of the smaller one's people of a source show one leak of it.
_SAME, _FEWEST = 0.5, 5


def leaks_of(
    observations: Sequence[Observation], related: Sequence[Related]
) -> Mapping[str, Places]:
    """For each source with a list, or a surrogate for one, which leak each batch shows (intp, the
    same number for the same leak), for those of which any two batches show the same."""
    import networkx

    places = {seen.batch.id: place for place, seen in enumerate(observations)}
    alike: dict[str, networkx.Graph[int]] = {}
    people: dict[tuple[int, str], npt.NDArray[np.uint32]] = {}
    for pair in related:
        first, second = places[pair.earlier], places[pair.later]
        one, other = observations[first], observations[second]
        for source in sorted({*one.members} & {*other.members}):
            if one.lenders.get(source) != other.lenders.get(source):
                continue  # rows of other lists
            for place, seen in ((first, one), (second, other)):
                if (place, source) not in people:
                    rows = seen.members[source]
                    people[place, source] = np.unique(rows[rows != NOBODY])
            inside, beside = people[first, source], people[second, source]
            shared = len(np.intersect1d(inside, beside, assume_unique=True))
            if shared >= max(_FEWEST, _SAME * min(len(inside), len(beside))):
                alike.setdefault(source, networkx.Graph()).add_edge(first, second)
    found = {}
    for source, graph in sorted(alike.items()):
        leak = np.arange(len(observations))
        for together in networkx.connected_components(graph):
            leak[sorted(together)] = min(together)
        found[source] = leak
    return found
