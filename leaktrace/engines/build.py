"""A gathered list to people, exact sets and counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from leaktrace.engines.occurrences import IDENTIFIED, REFUSED, UNIDENTIFIED, Gathered, Occurrences
from leaktrace.engines.people import Linked, link_people
from leaktrace.fingerprint.held import (
    NO_DAY,
    HeldList,
    PeopleTable,
    TokenIndex,
    UInt32,
    UInt64,
)
from leaktrace.fingerprint.sorting import (
    distinct_sorted,
    first_of_runs,
    grouped,
    stable_sort,
)
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.identifiers.kinds import ID_NUMBER, ID_NUMBER_MASKED, KIND, KINDS, MOBILE
from leaktrace.identifiers.segments import carrier_of, never_issued, region_of
from leaktrace.identifiers.sweep import swept


def held_of(gathered: Gathered, linked: Linked, facts: bool) -> HeldList:
    """People and exact sets of a list; ``facts``: with what the mobiles say of their people."""
    index = {}
    for kind in KINDS:
        made = _index(kind.name, gathered, linked)
        if kind.matched and made is not None and len(made.tokens):
            index[kind.name] = made
    return HeldList(
        people=_people(gathered, linked, facts),
        index=index,
        scaled=1,
        size=len(linked),
        distinct={name: _distinct(made.tokens) for name, made in index.items()},
        written=_written(gathered, index),
    )


def token_index(tokens: UInt64, people: UInt32) -> TokenIndex:
    """The distinct (token, person) pairs, by token and then by person."""
    tokens, order = stable_sort(tokens)
    people = people[order]
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


def duplicate_rows(gathered: Gathered, linked: Linked) -> int:
    """Identified rows in which everyone was counted before (rows without a person: never)."""
    rows = np.flatnonzero((gathered.status == IDENTIFIED) & (linked.person != 0xFFFFFFFF))
    known = np.zeros(len(gathered), dtype=np.bool_)
    known[rows] = linked.first_row[linked.person[rows]] < rows
    new = linked.first_row[linked.more_people] >= linked.more_rows
    known[linked.more_rows[new]] = False
    return int(np.count_nonzero(known))


def summary_of(gathered: Gathered, linked: Linked, held: HeldList) -> ListSummary:
    """The counts of a list; what its reading says is added by the caller."""
    status = np.bincount(gathered.status, minlength=3)
    excluded = {}
    for name, found in gathered.written.items():
        if found.excluded.any():
            excluded[name] = len(distinct_sorted(found.tokens[found.excluded]))
    return ListSummary(
        sha256="",
        size=0,
        rows=len(gathered),
        identified_rows=int(status[IDENTIFIED]),
        unidentified_rows=int(status[UNIDENTIFIED]),
        refused_rows=int(status[REFUSED]),
        duplicate_rows=duplicate_rows(gathered, linked),
        people=len(linked),
        identifiers=dict(held.written),
        excluded=excluded,
        facts=_facts(gathered, held),
    )


def rows_of(gathered: Gathered, linked: Linked) -> Any:
    """One record for each row: ``pyarrow.Table`` (columns: fingerprint/FORMAT.md)."""
    columns: dict[str, Any] = {
        "table": gathered.table,
        "status": gathered.status,
        "person": linked.person,
        "registered": gathered.registered,
        "name": gathered.names,
    }
    further: list[tuple[int, Occurrences]] = []
    for name, found in gathered.written.items():
        first = first_of_runs(found.rows)
        column = np.zeros(len(gathered), dtype=np.uint64)
        column[found.rows[first]] = found.tokens[first]
        columns[name] = column
        if not first.all():
            rest = Occurrences(found.tokens[~first], found.rows[~first], found.excluded[~first])
            further.append((KIND[name].code, rest))
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    kinds, tokens = _lists(further, len(gathered))
    return table.append_column("other_kinds", kinds).append_column("other_tokens", tokens)


def _lists(further: list[tuple[int, Occurrences]], rows: int) -> tuple[Any, Any]:
    codes = [np.full(len(found.rows), code, dtype=np.uint8) for code, found in further]
    at = np.concatenate([found.rows for _, found in further] or [np.zeros(0, dtype=np.int64)])
    order = np.argsort(at, kind="stable")
    kind = np.concatenate([*codes, np.zeros(0, dtype=np.uint8)])[order]
    token = np.concatenate([f.tokens for _, f in further] or [np.zeros(0, dtype=np.uint64)])[order]
    offsets = np.searchsorted(at[order], np.arange(rows + 1)).astype(np.int32)
    return tuple(
        pa.ListArray.from_arrays(pa.array(offsets), pa.array(values)) for values in (kind, token)
    )


def _index(kind: str, gathered: Gathered, linked: Linked) -> TokenIndex | None:
    if kind == ID_NUMBER.name:
        return linked.id_index
    parts = []
    if kind in gathered.written:
        parts.append(linked.of(gathered.written[kind].matched()))
    if kind == ID_NUMBER_MASKED.name and kind in gathered.derived:
        parts.append((gathered.derived[kind].tokens, linked.id_people))
    elif kind in gathered.derived:
        parts.append(linked.of(gathered.derived[kind].matched()))
    if not parts:
        return None
    if len(parts) == 1:
        return token_index(*parts[0])
    tokens = np.concatenate([tokens for tokens, _ in parts])
    return token_index(tokens, np.concatenate([people for _, people in parts]))


def _distinct(ascending: UInt64) -> int:
    return int(np.count_nonzero(first_of_runs(ascending)))


def _written(gathered: Gathered, index: dict[str, TokenIndex]) -> dict[str, int]:
    counts = {}
    for name, found in gathered.written.items():
        if name in index and name not in gathered.derived and not found.excluded.any():
            counts[name] = _distinct(index[name].tokens)
        elif len(found.tokens):
            counts[name] = len(distinct_sorted(found.tokens))
    return counts


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
    if facts and MOBILE.name in gathered.written:
        _add_mobiles(people, gathered.written[MOBILE.name].matched(), linked)
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
    days = np.full(len(linked), latest, dtype=np.int32)
    for rows, people in (
        (np.arange(len(gathered)), linked.person),
        (linked.more_rows, linked.more_people),
    ):
        dated = (gathered.registered[rows] != NO_DAY) & (people != 0xFFFFFFFF)
        np.minimum.at(days, people[dated], gathered.registered[rows[dated]])
    days[days == latest] = NO_DAY
    return days


def _facts(gathered: Gathered, held: HeldList) -> dict[str, Any]:
    dated = gathered.registered[gathered.registered != NO_DAY]
    return {
        "named_rows": int(np.count_nonzero(gathered.names)),
        "dated_rows": len(dated),
        "first_registered": int(dated.min()) if len(dated) else None,
        "last_registered": int(dated.max()) if len(dated) else None,
        "swept_people": int(np.count_nonzero(held.people.swept)),
        "never_issued_people": int(np.count_nonzero(held.people.never_issued)),
    }


def built_parts(gathered: Gathered, facts: bool) -> tuple[Linked, HeldList, ListSummary]:
    """People, sets and counts of a gathered list."""
    linked = link_people(gathered)
    held = held_of(gathered, linked, facts)
    return linked, held, summary_of(gathered, linked, held)
