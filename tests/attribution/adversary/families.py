"""Four ways to have an innocent named. A seed and a number give a world."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.attribution.adversary.stage import CLOSED, TOWN, Holder, Row, Stage, World

CUT = (CLOSED - 250, CLOSED)


def superset(seed: int, number: int) -> World:
    """An innocent source whose customers are all of the guilty one's, and more.

    Everyone leaked is registered with the innocent too, on days of its own or within a week of the
    guilty one's; but no row was taken from its list, so that it contributed to no batch. In every
    other world the case has no list of the guilty source, and in some of those nobody has listed
    it as a source at all.
    """
    stage = Stage((1, seed, number))
    rng = stage.rng
    listed, known = number % 2 == 0, number % 6 != 5
    guilty = stage.holder("G", stage.townsfolk(_size(stage)), listed=listed, known=known)
    others = np.setdiff1d(np.arange(TOWN), guilty.people)
    more = stage.townsfolk(int(len(guilty.people) * rng.uniform(0.1, 1.5)), others)
    near = bool(rng.random() < 0.5)
    days = guilty.facts.days + rng.integers(0, 8, len(guilty.people))
    if not near:
        days = rng.permutation(days)
    later = rng.integers(days.min(), days.max(), len(more))
    innocent = stage.holder(
        "I", np.concatenate([guilty.people, more]), np.concatenate([days, later])
    )
    stage.plant(guilty, _canaries(stage))
    planted = len(stage.plant(innocent, _canaries(stage)))
    _bystanders(stage)
    _leaks(stage, guilty)
    return stage.world(f"G listed={listed} known={known}, near days={near}, I canaries={planted}")


def framed(seed: int, number: int) -> World:
    """Somebody pads a list of the guilty (or an unknown) source to point at an innocent.

    ``people``: he knows who is registered with the innocent (an estate's residents, say) and takes
    10-40% of the batch from among them, out of a third list that nobody listed, or as bare numbers.
    No row is from the innocent's list: it contributed nothing. ``canaries``: he adds one or two of
    its canaries, as its own list writes them, which he bought singly. Below five people nobody is a
    contributor. ``both``: both. ``own``: the padding is out of the innocent's own list, which makes
    it a contributor, by whatever intent, and to name it is then right.
    """
    stage = Stage((2, seed, number))
    rng = stage.rng
    way = ("people", "canaries", "both", "people", "own")[number % 5]
    guilty = stage.holder("G", stage.townsfolk(_size(stage)), known=number % 3 != 0)
    innocent = stage.holder("I", stage.townsfolk(_size(stage)), listed=rng.random() < 0.8)
    third = stage.holder("T", stage.townsfolk(TOWN * 3 // 4), known=False)
    stage.plant(guilty, _canaries(stage))
    customers = innocent.people.copy()
    canaries = stage.plant(innocent, max(2, _canaries(stage)))
    _bystanders(stage)
    bare = bool(rng.random() < 0.3)
    for _ in range(int(rng.integers(1, 3))):
        cut = int(rng.integers(*CUT))
        rows = stage.cut(guilty, _batch_size(stage), cut)
        part = rng.uniform(0.1, 0.4)
        size = int(len(rows) * part / (1 - part))
        if way == "own":
            rows += stage.cut(innocent, size, cut)
        if way in ("people", "both"):
            padding = stage.cut(third, size, cut, customers)
            rows += _as_bare(padding) if bare else padding
        if way in ("canaries", "both"):
            known = [one for one in canaries if _day_of(innocent, one) < cut]
            rows += _bought(innocent, known[: int(rng.integers(1, 3))])
        name = stage.sell(rows, cut + int(rng.integers(1, 90)))
        if rng.random() < 0.4:
            stage.resell(name)
    return stage.world(
        f"way={way}, bare={bare}, G known={guilty.known}, I listed={innocent.listed}"
        f" canaries={len(canaries)}"
    )


def other_road(seed: int, number: int) -> World:
    """Canaries of innocent sources in lists of an unknown one.

    ``recycled``: the number had an owner before, who is registered with the unknown source, at
    any time. ``known``: the same few people (the staff of a SIM shop, say) know canaries of several
    sources, one or two of each, which all land in the unknown list. Every row is the unknown one's
    own, so that nobody known contributed. The first batch has all of these canaries, the
    others those that fall to them; that is one road and not several. An innocent source has at most
    half of the unknown one's people.
    """
    stage = Stage((3, seed, number))
    rng = stage.rng
    way = ("recycled", "known")[number % 2]
    unknown = stage.townsfolk(_size(stage))
    strange = np.setdiff1d(np.arange(TOWN), unknown)
    found: list[int] = []
    told: list[str] = []
    for name in ("I", "J", "K")[: 1 if way == "recycled" else 3]:
        size = _size(stage)
        most = min(size, len(unknown))
        common = stage.townsfolk(int(most * rng.uniform(0.0, 0.5)), unknown)
        people = np.concatenate([common, stage.townsfolk(size - len(common), strange)])
        innocent = stage.holder(name, people, listed=rng.random() < 0.7)
        planted = stage.plant(innocent, max(2, _canaries(stage)))
        hits = int(rng.integers(1, 3))
        found += planted[:hits]
        told.append(f"{name} listed={innocent.listed} {hits} of {len(planted)}")
    road = stage.holder("U", np.concatenate([unknown, np.array(found, int)]), known=False)
    _bystanders(stage)
    for at in range(int(rng.integers(1, 4))):
        rows = stage.cut(road, _batch_size(stage), CLOSED + 1)
        missing = set(found) - {one.person for one in rows} if at == 0 else set()
        places = [i for i, one in enumerate(road.people) if int(one) in missing]
        rows += [Row(int(road.people[one]), road, one, "U") for one in places]
        name = stage.sell(rows, CLOSED + int(rng.integers(1, 60)))
        if rng.random() < 0.3:
            stage.resell(name)
    return stage.world(f"way={way}, {'; '.join(told)}")


def purged(seed: int, number: int) -> World:
    """The guilty source's list comes without those leaked; an innocent one has 20-60% of them.

    Those leaked are left out with the canaries among them or, in half of the worlds, without, as
    the source cannot know them all. The innocent source has rows of its own for the same people,
    none of which was sold.
    """
    stage = Stage((4, seed, number))
    rng = stage.rng
    guilty = stage.holder("G", stage.townsfolk(_size(stage)))
    stage.plant(guilty, _canaries(stage))
    leaked: set[int] = set()
    names = []
    for _ in range(int(rng.integers(1, 3))):
        cut = int(rng.integers(*CUT))
        rows = stage.cut(guilty, _batch_size(stage), cut)
        leaked |= {one.person for one in rows}
        names.append(stage.sell(rows, cut + int(rng.integers(1, 90))))
    whole = number % 2 == 0
    guilty.kept_back = {one for one in leaked if whole or one < TOWN}
    part = rng.uniform(0.2, 0.6)
    customers = np.array(sorted(one for one in leaked if one < TOWN), int)
    common = stage.townsfolk(int(part * len(customers)), customers)
    rest = np.setdiff1d(np.arange(TOWN), customers)
    innocent = stage.holder("I", np.concatenate([common, stage.townsfolk(_size(stage), rest)]))
    planted = len(stage.plant(innocent, _canaries(stage)))
    _bystanders(stage)
    if rng.random() < 0.5:
        stage.resell(names[0])
    return stage.world(f"canaries purged={whole}, overlap={part:.2f}, I canaries={planted}")


FAMILIES: dict[str, Callable[[int, int], World]] = {
    "superset": superset, "framed": framed, "other-road": other_road, "purged": purged,
}  # fmt: skip


def _size(stage: Stage) -> int:
    return int(np.exp(stage.rng.uniform(np.log(800), np.log(6_000))))


def _batch_size(stage: Stage) -> int:
    return int(np.exp(stage.rng.uniform(np.log(300), np.log(5_000))))


def _canaries(stage: Stage) -> int:
    return int(stage.rng.choice([0, 1, 3, 8, 15, 25]))


def _bystanders(stage: Stage) -> None:
    """Two to four sources more, some of which leak a list of their own."""
    for at in range(int(stage.rng.integers(2, 5))):
        listed = bool(stage.rng.random() < 0.8)
        holder = stage.holder(f"B{at}", stage.townsfolk(_size(stage)), listed=listed)
        stage.plant(holder, _canaries(stage))
        if stage.rng.random() < 0.3:
            cut = int(stage.rng.integers(*CUT))
            stage.sell(stage.cut(holder, _batch_size(stage), cut), cut + 20)


def _leaks(stage: Stage, guilty: Holder) -> None:
    """One or two lists of the guilty one, some of them sold on with rows of a bystander."""
    for _ in range(int(stage.rng.integers(1, 3))):
        cut = int(stage.rng.integers(*CUT))
        rows = stage.cut(guilty, _batch_size(stage), cut)
        name = stage.sell(rows, cut + int(stage.rng.integers(1, 90)))
        if stage.rng.random() < 0.5:
            fresh = stage.holders[-1] if stage.rng.random() < 0.5 else None
            stage.resell(name, fresh)


def _day_of(holder: Holder, person: int) -> int:
    return int(holder.facts.days[holder.people == person][0])


def _bought(holder: Holder, people: list[int]) -> list[Row]:
    places = [int(np.flatnonzero(holder.people == one)[0]) for one in people]
    return [Row(one, holder, place, holder.name) for one, place in zip(people, places, strict=True)]


def _as_bare(rows: list[Row]) -> list[Row]:
    """The same numbers with nothing written beside them."""
    if not rows:
        return rows
    facts = rows[0].holder.facts.without_cells()
    nobody = Holder("", facts, known=False, listed=False)
    return [Row(one.person, nobody, one.place, "") for one in rows]
