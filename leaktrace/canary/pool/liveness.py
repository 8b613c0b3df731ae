"""When a canary's phone was known to ring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from leaktrace.canary.pool.reading import PoolEntry, read_entries
from leaktrace.canary.pool.records import (
    CALLED,
    EXTENDED,
    FREE,
    HEARTBEAT,
    LAPSED,
    MISSED,
    PHONES,
    QUARANTINED,
    RETURNED,
    SILENT_AFTER_DAYS,
    TAKEN,
    Happening,
    now,
)
from leaktrace.canary.pool.states import in_order, moment_of, standing
from leaktrace.case.case import Case
from leaktrace.times import DAY


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From ``start`` to ``end``, both in it (seconds since 1970)."""

    start: float
    end: float


def live_intervals(
    case: Case,
    *,
    silent_after: float = SILENT_AFTER_DAYS,
    entries: Sequence[PoolEntry] | None = None,
) -> Mapping[str, tuple[Interval, ...]]:
    """The spans in which a phone number of each canary was known to ring, by the canary's id.

    Between two successful heartbeats that follow one another at most ``silent_after`` days apart
    it rang; a missed one in between, an ended contract or giving the number back ends the span.

    What may be concluded: outside its spans, that nobody called a canary says nothing, and is to
    be treated as missing. A call in no span is a call all the same. Of the content of a list a
    silent phone takes nothing away: the number stands there whether it rings or not. Only once it
    was given back, or its contract ended, it may be somebody else's, and what then turns up in a
    list or calls it need not mean the canary (see :func:`foreign_since`).

    A canary without a phone in the pool, or without any heartbeat of it, is not in the mapping:
    nothing is known. One whose heartbeats make no span has an empty tuple. ``entries`` are those
    of the pool, where they are at hand.
    """
    users = users_of_numbers(case)
    spans: dict[str, list[Interval]] = defaultdict(list)
    for entry in _entries(case, entries):
        heard = any(one.what in (HEARTBEAT, MISSED) for one in entry.history)
        if entry.number.kind in PHONES and heard:
            for canary in users.get(entry.number.id, ()):
                spans[canary] += spans_of(entry.history, silent_after)
    return {canary: tuple(merged(spans[canary])) for canary in sorted(spans)}


def foreign_since(case: Case, entries: Sequence[PoolEntry] | None = None) -> Mapping[str, float]:
    """Since when a phone number of a canary may be somebody else's (seconds since 1970), by the
    canary's id; those are left out of which all are still the user's."""
    users = users_of_numbers(case)
    found: dict[str, float] = {}
    for entry in _entries(case, entries):
        since = _lost_since(entry.history)
        if entry.number.kind in PHONES and since is not None:
            for canary in users.get(entry.number.id, ()):
                found[canary] = min(since, found.get(canary, since))
    return dict(sorted(found.items()))


def former_callers(
    case: Case, entries: Sequence[PoolEntry] | None = None
) -> Mapping[str, frozenset[str]]:
    """Who called each number while it was in quarantine, as it was written down, by the number's
    id: calls for its former owner, which say nothing of a leak later. Calls to a number that is
    free, and not planted yet, are such, too. ``entries`` are those of the pool with what was noted
    beside calls, where they are at hand."""
    found: dict[str, frozenset[str]] = {}
    for entry in whole_pool(case) if entries is None else entries:
        callers = frozenset(
            one.details["caller"]
            for one in entry.history
            if one.what == CALLED and one.details.get("caller") and _unused(entry, one)
        )
        if callers:
            found[entry.number.id] = callers
    return found


def _unused(entry: PoolEntry, call: Happening) -> bool:
    stands = standing(entry.number.kind, entry.history, call.at.earliest)
    return stands is None or stands.base in (QUARANTINED, FREE)


def spans_of(history: Iterable[Happening], silent_after: float) -> list[Interval]:
    """The spans in which one number rang and was the user's, in order."""
    story = in_order(history)
    losses = _losses(story)
    return [left for span in _rang(story, silent_after) for left in _outside(span, losses)]


def merged(spans: Iterable[Interval]) -> list[Interval]:
    """``spans`` in order, those that overlap made one."""
    found: list[Interval] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _rang(story: Iterable[Happening], silent_after: float) -> Iterator[Interval]:
    first: Happening | None = None
    last: Happening | None = None
    for one in story:
        if one.what not in (HEARTBEAT, MISSED):
            continue
        rings = one.what == HEARTBEAT
        near = last is not None and one.at.earliest - last.at.earliest <= silent_after * DAY
        if first and last and not (rings and near):
            yield from _between(first, last)
            first = None
        first, last = (first or one, one) if rings else (None, None)
    if first and last:
        yield from _between(first, last)


def _between(first: Happening, last: Happening) -> Iterator[Interval]:
    # What is known for sure: a single one that is dated to the day knows no instant.
    if first.at.latest <= last.at.earliest:
        yield Interval(first.at.latest, last.at.earliest)


def _losses(story: Iterable[Happening]) -> list[Interval]:
    """When the number was not, or may not have been, the user's."""
    found: list[Interval] = []
    end = inf
    for one in story:
        if one.what in (TAKEN, EXTENDED):
            if end < one.at.earliest:
                found.append(Interval(end, one.at.earliest))
            until = moment_of(one.details.get("contract_end"))
            end = until.latest if until else inf
        elif one.what in (LAPSED, RETURNED):
            end = min(end, one.at.earliest)
        if one.what == RETURNED:
            break
    return [*found, Interval(end, inf)] if end < inf else found


def _outside(span: Interval, losses: Iterable[Interval]) -> list[Interval]:
    """What is left of ``span`` without ``losses``, which come in order."""
    left: list[Interval] = []
    start = span.start
    for loss in losses:
        if loss.end < start or loss.start >= span.end:
            continue
        if start <= loss.start:
            left.append(Interval(start, loss.start))
        start = loss.end
    return [*left, Interval(start, span.end)] if start <= span.end else left


def _lost_since(history: Iterable[Happening]) -> float | None:
    losses = _losses(in_order(history))
    return (
        losses[-1].start if losses and losses[-1].end > now().latest >= losses[-1].start else None
    )


def whole_pool(case: Case) -> tuple[PoolEntry, ...]:
    """The pool's numbers with all that was noted of them."""
    return read_entries(case.ledger, case.sealer, whole=True)


def _entries(case: Case, entries: Sequence[PoolEntry] | None) -> Sequence[PoolEntry]:
    return read_entries(case.ledger, case.sealer) if entries is None else entries


def users_of_numbers(case: Case) -> Mapping[str, list[str]]:
    """The canaries that use each number of the pool, by its id."""
    users: dict[str, list[str]] = defaultdict(list)
    for row in case.ledger.execute("SELECT number, canary FROM canary_numbers ORDER BY 1, 2"):
        users[row["number"]].append(row["canary"])
    return users
