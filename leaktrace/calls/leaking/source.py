"""One source by itself: how much likelier its calls are if its data circulates.

What is unknown is summed over: when it leaked, how often such a list is rung, how many of its lines
a campaign touches, and whether the source rings its own registrants. The latter explains calls in
its own sector as well as a leak does, so that these say little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from leaktrace.calls.leaking.assumed import Assumed, Grid
from leaktrace.calls.leaking.background import Background
from leaktrace.calls.leaking.groups import Group
from leaktrace.calls.leaking.lines import (
    Caller,
    LineView,
    itself,
    leak_of,
    log_likelihoods,
    road_to,
    view_of,
)
from leaktrace.calls.leaking.placing import Campaigner, SourceGroups
from leaktrace.calls.leaking.records import Business, Heard, Touch
from leaktrace.calls.leaking.spells import Spell, moments, spells_of
from leaktrace.calls.sectors import prevailing

Floats = npt.NDArray[np.float64]

_EVER = 1e6

NO_RATE = ((0.0, 1.0),)


@dataclass(frozen=True, slots=True)
class Ringing:
    """One way in which a leaked list's buyers may ring: at which rate single callers touch a line,
    or how they place campaigns; 0 and None where they do not."""

    who: Caller
    log_weight: float
    rate: float = 0.0
    how: Campaigner | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What all sources have in common: see the classes of its parts."""

    heard: Heard
    views: Sequence[LineView]
    groups: Sequence[Group]
    by_line: Mapping[int, Sequence[int]]
    background: Background
    assumed: Assumed


@dataclass(frozen=True, slots=True)
class Odds:
    """The log likelihoods of a source's calls, over that without any explanation: with a leak and
    without, each with the source ringing its own registrants and without."""

    leaked: tuple[float, float]
    kept: tuple[float, float]
    own_rings: float

    @property
    def log_lr(self) -> float:
        """Natural log of the likelihood ratio of a leak."""
        return self._mixed(self.leaked) - self._mixed(self.kept)

    @property
    def rings_itself(self) -> float:
        """The probability that it does, if nothing leaked."""
        return float(np.exp(np.log(self.own_rings) + self.kept[1] - self._mixed(self.kept)))

    def _mixed(self, logs: tuple[float, float]) -> float:
        return float(
            np.logaddexp(np.log1p(-self.own_rings) + logs[0], np.log(self.own_rings) + logs[1])
        )


