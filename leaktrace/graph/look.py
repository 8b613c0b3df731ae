"""Where Gephi draws each node, and in which colour."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

COLUMN = {"canary": 0, "source": 1, "unknown": 1, "batch": 2, "seller": 3, "offer": 4, "claim": 5}
COLOUR = {
    "canary": (214, 158, 46),
    "source": (43, 108, 176),
    "unknown": (113, 128, 150),
    "batch": (197, 48, 48),
    "seller": (128, 90, 213),
    "offer": (49, 151, 149),
    "claim": (160, 174, 192),
}
_COLUMN_STEP, _ROW_STEP = 400.0, 40.0


def placed(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy of ``graph`` in columns, coloured by type, with edge ids, for a GEXF file."""
    drawn = graph.copy()
    filled: Counter[int] = Counter()
    for _node, attributes in drawn.nodes(data=True):
        kind = attributes["type"]
        column = COLUMN[kind]
        red, green, blue = COLOUR[kind]
        attributes["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "position": {
                "x": column * _COLUMN_STEP,
                "y": -filled[column] * _ROW_STEP,
                "z": 0.0,
            },
            "size": 14.0 if kind in ("source", "unknown") else 10.0,
        }
        filled[column] += 1
    for _start, _end, key, attributes in drawn.edges(keys=True, data=True):
        attributes["id"] = key
        attributes["label"] = attributes["relation"]
    return drawn
