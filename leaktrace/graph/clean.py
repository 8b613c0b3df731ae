"""Attribute values that GraphML, GEXF and JSON all take and give back."""

from __future__ import annotations

import math
from collections.abc import Mapping

from leaktrace.graph.names import shown_text

Value = str | int | float | bool


def clean(attributes: Mapping[str, object]) -> dict[str, Value]:
    """``attributes`` without what is unknown (None, NaN), floats at four significant digits.

    networkx fails on None and on lists, and writes control characters to GEXF that nothing reads.
    """
    cleaned = {name: _clean_value(value) for name, value in attributes.items()}
    return {name: value for name, value in cleaned.items() if value is not None}


def _clean_value(value: object) -> Value | None:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return float(f"{value:.4g}") if math.isfinite(value) else None
    if isinstance(value, tuple | list):
        return "; ".join(shown_text(str(item)) for item in value)
    return shown_text(str(value))
