"""Odd weights of places, under which a sum of numbers is as good as the numbers themselves."""

from __future__ import annotations


def row_weight(place: int) -> int:
    """The odd weight of a place in the sum over a row: SplitMix64 of it (Steele et al. 2014)."""
    mask = (1 << 64) - 1
    mixed = (place + 1) * 0x9E3779B97F4A7C15 & mask
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & mask
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & mask
    return (mixed ^ mixed >> 31) | 1
