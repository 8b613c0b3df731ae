"""What identifies a person: recognise, normalise, mask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaktrace.identifiers.cell import recognise_cell
    from leaktrace.identifiers.column import ColumnMatch, recognise_column
    from leaktrace.identifiers.damage import count_damaged, looks_damaged
    from leaktrace.identifiers.masking import mask_text
    from leaktrace.identifiers.names import (
        looks_like_name,
        name_share,
        normalise_name,
        normalise_names,
    )
    from leaktrace.identifiers.partial import last4, mask_ids, mask_mobiles
    from leaktrace.identifiers.recogniser import Identifier
    from leaktrace.identifiers.segments import (
        CARRIERS,
        carrier_of,
        never_issued,
        region_of,
    )
    from leaktrace.identifiers.sweep import made_up_share, swept
    from leaktrace.identifiers.wellknown import is_well_known

    REGIONS: tuple[str, ...]

_HOMES = {
    "CARRIERS": "segments",
    "ColumnMatch": "column",
    "Identifier": "recogniser",
    "REGIONS": "segments",
    "carrier_of": "segments",
    "count_damaged": "damage",
    "is_well_known": "wellknown",
    "last4": "partial",
    "looks_damaged": "damage",
    "looks_like_name": "names",
    "made_up_share": "sweep",
    "mask_ids": "partial",
    "mask_mobiles": "partial",
    "mask_text": "masking",
    "name_share": "names",
    "never_issued": "segments",
    "normalise_name": "names",
    "normalise_names": "names",
    "recognise_cell": "cell",
    "recognise_column": "column",
    "region_of": "segments",
    "swept": "sweep",
}

__all__ = [
    "CARRIERS",
    "REGIONS",
    "ColumnMatch",
    "Identifier",
    "carrier_of",
    "count_damaged",
    "is_well_known",
    "last4",
    "looks_damaged",
    "looks_like_name",
    "made_up_share",
    "mask_ids",
    "mask_mobiles",
    "mask_text",
    "name_share",
    "never_issued",
    "normalise_name",
    "normalise_names",
    "recognise_cell",
    "recognise_column",
    "region_of",
    "swept",
]


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for: Arrow and numpy are not light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