class SourceCase:
    """The calls of one source, its lines known to it ``since`` some time.

    Parameters
    ----------
    scene : Scene
    source : str
    business : Business
    known : mapping of int to float
        Since when it knows each of its lines, by position.
    """

    def __init__(
        self, scene: Scene, source: str, business: Business, known: Mapping[int, float]
    ) -> None:
        self.scene, self.source, self.business, self.known = scene, source, business, known
        background, assumed = scene.background, scene.assumed
        buyers = [
            (leak_of(source, business.sector, part, background, assumed), weight)
            for part, weight in assumed.own_sector
        ]
        self.single = _single(buyers, assumed)
        self.placed = _placed(buyers, assumed)
        self.road = road_to(source, background, assumed)
        about = replace(business, sector=business.sector or self._rung_about())
        self.itself = itself(source, about, background, assumed)
        start = max(min(known.values()), scene.heard.start)
        self.spells = spells_of(start, scene.heard.end, assumed)
        self.ever = Spell(start, _EVER)
        self.roads: dict[int, float] = {}

    def _rung_about(self) -> str:
        """What most callers of its lines sell: a source whose business nobody knows may do so."""
        heard = self.scene.heard.touches
        return prevailing(one.sector for one in heard if one.at >= self.known.get(one.line, np.inf))

    @cached_property
    def lines(self) -> list[Floats]:
        """The log ratio of each line, shape (1 + spells, leaked rates, own rates): at the first
        position nothing leaked, the first rate of either grid is 0."""
        return [self._line(index, start) for index, start in self.known.items()]

    @cached_property
    def groups(self) -> Floats:
        """The log ratio of all campaigns, shape (1 + spells, campaigns x reach, own campaigns)."""
        assumed, seen = self.scene.assumed, self.seen
        live = np.array([np.zeros(seen.at.size), *(one.at(seen.at) for one in self.spells)])
        ratios = [(live * self.ratios(one.who, one.how), self._due(one.how)) for one in self.placed]
        columns = []
        for rate, _weight in self._owning():
            own = Campaigner(rate, assumed.own_reach) if rate else None
            mine = self.ratios(self.itself, own)
            less = seen.due(own, self.ever, assumed) if own else 0.0
            columns += [np.log1p(one + mine).sum(axis=1) - due - less for one, due in ratios]
        shape = (len(self._owning()), len(self.placed), len(live))
        return np.array(columns).reshape(shape).transpose(2, 1, 0)

    @cached_property
    def seen(self) -> SourceGroups:
        """The campaigns that the source may explain."""
        scene = self.scene
        return SourceGroups(scene.groups, scene.by_line, self.known, scene.heard)

    def _due(self, how: Campaigner | None) -> Floats:
        """How many campaigns are due where nothing leaked, and at each spell."""
        due = [self.seen.due(how, one, self.scene.assumed) if how else 0.0 for one in self.spells]
        return np.array([0.0, *due])

    def odds(self, tempering: float, *, lines: bool = True, groups: bool = True) -> Odds:
        """The likelihoods, all of what is unknown summed over.

        Parameters
        ----------
        tempering : float
            Exponent on each line's and each campaign's evidence: callers come in bursts, so that
            touches are not independent.
        lines, groups : bool
            Whether to count callers that nothing links, and campaigns.
        """
        assumed = self.scene.assumed
        alone = np.sum(self.lines, axis=0) * tempering * lines
        many = self.groups * tempering * groups
        rates = np.array([one.log_weight for one in self.single])
        own_rates = np.log([weight for _rate, weight in assumed.own_rates])
        placed = np.array([one.log_weight for one in self.placed])
        own_placed = np.log([weight for _rate, weight in assumed.own_campaigns])
        spells = np.array([one.log_weight for one in self.spells])
        found = []
        for whether, weights in ((slice(1, None), spells), (slice(0, 1), np.zeros(1))):
            singles = summed(alone[whether] + rates[None, :, None], 1)
            multis = summed(many[whether] + placed[None, :, None], 1)
            for own in (False, True):
                a = summed(singles[:, 1:] + own_rates, 1) if own else singles[:, 0]
                b = summed(multis[:, 1:] + own_placed, 1) if own else multis[:, 0]
                found.append(float(summed(a + b + weights, 0)))
        return Odds((found[0], found[1]), (found[2], found[3]), self.own_rings)

    def _mute(self, touches: Sequence[Touch]) -> tuple[Touch, ...]:
        return tuple(
            replace(one, recites=frozenset()) if one.recites == {self.source} else one
            for one in touches
        )

    @property
    def own_rings(self) -> float:
        """Prior probability that it, or whom it told, rings without saying so."""
        told = self.business.recipients
        return self.scene.assumed.recipients_ring if told else self.scene.assumed.own_rings

    def without_recitals(self) -> SourceCase:
        """The same, as if nothing told at the source, and nowhere else, had been recited."""
        if not any(one.recites == {self.source} for one in self.scene.heard.touches):
            return self
        views = list(self.scene.views)
        for index in self.known:
            view = views[index]
            views[index] = view_of(
                view.line, self._mute(view.touches), self.scene.background, self.scene.assumed
            )
        groups = [replace(one, touches=self._mute(one.touches)) for one in self.scene.groups]
        scene = replace(self.scene, views=views, groups=groups)
        return SourceCase(scene, self.source, self.business, self.known)

    def _owning(self) -> Grid:
        return (*NO_RATE, *self.scene.assumed.own_campaigns)

    def ratios(self, who: Caller, how: Campaigner | None) -> Floats:
        """The rate at which ``who`` places each campaign, over the background's, shape
        (campaigns,)."""
        if how is None:
            return np.zeros(self.seen.at.size)
        logs = self.seen.log_ratios(who, how, self.scene.background, self.scene.assumed)
        return np.exp(np.minimum(logs, 300.0))

    def _line(self, index: int, start: float) -> Floats:
        assumed, view = self.scene.assumed, self.scene.views[index]
        own = [0.0, *(rate for rate, _weight in assumed.own_rates)]
        at = moments(view.touches)
        marks = [one.who.marks(view.touches, assumed) for one in self.single]
        mine = self.itself.marks(view.touches, assumed) * self.ever.at(at, start)
        own_days = self.ever.days(view.line.spans, start)
        a, wholes = [], []
        for spell in self.spells:
            late, days = spell.at(at, start), spell.days(view.line.spans, start)
            for (leak, theirs), often in product(zip(self.single, marks, strict=True), own):
                a.append(leak.rate * late * theirs + often * mine)
                wholes.append(leak.rate * days + often * own_days)
        logs = self._logs(view, a, wholes).reshape(len(self.spells), len(marks), len(own))
        logs -= logs[0, 0, 0].copy()
        self.roads[index] = self._by_road(view, start, logs)
        return self._mixed(logs, self.roads[index], self.road_chance(index))

    def road_chance(self, index: int) -> float:
        """The probability that another road led to the line at ``index``."""
        told = [one for one in self.scene.views[index].touches if self.source in one.recites]
        by_name = bool(told) and all(one.only_named for one in told)
        return self.scene.assumed.name_road if by_name else self.scene.assumed.other_road

    def _mixed(self, logs: Floats, road: float, x: float) -> Floats:
        """With the chance that the line is not in the list, and that another road led to it."""
        assumed = self.scene.assumed
        none = logs[:, :1, :]
        some = np.logaddexp(np.log(assumed.included) + logs, np.log1p(-assumed.included) + none)
        whole = np.concatenate([np.broadcast_to(none[:1], (1, *logs.shape[1:])), some])
        return np.asarray(np.logaddexp(np.log1p(-x) + whole, np.log(x) + road))

    def _by_road(self, view: LineView, start: float, logs: Floats) -> float:
        """The log ratio of a line that such lists reached by another road."""
        assumed = self.scene.assumed
        ways = np.array([one.log_weight for one in self.single[1:]])
        ways -= summed(ways, 0)
        spells = np.array([one.log_weight for one in self.spells])
        if not any(self.source in one.recites for one in view.touches):
            return float(summed((logs[:, 1:, 0] + spells[:, None] + ways).ravel(), 0))
        rates = assumed.leaked_rates[1:]
        weights = np.log([weight for _rate, weight in rates])
        weights -= summed(weights, 0)
        marks = self.road.marks(view.touches, assumed)
        a, wholes = [np.zeros(len(view.touches))], [0.0]
        for spell in self.spells:
            late = spell.at(moments(view.touches), start) * marks
            days = spell.days(view.line.spans, start)
            a += [rate * late for rate, _weight in rates]
            wholes += [rate * days for rate, _weight in rates]
        found = self._logs(view, a, wholes)
        return float(summed(found[1:] - found[0] + (spells[:, None] + weights).ravel(), 0))

    def _logs(self, view: LineView, a: Sequence[Floats], wholes: Sequence[float]) -> Floats:
        return log_likelihoods(
            view,
            self.scene.background,
            np.array(a).reshape(len(wholes), len(view.touches)),
            np.array(wholes),
            self.scene.assumed,
        )


def _single(buyers: Sequence[tuple[Caller, float]], assumed: Assumed) -> list[Ringing]:
    (_none, seldom), *rates = assumed.leaked_rates
    return [
        Ringing(buyers[0][0], float(np.log(seldom))),
        *(
            Ringing(who, float(np.log(weight * part)), rate)
            for (rate, weight), (who, part) in product(rates, buyers)
        ),
    ]


def _placed(buyers: Sequence[tuple[Caller, float]], assumed: Assumed) -> list[Ringing]:
    (_none, seldom), *rates = assumed.campaigns
    return [
        Ringing(buyers[0][0], float(np.log(seldom))),
        *(
            Ringing(who, float(np.log(weight * v * part)), how=Campaigner(rate, reach))
            for (rate, weight), (reach, v), (who, part) in product(rates, assumed.reach, buyers)
        ),
    ]


def summed(logs: Floats, axis: int) -> Floats:
    top = logs.max(axis=axis, keepdims=True)
    found = np.log(np.exp(logs - top).sum(axis=axis, keepdims=True)) + top
    return np.asarray(np.squeeze(found, axis=axis))
