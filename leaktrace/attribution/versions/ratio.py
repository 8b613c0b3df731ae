"""What the cells say for and against a source's own copy, at any share of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import log
from typing import Any

from leaktrace.attribution.versions.agreement import Agreement, Rivalry
from leaktrace.attribution.versions.columns import LEAST_PEOPLE

# "Cap them, or one tidy list will swear to anything". Of 7,800 pairs with somebody else's copy (24
# worlds of the simulator, 130 cases by other means) 2 reached 10^1.5 at any share and none 10^2,
# where half of the sources' own did: 10^2.5 is within what so many can vouch for. Less is said
# against a source, since who sells a list may retype it and fill columns anew: none of 1,800 pairs
# with its own copy fell below 10^-1.4.
MOST_FOR = 2.5 * log(10.0)
MOST_AGAINST = 2.0 * log(10.0)
#: Shares at which the evidence is worked out.
SHARES: tuple[float, ...] = (
    0.0, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.14, 0.18, 0.22, 0.26, 0.3, 0.35, 0.4, 0.45,
    0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.84, 0.88, 0.91, 0.94, 0.97, 1.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VersionEvidence:
    """The cells of a batch's people who are in a source's list, held against the list's.

    Attributes
    ----------
    curve : tuple of float
        Natural log of the likelihood ratio at each of :data:`SHARES`, capped.
    people : int
        People of the batch who are in the list.
    columns : tuple of Agreement
        What was compared, column by column.
    expected : tuple of float
        For each column, the rate at which another holder's cells are expected to say the same.
    rivalries : tuple of Rivalry
        Whose version it is between this source and others with a list of the same people.
    """

    curve: tuple[float, ...]
    people: int
    columns: tuple[Agreement, ...]
    expected: tuple[float, ...]
    rivalries: tuple[Rivalry, ...] = ()

    def log_ratio(self, share: float) -> float:
        """Natural log of the likelihood ratio "the source's own copy made up ``share`` of the
        batch's real people" against "none of them is its copy"; 0 at 0."""
        if share <= 0.0:
            return 0.0
        high = min(bisect_right(SHARES, share), len(SHARES) - 1)
        low = high - 1
        step = min((share - SHARES[low]) / (SHARES[high] - SHARES[low]), 1.0)
        return self.curve[low] + step * (self.curve[high] - self.curve[low])

    def detail(self) -> dict[str, Any]:
        """The facts, for the evidence; no values of cells.

        ``people`` compared; ``columns`` with, for each, what it holds, the ``people`` who have the
        cell in both, the rates at which both ``say`` the same and are ``typed`` alike, and the rate
        ``expected`` of another holder; ``rival``: the reference that contradicts the source's the
        most, in how many ``cells``, and in how many the batch says what either says.
        """
        columns = [
            {
                "kind": one.kind,
                "people": one.people,
                "says": one.same / one.people,
                "typed": one.typed / one.people,
                "expected": expected,
            }
            for one, expected in zip(self.columns, self.expected, strict=True)
        ]
        found: dict[str, Any] = {"people": self.people, "columns": columns}
        rivals = [one for one in self.rivalries if one.own + one.theirs >= LEAST_PEOPLE]
        if rivals:
            most = max(rivals, key=lambda one: (one.cells, one.source))
            found["rival"] = {
                "source": most.source, "cells": most.cells, "own": most.own, "theirs": most.theirs,
            }  # fmt: skip
        return found
