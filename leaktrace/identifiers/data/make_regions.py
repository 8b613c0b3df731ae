"""Makes ``regions.npz`` from the package ``phonenumbers`` (its place data are Apache-2.0).

Run ``python -m leaktrace.identifiers.data.make_regions`` after an update of phonenumbers. The same
data give the same bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

FIRST, LAST = 1_300_000, 2_000_000


def make_regions(path: Path) -> None:
    """Write ``regions`` (uint16[700000], by first seven digits from 1300000 on) and ``names``."""
    from phonenumbers.geodata import GEOCODE_DATA

    places = {
        prefix[2:]: str(texts.get("zh") or texts.get("en"))
        for prefix, texts in GEOCODE_DATA.items()
        if prefix.startswith("861") and len(prefix) <= 9 and "3" <= prefix[3:4] <= "9"
    }
    names = ["", *sorted(set(places.values()))]
    index = {name: number for number, name in enumerate(names)}
    regions = np.zeros(LAST - FIRST, dtype=np.uint16)
    for prefix in sorted(places, key=lambda head: (len(head), head)):
        scale = 10 ** (7 - len(prefix))
        start = int(prefix) * scale - FIRST
        regions[start : start + scale] = index[places[prefix]]
    np.savez_compressed(path, regions=regions, names=np.array(names))


if __name__ == "__main__":
    make_regions(Path(__file__).parent / "regions.npz")
