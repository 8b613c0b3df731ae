"""Cells that a spreadsheet program takes for what they are."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """``cell``, marked as text where a spreadsheet program would take it for a formula; the
    full-width signs are taken so by Excel in Chinese and Japanese."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
