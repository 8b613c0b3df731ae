"""Who knew of a canary: those who held its numbers since, who planted it, whom anybody named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from leaktrace.canary.pool.history import CANARY, LEFT_OUT, happen, histories, read_happenings
from leaktrace.canary.pool.records import (
    CONTROL,
    HANDED,
    KNOWN_TO,
    PLANTED,
    TAKEN,
    Happening,
    now,
)
from leaktrace.canary.pool.states import in_order
from leaktrace.canary.pool.telling import Recorded
from leaktrace.canary.proving.records import read_record
from leaktrace.case.case import Case
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _
from leaktrace.times import Moment, read_moment

CUSTODIAN, PLANTER, AUTHORISER, NAMED = "custodian", "planted-it", "authorised-it", "named"


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody who knew of a canary: since when at the latest, and how (``custodian``,
    ``planted-it``, ``authorised-it``, ``named``)."""

    who: str = field(repr=False)
    how: str
    since: Moment


def knowers(case: Case) -> Mapping[str, tuple[Knower, ...]]:
    """Who knew of each canary, by its id; each way of knowing once, the first first."""
    found: dict[str, dict[tuple[str, str], Moment]] = defaultdict(dict)
    for canary, one in (*_custodians(case), *_planters(case), *_named(case)):
        key = (one.who, one.how)
        before = found[canary].get(key)
        if one.who and (before is None or one.since.earliest < before.earliest):
            found[canary][key] = one.since
    return {
        canary: tuple(
            sorted(
                (Knower(who, how, since) for (who, how), since in found[canary].items()),
                key=lambda one: (one.since.earliest, one.who, one.how),
            )
        )
        for canary in sorted(found)
    }


def _custodians(case: Case) -> Iterator[tuple[str, Knower]]:
    stories = histories(case.ledger, case.sealer, tests=LEFT_OUT)
    for row in case.ledger.execute("SELECT * FROM canary_numbers ORDER BY canary, number"):
        canary, story = row["canary"], in_order(stories.get(row["number"], ()))
        used = [
            one.at
            for one in story
            if one.what in (PLANTED, CONTROL) and one.details["canary"] == canary
        ]
        for who, held, until in _tenures(story):
            # Whoever had passed the number on before knew a number, not a canary.
            since = [max(held, at, key=lambda one: one.earliest) for at in used]
            if since and min(one.earliest for one in since) < until:
                first = min(since, key=lambda one: one.earliest)
                yield canary, Knower(who, CUSTODIAN, first)


def _tenures(story: Sequence[Happening]) -> Iterator[tuple[str, Moment, float]]:
    """Who held a number from when until when."""
    holders = [
        (one.details.get("custodian" if one.what == TAKEN else "to", ""), one.at)
        for one in story
        if one.what in (TAKEN, HANDED)
    ]
    ends = [at.latest for _who, at in holders[1:]] + [inf]
    for (who, at), end in zip(holders, ends, strict=True):
        yield who, at, end


def _planters(case: Case) -> Iterator[tuple[str, Knower]]:
    for row in case.ledger.execute("SELECT * FROM planting_records ORDER BY planting"):
        said = read_record(row, case.sealer).said
        planted, recorded = said["planted"], read_moment(said["recorded_at"])
        since = Moment(planted["earliest"], planted["latest"], planted["text"])
        since = since if since.text else recorded
        yield said["canary"], Knower(said["by"], PLANTER, since)
        yield said["canary"], Knower(said["authorised_by"], AUTHORISER, since)


def _named(case: Case) -> Iterator[tuple[str, Knower]]:
    for one in read_happenings(case.ledger, case.sealer, CANARY):
        if one.what == KNOWN_TO:
            yield one.subject_id, Knower(one.details["who"], NAMED, one.at)


def name_knower(
    case: Case, canaries: Sequence[str], who: str, at: Moment | None = None, note: str = ""
) -> Recorded:
    """Record that ``who`` knows of ``canaries`` since ``at`` (now, if None).

    Raises
    ------
    LeaktraceError
        ``unknown-canary``, ``future``; :class:`UsageError` where nobody is named.
    """
    if not who.strip():
        raise UsageError(_("say who knows of it"))
    details = {"who": who.strip(), **({"note": note} if note else {})}
    return happen_to_canaries(case, "canary knows", canaries, KNOWN_TO, at, details, ("who",))


def happen_to_canaries(
    case: Case,
    command: str,
    canaries: Sequence[str],
    what: str,
    at: Moment | None,
    details: Mapping[str, Any],
    same: Sequence[str] = (),
) -> Recorded:
    """Append ``what`` to the history of each of ``canaries``, all or none; those to which it has
    happened already (with the same ``same`` details) are left as they are.

    Raises
    ------
    LeaktraceError
        ``unknown-canary``, ``future``.
    """
    moment = at or now()
    added = 0
    given = list(dict.fromkeys(canaries))
    with (
        case.writing(command, canaries=given, at=moment.text, **details) as writer,
        writer.one_input(),
    ):
        ledger = writer.connection
        known = {row[0] for row in ledger.execute("SELECT id FROM canaries")}
        done = {
            (one.subject_id, *(one.details.get(name) for name in same))
            for one in read_happenings(ledger, writer.sealer, CANARY)
            if one.what == what
        }
        _check(given, known, moment)
        for canary in given:
            if (canary, *(details.get(name) for name in same)) not in done:
                happen(writer, CANARY, canary, what, moment, details)
                added += 1
    return Recorded(added, len(given) - added)


def _check(canaries: Sequence[str], known: set[str], moment: Moment) -> None:
    for canary in canaries:
        if canary not in known:
            raise LeaktraceError(
                _("there is no canary {canary} in this case; see: leaktrace canary list").format(
                    canary=mask_text(canary)
                ),
                code="unknown-canary",
            )
    if moment.earliest > now().latest:
        raise LeaktraceError(
            _("this is a day to come; give the day when it happened"), code="future"
        )
