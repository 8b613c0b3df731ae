"""A gathered list to people, exact sets and counts."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np

from leaktrace.engines.counts import summary_of
from leaktrace.engines.occurrences import Gathered, Occurrences
from leaktrace.engines.people import LINKING, Linked, link_people
from leaktrace.fingerprint.held import (
    NO_DAY,
    HeldList,
    PeopleTable,
    TokenIndex,
    UInt32,
    UInt64,
)
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.fingerprint.sorting import (
    Int64,
    distinct_sorted,
    first_of_runs,
    grouped,
    stable_sort,
)
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.identifiers.kinds import ID_NUMBER, ID_NUMBER_MASKED, KINDS, MOBILE
from leaktrace.identifiers.segments import carrier_of, never_issued, region_of
from leaktrace.identifiers.sweep import swept

_THREADS = 2


def built_parts(gathered: Gathered, facts: bool) -> tuple[Linked, HeldList, ListSummary]:
    """People, sets and counts; ``facts``: with what the mobiles say of their people."""
    # Sorting and encrypting leave the interpreter free: two threads take six tenths of the time.
    with ThreadPoolExecutor(_THREADS) as pool:
        ahead = {
            name: pool.submit(stable_sort, gathered.matched[name].tokens)
            for name in LINKING
            if name in gathered.matched
        }
        linked = link_people(gathered)
        people = pool.submit(_people, gathered, linked, facts)
        made = {
            kind.name: pool.submit(_index, kind.name, gathered, linked, ahead.get(kind.name))
            for kind in KINDS
            if kind.matched
        }
        index = {name: future.result() for name, future in made.items()}
    held = HeldList(
        people=people.result(),
        index={name: found for name, found in index.items() if len(found.tokens)},
        scaled=1,
        size=len(linked),
        distinct={n: _distinct(found.tokens) for n, found in index.items() if len(found.tokens)},
        written=_written(gathered, index),
    )
    return linked, held, summary_of(gathered, linked, held)


def token_index(
    tokens: UInt64, people: UInt32, ahead: tuple[UInt64, Int64] | None = None
) -> TokenIndex:
    """The distinct (token, person) pairs, by token and then by person.

    ``ahead`` is the tokens' :func:`stable_sort`, if it was made before.
    """
    tokens, order = ahead or stable_sort(tokens)
    return ordered_index(tokens, people[order])


def ordered_index(tokens: UInt64, people: UInt32) -> TokenIndex:
    """The same of tokens that are sorted; ``people`` may be changed."""
    first = first_of_runs(tokens)
    if first.all():
        return TokenIndex(tokens, people)
    # People are numbered as they appear, so most runs of equal tokens have theirs in order.
    wrong = np.flatnonzero(~first[1:] & (people[1:] < people[:-1]))
    if len(wrong):
        run = np.cumsum(first)
        mixed = np.zeros(int(run[-1]) + 1, dtype=np.bool_)
        mixed[run[wrong]] = True
        where = np.flatnonzero(mixed[run])
        people[where] = people[where][np.lexsort((people[where], tokens[where]))]
    keep = first | first_of_runs(people)
    return TokenIndex(tokens[keep], people[keep])


def _index(
    kind: str, gathered: Gathered, linked: Linked, ahead: Future[tuple[UInt64, Int64]] | None
) -> TokenIndex:
    if kind == ID_NUMBER.name:
        return linked.id_index
    if ahead is not None and not len(linked.more_rows):
        found = gathered.matched[kind]
        return token_index(found.tokens, linked.person[found.rows], ahead.result())
    parts = []
    if kind in gathered.matched:
        parts.append(linked.of(gathered.matched[kind]))
    if kind == ID_NUMBER_MASKED.name and kind in gathered.derived:
        parts.append((gathered.derived[kind].tokens, linked.id_people))
    elif kind in gathered.derived:
        parts.append(linked.of(gathered.derived[kind].matched()))
    if len(parts) == 1:
        return token_index(*parts[0])
    tokens = np.concatenate([np.zeros(0, np.uint64), *(tokens for tokens, _ in parts)])
    return token_index(
        tokens, np.concatenate([np.zeros(0, np.uint32), *(people for _, people in parts)])
    )


def _distinct(ascending: UInt64) -> int:
    return int(np.count_nonzero(first_of_runs(ascending)))


def _written(gathered: Gathered, index: dict[str, TokenIndex]) -> dict[str, int]:
    counts = {}
    for name, found in gathered.written.items():
        derived = name in gathered.derived
        if name in index and not derived and not found.excluded.any():
            counts[name] = _distinct(index[name].tokens)
        else:
            counts[name] = len(distinct_sorted(found.tokens))
    return {name: count for name, count in counts.items() if count}


def _people(gathered: Gathered, linked: Linked, facts: bool) -> PeopleTable:
    count = len(linked)
    people = PeopleTable(
        id_token=linked.id_token,
        registered=_registered(gathered, linked),
        carrier=np.zeros(count, dtype=np.uint8),
        region=np.zeros(count, dtype=np.uint16),
        swept=np.zeros(count, dtype=np.bool_),
        never_issued=np.zeros(count, dtype=np.bool_),
        full=linked.full,
    )
    if facts and MOBILE.name in gathered.matched:
        _add_mobiles(people, gathered.matched[MOBILE.name], linked)
    return people


def _add_mobiles(people: PeopleTable, mobiles: Occurrences, linked: Linked) -> None:
    """What the first mobile of each person says of it."""
    assert mobiles.values is not None
    values, owners = linked.of(replace(mobiles, tokens=mobiles.values))
    # Of several writes the last stays, so writing backwards leaves the first.
    first = np.full(len(linked), -1, dtype=np.int64)
    first[owners[::-1]] = np.arange(len(owners))[::-1]
    who = np.flatnonzero(first >= 0)
    own = values[first[who]]
    people.carrier[who] = carrier_of(own)
    people.region[who] = region_of(own)
    people.never_issued[who] = never_issued(own)
    distinct, inverse, _ = grouped(values)
    people.swept[who] = swept(distinct)[inverse[first[who]]]


def _registered(gathered: Gathered, linked: Linked) -> Any:
    latest = np.iinfo(np.int32).max
    if not (gathered.registered != NO_DAY).any():
        return np.full(len(linked), NO_DAY, dtype=np.int32)
    days = np.full(len(linked), latest, dtype=np.int32)
    for rows, people in (
        (np.arange(len(gathered)), linked.person),
        (linked.more_rows, linked.more_people),
    ):
        dated = (gathered.registered[rows] != NO_DAY) & (people != NOBODY)
        np.minimum.at(days, people[dated], gathered.registered[rows[dated]])
    days[days == latest] = NO_DAY
    return days
