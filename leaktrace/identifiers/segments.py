"""What a mobile's first digits tell: the carrier of issue, the place, whether it was ever issued.

Sources: the Ministry of Industry's table of network codes and H0 (end of March 2023), and the
carrier and place data of the package ``phonenumbers`` (Apache-2.0, November 2026; the places are
shipped as ``data/regions.npz``, see :mod:`leaktrace.identifiers.data.make_regions`). Numbers are
ported: the carrier is that of issue. The places have nothing for 146, 148, 149, 162, 165-167,
171-175, 190-193 and 195-199.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]

CARRIERS: tuple[str, ...] = (
    "",
    "china-mobile",
    "china-unicom",
    "china-telecom",
    "virtual",
    "china-broadnet",
)
"""Carriers by their index; "" is unknown (satellites, never issued)."""

_SEGMENTS: dict[str, str] = {
    "china-mobile": "134-139 147 148 150-152 157-159 172 178 182-184 187 188 195 197 198",
    "china-unicom": "130-132 145 146 155 156 166 175 176 185 186 196",
    "china-telecom": "133 149 153 173 1740 177 180 181 189-191 193 199",
    "virtual": "162 165 167 170 171",
    "china-broadnet": "192",
}

_NEVER = "140-144 154 160 163 164 168 169 1742-1748 179 194"
"""Codes without any assignment in the table; 140-144 are in use with thirteen digits only."""


def _heads(ranges: str) -> list[int]:
    """The four-digit heads that ``"134-139 1740"`` names."""
    heads: list[int] = []
    for part in ranges.split():
        low, _dash, high = part.partition("-")
        scale = 10 ** (4 - len(low))
        heads.extend(range(int(low) * scale, (int(high or low) + 1) * scale))
    return heads


@cache
def _carriers() -> npt.NDArray[np.uint8]:
    table = np.zeros(10_000, dtype=np.uint8)
    for carrier, ranges in _SEGMENTS.items():
        table[_heads(ranges)] = CARRIERS.index(carrier)
    table[_heads("1349 1741 1749")] = 0
    return table


@cache
def _never() -> npt.NDArray[np.bool_]:
    table = np.zeros(10_000, dtype=np.bool_)
    table[_heads(_NEVER)] = True
    return table


@cache
def _regions() -> tuple[npt.NDArray[np.uint16], tuple[str, ...]]:
    path = files("leaktrace.identifiers") / "data" / "regions.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
        return data["regions"], tuple(str(name) for name in data["names"])


def __getattr__(name: str) -> Any:
    """``REGIONS``, the Chinese names of the places by their index, is read when asked for."""
    if name == "REGIONS":
        return _regions()[1]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _head(mobiles: Numbers, digits: int) -> npt.NDArray[np.intp]:
    return (mobiles // np.uint64(10 ** (11 - digits))).astype(np.intp)


def carrier_of(mobiles: Numbers) -> npt.NDArray[np.uint8]:
    """Index into :data:`CARRIERS` of each mobile's carrier of issue: uint8[n] for uint64[n]."""
    return _carriers()[_head(mobiles, 4)]


def region_of(mobiles: Numbers) -> npt.NDArray[np.uint16]:
    """Index into ``REGIONS`` of each mobile's place of issue, 0 where unknown: uint16[n]."""
    table, _names = _regions()
    return table[_head(mobiles, 7) - 1_300_000]


def never_issued(mobiles: Numbers) -> npt.NDArray[np.bool_]:
    """Which mobiles stand in a segment that was never issued: bool[n] for uint64[n]."""
    return _never()[_head(mobiles, 4)]


def never_issued_share() -> float:
    """The share of never issued numbers among all eleven digits from 1[3-9]."""
    return float(_never()[1300:2000].mean())
