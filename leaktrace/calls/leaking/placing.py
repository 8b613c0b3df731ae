"""Campaigns as one source may explain them.

The likelihood is that of a Poisson process of campaigns: each adds ``log(1 + sum of what may have
placed it / background)``, and each explanation costs the campaigns that it should have shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt

from leaktrace.calls.leaking.assumed import Assumed
from leaktrace.calls.leaking.background import KNOWN, Background
from leaktrace.calls.leaking.groups import FEW, Group, log_chance
from leaktrace.calls.leaking.lines import Caller
from leaktrace.calls.leaking.records import Heard, Touch
from leaktrace.calls.leaking.spells import Spell

Floats = npt.NDArray[np.float64]

_MOST_RECITED = 2


@dataclass(frozen=True, slots=True)
class Campaigner:
    """How one explanation places campaigns: a rate a day, and how probably it touches a line of the
    source."""

    rate: float
    reach: float


class SourceGroups:
    """Campaigns as one source may explain them: those that touched a line of its.

    Parameters
    ----------
    groups : sequence of Group
        All campaigns.
    by_line : mapping of int to sequence of int
        Which of them touched each line, by position.
    since : mapping of int to float
        Since when the source knows each of its lines, by position.
    heard : Heard

    Attributes
    ----------
    positions : int64 array
        Of those that it may explain, among all.
    at : Floats
        When each of these began.
    """

    def __init__(
        self,
        groups: Sequence[Group],
        by_line: Mapping[int, Sequence[int]],
        since: Mapping[int, float],
        heard: Heard,
    ) -> None:
        near = sorted({at for line in since for at in by_line.get(line, ())})
        kept = [at for at in near if any(_after(one, since) for one in groups[at].touches)]
        self._groups = [groups[at] for at in kept]
        self.positions = np.array(kept, dtype=np.int64)
        self.at = np.array([one.at for one in self._groups], dtype=np.float64)
        counts = [_counts(one, since) for one in self._groups]
        table = np.array(counts, dtype=np.float64).reshape(-1, 4)
        self._hit, self._could, self._others, self._beside = table.T
        rented = sum(one.fixed for one in groups)
        self._fixed = (rented + 0.3 * FEW) / (len(groups) + FEW)
        self._since = since
        self._heard = heard
        self._stretches: dict[float, list[tuple[float, float, int]]] = {}

    def log_ratios(
        self, who: Caller, how: Campaigner, background: Background, assumed: Assumed
    ) -> Floats:
        """Log of the rate at which ``who`` places such a campaign, over the background's, shape
        (groups,)."""
        inside = self._hit * log(how.reach) + (self._could - self._hit) * log(1.0 - how.reach)
        return np.asarray(log(how.rate) + inside + self._marks(who, background, assumed))

    def _marks(self, who: Caller, background: Background, assumed: Assumed) -> Floats:
        """What of :meth:`log_ratios` does not depend on how campaigns are placed."""
        beside = log(assumed.mixed) + self._beside - self._others * log(2.0)
        mixed = np.where(self._others > 0, beside, log(1.0 - assumed.mixed))
        said = [
            log(_sectors(who, one) / _usual(one, background, self._fixed))
            + _recited(one, who, self._since, assumed)
            - one.log_background
            for one in self._groups
        ]
        return np.asarray(mixed + np.array(said, dtype=np.float64))

    def due(self, how: Campaigner, when: Spell, assumed: Assumed) -> float:
        """Campaigns that should have touched two of the source's lines, or one beside others."""
        total = 0.0
        for low, high, lines in self._listening(when.start):
            one = lines * how.reach * (1.0 - how.reach) ** max(lines - 1, 0)
            none = (1.0 - how.reach) ** lines
            seen = 1.0 - none - one + assumed.mixed * one
            total += how.rate * when.days(((low, high),)) * seen
        return total

    def _listening(self, start: float) -> list[tuple[float, float, int]]:
        """Stretches of time after ``start``, and how many of the lines were known and listened to
        in each."""
        if start not in self._stretches:
            known = [at for at in self._since.values() if at > start]
            edges = sorted({start, self._heard.end, *known})
            self._stretches[start] = [
                (low, high, self._lines_in(low, high)) for low, high in pairwise(edges)
            ]
        return self._stretches[start]

    def _lines_in(self, low: float, high: float) -> int:
        spans = [self._heard.lines[line].spans for line, at in self._since.items() if at <= low]
        return sum(_listens(one, low, high) for one in spans)


def _counts(group: Group, since: Mapping[int, float]) -> tuple[int, int, int, float]:
    """Lines of the source touched, and listening; other lines touched, and the log probability of
    just these."""
    mine = {index for index, at in since.items() if index in group.listening and at <= group.at}
    hit = {one.line for one in group.touches if _after(one, since)}
    mine |= hit
    others = [group.listening[one.line] for one in group.touches if one.line not in hit]
    rest = sum(weight for index, weight in group.listening.items() if index not in mine)
    return len(hit), len(mine), len(others), log_chance(others, max(rest, sum(others)))


def _after(touch: Touch, since: Mapping[int, float]) -> bool:
    return touch.at >= since.get(touch.line, np.inf)


def _sectors(who: Caller, group: Group) -> float:
    return float(who.sectors[KNOWN.index(group.sector)]) * _rented(who.fixed, group)


def _usual(group: Group, background: Background, fixed: float) -> float:
    known = (1.0 - background.unknown) * float(background.shares[KNOWN.index(group.sector)])
    share = known if group.sector else background.unknown
    return share * _rented(fixed, group)


def _rented(fixed: float, group: Group) -> float:
    return fixed if group.fixed else 1.0 - fixed


def _recited(group: Group, who: Caller, since: Mapping[int, float], assumed: Assumed) -> float:
    """Log of how much likelier it makes ``who`` that marks of his source were recited: at most two
    lines count, one who recites has the rest of the list, too."""
    told = [
        log(who.recites / _by_chance(one, assumed))
        for one in group.touches
        if who.source in one.recites and _after(one, since)
    ]
    return sum(sorted(told, reverse=True)[:_MOST_RECITED])


def _by_chance(touch: Touch, assumed: Assumed) -> float:
    return assumed.name_recites if touch.only_named else assumed.background_recites


def _listens(spans: Sequence[tuple[float, float]], low: float, high: float) -> bool:
    return any(start < high and low < end for start, end in spans)
