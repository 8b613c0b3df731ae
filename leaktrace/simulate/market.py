"""Everything that is for sale in a world, and how the next list is cut from it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from leaktrace.simulate.cutting import (
    LEAST_POOL,
    Cut,
    cut_holder,
    draw_shares,
    join,
    registered_until,
    rows_of,
)
from leaktrace.simulate.holders import Setting
from leaktrace.simulate.invention import draw_made_up_people
from leaktrace.simulate.people import People
from leaktrace.simulate.settings import WorldSettings
from leaktrace.simulate.world import MADE_UP, STRAY, Batch, Holder


@dataclass(slots=True)
class Market:
    """Everything for sale so far; draws one list after the other."""

    rng: np.random.Generator
    settings: WorldSettings
    setting: Setting
    holders: list[Holder]
    batches: list[Batch] = field(default_factory=list)
    invented: list[People] = field(default_factory=list)
    people_count: int = 0

    def cut_day(self, seen: int, *, old: bool = False) -> int:
        """When a list seen on ``seen`` was cut; short delays are more frequent than long ones."""
        low, high = self.settings.old_cut_delay if old else self.settings.cut_delay
        return seen - int(low + (high - low) * self.rng.random() ** (1.0 if old else 1.7))

    def leakers(self, day: int, road: str, least: int = LEAST_POOL) -> list[int]:
        """Positions of the holders of a road that leak and had ``least`` people on ``day``."""
        return [
            place
            for place, holder in enumerate(self.holders)
            if holder.leaks and holder.road == road and registered_until(holder, day) >= least
        ]

    def cut(
        self, road: str, seen: int, size: int, count: int, *,
        old: bool = False, filters: tuple[str, ...] = (), least: float | None = None,
    ) -> list[Cut]:  # fmt: skip
        """Cuts of up to ``count`` different holders of a road, ``size`` people together."""
        day = self.cut_day(seen, old=old)
        able = self.leakers(day, road)
        if not able:
            day, able = seen, self.leakers(seen, road) or self.leakers(seen, road, 1)
        if not able:
            # Where no known source leaks, whatever else does is what sellers can add.
            able = self.leakers(seen, "unknown", 1) or self.leakers(seen, "twin", 1)
        chosen = self.rng.choice(able, min(count, len(able)), replace=False)
        shares = draw_shares(
            self.rng, len(chosen), self.settings.smallest_share if least is None else least
        )
        return [
            cut_holder(
                self.rng, self.settings, self.setting.people, self.holders[place], int(place),
                day, max(int(size * share), 30), filters,
            )
            for place, share in zip(chosen, shares, strict=True)
        ]  # fmt: skip

    def mixed(self, cuts: list[Cut]) -> Cut:
        """Cuts put together as sellers do: mostly shuffled, half of them without repetitions."""
        return join(self.rng, cuts, shuffle=self.rng.random() < 0.7, once=self.rng.random() < 0.5)

    def made_up(self, count: int, mode: str, day: int) -> Cut:
        """Rows of invented people."""
        near = None
        canaries = self.setting.canaries
        if mode != "uniform" and self.rng.random() < self.settings.sweep_near_canary and canaries:
            canary = canaries[int(self.rng.integers(len(canaries)))]
            near = int(self.setting.people.mobile[canary.person])
        people = draw_made_up_people(self.rng, self.setting.space, count, mode, near)
        self.invented.append(people)
        places = self.people_count + np.arange(count, dtype=np.int32)
        self.people_count += count
        return rows_of(places, MADE_UP, day)

    def stray(self, cut: Cut, seen: int) -> Cut:
        """The cut with, now and then, a canary in it that came by another road."""
        if self.rng.random() >= self.settings.stray or not (cut.origin >= 0).any():
            return cut
        inside = {self.holders[int(place)].id for place in np.unique(cut.origin) if place >= 0}
        able = [
            canary.person
            for canary in self.setting.canaries
            if canary.plantings
            and min(day for _, day in canary.plantings) <= cut.day
            and not inside & {source for source, _ in canary.plantings}
        ]
        if not able:
            return cut
        one = np.array([self.rng.choice(able)], np.int32)
        return join(self.rng, [cut, rows_of(one, STRAY, cut.day)], shuffle=False, once=True)
