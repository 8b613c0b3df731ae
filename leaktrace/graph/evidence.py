"""The sentence of a piece of evidence as it may leave the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leaktrace.attribution.result import Evidence
from leaktrace.graph.names import shown_text
from leaktrace.messages import _

FEWEST = 5
"""Overlaps below this many people are not told: a person could be singled out."""

_OURS = ("canary.", "control.", "call.")
_PEOPLE_KEYS = frozenset({"common", "matched", "overlap", "people", "shared"})


def evidence_text(evidence: Evidence) -> str:
    """The sentence of ``evidence``; one that counts one to four people does not give the number.

    The model's own sentences say ``<5`` already; this is for every other writer of evidence.
    """
    if _counts_few(evidence) and f"<{FEWEST}" not in evidence.text:
        return _(
            "Fewer than five people of this list speak to {source} here; the number is not shown, "
            "so that nobody can be singled out."
        ).format(source=shown_text(evidence.source))
    return shown_text(evidence.text)


def _counts_few(evidence: Evidence) -> bool:
    if evidence.code.startswith(_OURS):
        return False
    return any(_few(value) for value in _people_counts(evidence.detail))


def _people_counts(detail: Mapping[str, Any]) -> list[Any]:
    return [value for key, value in detail.items() if key in _PEOPLE_KEYS]


def _few(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < FEWEST
