"""The list's own fingerprint: how it was made, which tells of who exported it and of lineage."""

from __future__ import annotations

from leaktrace.intake.profile.maker import Feature, same_maker
from leaktrace.intake.profile.profile import (
    ColumnProfile,
    ListProfile,
    Order,
    Serial,
    TableProfile,
    profile_of,
)

__all__ = [
    "ColumnProfile",
    "Feature",
    "ListProfile",
    "Order",
    "Serial",
    "TableProfile",
    "profile_of",
    "same_maker",
]
