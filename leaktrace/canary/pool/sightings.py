"""Where canaries and numbers of the pool stand in the lists of a case, and which did too early.

By full identifiers alone: a masked one is there by chance, too. Attribution weighs sightings; here
they are only found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from leaktrace.canary.pool.history import CANARY, NUMBER
from leaktrace.canary.pool.links import OWN_KINDS
from leaktrace.canary.pool.records import instant, whole_day
from leaktrace.case.case import Case
from leaktrace.identifiers.kinds import KIND
from leaktrace.times import DAY, Moment

if TYPE_CHECKING:
    from leaktrace.fingerprint.held import HeldList

BATCH, REFERENCE = "batch", "reference"
Subject = tuple[str, str]
Place = tuple[str, str]
"""``"batch"`` or ``"reference"``, and the id of the batch or the reference's source."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A canary or a number in a list.

    Attributes
    ----------
    subject, subject_id : str
        ``"canary"`` or ``"number"`` (one that no canary uses), and its id.
    place, place_id : str
        ``"batch"`` or ``"reference"``, and the batch or the reference's source.
    at : Moment
        When it was there at the latest: when the batch was seen; the day of registration that a
        reference tells, else when the reference was attached.
    """

    subject: str
    subject_id: str
    place: str
    place_id: str
    at: Moment


def sightings(case: Case, lists: Collection[Place] | None = None) -> tuple[Seen, ...]:
    """Everything of the user's that stands in ``lists`` (all of the case, if None), by subject and
    time.

    Time grows with the number of lists, hardly with their length.
    """
    wanted = _wanted(case)
    if not wanted:
        return ()
    found: set[tuple[Subject, str, str, Moment]] = set()
    for batch in case.batches():
        if lists is not None and (BATCH, batch.id) not in lists:
            continue
        for subject, _day in _inside(case.held_batch(batch.id), wanted):
            found.add((subject, BATCH, batch.id, batch.seen_at))
    attached = _attached(case)
    for reference in case.references():
        if lists is not None and (REFERENCE, reference.source) not in lists:
            continue
        for subject, day in _inside(case.held_reference(reference.source), wanted):
            at = day or attached[reference.source]
            found.add((subject, REFERENCE, reference.source, at))
    seen = (Seen(*subject, place, where, at) for subject, place, where, at in found)
    return tuple(
        sorted(
            seen,
            key=lambda one: (
                one.subject, one.subject_id, one.at.latest, one.place, one.place_id, one.at.text,
            ),
        )
    )  # fmt: skip


def premature(case: Case, seen: Iterable[Seen] | None = None) -> tuple[Seen, ...]:
    """The first sighting of each canary that stood in a list before it was planted anywhere, and of
    each number of the pool that stands in a list although no canary uses it.

    A planting counts from the beginning of its day and a sighting to the end of its own, so that a
    shared day burns none. Controls are never planted: to be found is what they are for. ``seen`` is
    what :func:`sightings` found, where it is at hand.
    """
    planted = {
        one.id: min(planting.planted_at.earliest for planting in one.plantings)
        for one in case.canaries()
        if any(planting.source for planting in one.plantings)
    }
    found: dict[Subject, Seen] = {}
    for one in sightings(case) if seen is None else seen:
        early = one.subject == NUMBER or one.at.latest < planted.get(one.subject_id, float("-inf"))
        if early:
            found.setdefault((one.subject, one.subject_id), one)
    return tuple(found.values())


def _wanted(case: Case) -> Mapping[str, Mapping[int, tuple[Subject, ...]]]:
    """By kind of identifier the tokens to look for, and whose each is."""
    found: dict[str, dict[int, tuple[Subject, ...]]] = {}

    def want(kind: str, token: int, subject: Subject) -> None:
        owners = found.setdefault(kind, {})
        owners[token] = (*owners.get(token, ()), subject)

    for canary in case.canaries():
        for kind, tokens in canary.tokens.items():
            if KIND[kind].full:
                for token in tokens:
                    want(kind, token, (CANARY, canary.id))
    for row in case.ledger.execute(
        "SELECT * FROM number_tokens WHERE number NOT IN (SELECT number FROM canary_numbers) "
        "ORDER BY number"
    ):
        if row["kind"] in OWN_KINDS:
            want(row["kind"], int.from_bytes(row["token"], "big"), (NUMBER, row["number"]))
    return found


def _inside(
    held: HeldList, wanted: Mapping[str, Mapping[int, tuple[Subject, ...]]]
) -> Iterator[tuple[Subject, Moment | None]]:
    """Who of ``wanted`` is in a list, with the day of registration that it tells."""
    import numpy as np

    from leaktrace.fingerprint.lookup import lookup

    for kind, owners in wanted.items():
        if kind not in held.index:
            continue
        index = held.index[kind]
        tokens = np.array(sorted(owners), dtype=np.uint64)
        start, stop = lookup(index, tokens)
        for place in np.flatnonzero(stop > start).tolist():
            people = index.people[int(start[place]) : int(stop[place])].tolist()
            day = _registered(held, people)
            for subject in owners[int(tokens[place])]:
                yield subject, day


def _registered(held: HeldList, people: Iterable[int]) -> Moment | None:
    from leaktrace.fingerprint.held import NO_DAY

    days = [int(held.people.registered[one]) for one in people if one < len(held.people)]
    told = [day for day in days if day != NO_DAY]
    if not told:
        return None
    return whole_day(min(told) * DAY - 8 * 3600.0)


def _attached(case: Case) -> Mapping[str, Moment]:
    rows = case.ledger.execute(
        "SELECT source, started_at FROM list_references "
        "JOIN runs ON runs.id = list_references.run WHERE current = 1"
    )
    return {
        row["source"]: instant(datetime.fromisoformat(row["started_at"]).timestamp())
        for row in rows
    }
