"""What is true of a world, in the terms in which it is scored."""

from __future__ import annotations

import numpy as np

from leaktrace.simulate.tables import ADDRESS, AMOUNT, DATE, REMARK
from leaktrace.simulate.world import Batch, Holder, World
from tests.benchmarks.attribution.rows import BatchTruth

CELLS = frozenset({ADDRESS, AMOUNT, DATE, REMARK})
# A reference list makes a pair evident from this share of the source's people on; so many canaries.
_HELD, _CANARIES = 0.7, 2


def truth_of(world: World, batch: Batch) -> BatchTruth:
    """The truth of one batch."""
    shares = world.shares(batch)
    sources = {one: min(1.0, shares[one]) for one in sorted(world.contributors(batch))}
    reasons = {one: evident_by(world, batch, one) for one in sources}
    return BatchTruth(
        batch.id,
        batch.type,
        bool((batch.parent < 0).all()),
        has_cells(batch),
        shares.get("made-up", 0.0),
        sources,
        {one: reason for one, reason in reasons.items() if reason},
        world.parents(batch),
    )


def evident_by(world: World, batch: Batch, source: str) -> str:
    """``list``, ``canaries``, ``both`` or nothing: what makes a true pair evident.

    ``list``: the case holds a reference list with at least 70% of the source's people (of all who
    are registered at the world's end), and the batch carries cells if the world holds a twin of
    the source. ``canaries``: at least two that were planted there before the batch was seen are
    among its people.
    """
    holder = next(one for one in world.sources if one.id == source)
    listed = held_share(holder) >= _HELD and (has_cells(batch) or not has_twin(world, source))
    planted = [
        canary.person
        for canary in world.canaries
        if any(name == source and day < batch.seen_day for name, day in canary.plantings)
    ]
    found = int(np.isin(planted, batch.people).sum())
    if found >= _CANARIES:
        return "both" if listed else "canaries"
    return "list" if listed else ""


def held_share(holder: Holder) -> float:
    """The share of a source's people that its reference list holds, 0 without a list."""
    if holder.reference is None or not len(holder.members):
        return 0.0
    return float(np.isin(holder.members, holder.reference.people).mean())


def has_cells(batch: Batch) -> bool:
    """Whether the batch carries cells beside the identifiers."""
    return bool(CELLS & set(batch.columns))


def has_twin(world: World, source: str) -> bool:
    """Whether somebody else registered the source's people by himself."""
    return any(one.twin_of == source for one in world.holders)


def untold_sources(world: World) -> tuple[str, ...]:
    """The sources with a reference list that nothing tells from a twin: no canary was planted
    there, and no list with people of theirs, or of their twin, carries cells."""
    canaried = {source for canary in world.canaries for source, _day in canary.plantings}
    told: set[str] = set()
    for batch in world.seen:
        if has_cells(batch):
            places = {int(origin) for origin in np.unique(batch.origin) if origin >= 0}
            told |= {world.holders[place].id for place in places}
            told |= {world.holders[place].twin_of or "" for place in places}
    return tuple(
        one.id
        for one in world.sources
        if one.reference is not None and one.id not in canaried | told
    )
