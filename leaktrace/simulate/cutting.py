"""Cutting rows out of what a holder has: how much, until when, through which filter."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.segments import CARRIERS
from leaktrace.simulate.people import Int32, People
from leaktrace.simulate.settings import WorldSettings
from leaktrace.simulate.world import Holder, Int16

#: Fewer people than this are not worth cutting.
LEAST_POOL = 250


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows on their way into a batch: person, origin and parent of each, newest day, filters."""

    people: Int32
    origin: Int16
    parent: Int16
    day: int
    filters: tuple[str, ...] = ()

    def take(self, rows: npt.NDArray[np.int64]) -> Cut:
        """The rows at ``rows``, in that order."""
        return replace(
            self, people=self.people[rows], origin=self.origin[rows], parent=self.parent[rows]
        )


def rows_of(people: Int32, origin: int, day: int, filters: tuple[str, ...] = ()) -> Cut:
    """A cut of which all rows have one origin and no parent."""
    count = len(people)
    return Cut(
        people.astype(np.int32),
        np.full(count, origin, np.int16),
        np.full(count, -1, np.int16),
        day,
        filters,
    )


def registered_until(holder: Holder, day: int) -> int:
    """How many of the holder's members were registered on ``day``."""
    return int(np.searchsorted(holder.registered, day, side="right"))


def draw_dump(rng: np.random.Generator, holder: Holder, day: int) -> Holder:
    """The holder with one dump of part of its list, made on ``day``, that all lists come from."""
    until = registered_until(holder, day)
    kept = np.flatnonzero(rng.random(until) < rng.uniform(0.35, 1.0))
    return replace(holder, dump=(day, kept.astype(np.int32)))


def cut_holder(
    rng: np.random.Generator,
    settings: WorldSettings,
    people: People,
    holder: Holder,
    origin: int,
    day: int,
    size: int,
    wanted: tuple[str, ...] = (),
) -> Cut:
    """About ``size`` people of ``holder`` as of ``day``.

    ``wanted`` are filters: ``carrier``, ``town`` or ``window``. One that leaves too few is not
    applied.
    """
    pool = np.arange(registered_until(holder, day))
    if holder.dump and 0 <= day - holder.dump[0] <= 200 and len(holder.dump[1]) >= LEAST_POOL:
        day, pool = holder.dump[0], holder.dump[1].astype(np.int64)
    applied: list[str] = []
    for name in wanted:
        keep, words = _filter(rng, name, people, holder, pool)
        if keep.sum() >= LEAST_POOL:
            pool, applied = pool[keep], [*applied, words]
    size = max(min(size, int(len(pool) * 0.85)), 1)
    if rng.random() < settings.contiguous:
        first = int(rng.integers(0, len(pool) - size + 1))
        chosen = pool[first : first + size]
    else:
        chosen = rng.choice(pool, size, replace=False)
        if rng.random() < 0.5:
            chosen = np.sort(chosen)
    return rows_of(holder.members[chosen], origin, day, tuple(applied))


def _filter(
    rng: np.random.Generator,
    name: str,
    people: People,
    holder: Holder,
    pool: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.bool_], str]:
    who = holder.members[pool]
    if name == "carrier":
        carrier = int(rng.choice([1, 1, 2, 3]))
        return people.carrier[who] == carrier, f"carrier:{CARRIERS[carrier]}"
    if name == "town":
        town = int(rng.choice(people.number_town[who]))
        return people.number_town[who] == town, f"town:{town}"
    days = holder.registered[pool]
    width = int(rng.integers(40, 400))
    last = int(rng.choice(days[len(days) // 3 :]))
    return (days > last - width) & (days <= last), f"window:{last - width + 1}..{last}"


def join(rng: np.random.Generator, cuts: list[Cut], *, shuffle: bool, once: bool) -> Cut:
    """All cuts in one, shuffled or one after the other; ``once`` keeps a person's first row."""
    whole = Cut(
        np.concatenate([cut.people for cut in cuts]),
        np.concatenate([cut.origin for cut in cuts]),
        np.concatenate([cut.parent for cut in cuts]),
        max(cut.day for cut in cuts),
        tuple(words for cut in cuts for words in cut.filters),
    )
    if once:
        whole = whole.take(np.sort(np.unique(whole.people, return_index=True)[1]))
    return whole.take(rng.permutation(len(whole.people))) if shuffle else whole


def draw_shares(rng: np.random.Generator, count: int, least: float) -> list[float]:
    """``count`` shares that add up to 1, none below ``least``."""
    parts = rng.dirichlet(np.ones(count)) * (1 - least * count) + least
    return [float(part) for part in parts]
