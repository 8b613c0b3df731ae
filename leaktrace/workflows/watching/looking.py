"""What is new in a case, beside what was told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from leaktrace.canary.pool.duties import Duty, due
from leaktrace.canary.pool.history import CANARY, COLUMN, NUMBER, read_happenings
from leaktrace.canary.pool.records import BURNT, CALLED
from leaktrace.canary.pool.sightings import BATCH as IN_BATCH
from leaktrace.canary.pool.sightings import sightings
from leaktrace.case.case import Case
from leaktrace.progress import Progress
from leaktrace.workflows.watching import memory
from leaktrace.workflows.watching.memory import Memory, Row, basis_of
from leaktrace.workflows.watching.records import Burnt, Hit, News, Rise

if TYPE_CHECKING:
    from leaktrace.calls.records import Call, Campaign


def look(
    case: Case, told: Memory, marks: Sequence[float], within: float, progress: Progress
) -> tuple[News, frozenset[Row]]:
    """The news, and what is to be remembered once they are told (refused lines aside).

    Lists, calls and figures are looked at only where the case is another than it was; what falls
    due, and which figure is past which mark, always.
    """
    duties = due(case, within=within)
    known = told.pairs(memory.DUTY)
    basis = basis_of(case.ledger)
    if told.values(memory.BASIS).get("") == basis:
        news, rows = _as_it_was(told, marks)
    else:
        news, rows = _changed(case, told, marks, progress)
        rows |= {(memory.BASIS, "", basis)}
    news = replace(
        news,
        first=not told.rows,
        duties=tuple(one for one in duties if _name(one) not in known),
    )
    return news, rows | {(memory.DUTY, *_name(one)) for one in duties}


def _as_it_was(told: Memory, marks: Sequence[float]) -> tuple[News, frozenset[Row]]:
    """Of a case in which nothing was changed: another mark may be asked for."""
    leaked = {source: float(value) for source, value in told.values(memory.LEAKED).items()}
    passed, past = rises(told, leaked, marks)
    kept = told.of(memory.BASIS, memory.HAPPENING, memory.BATCH, memory.HIT, memory.LEAKED)
    return News(rises=passed), kept | past


def _changed(
    case: Case, told: Memory, marks: Sequence[float], progress: Progress
) -> tuple[News, frozenset[Row]]:
    """Of a case that has changed."""
    seen = int(told.values(memory.HAPPENING).get("", "0"))
    calls, found = _new_calls(case, seen)
    batches, hits = case.batches(), tuple(_hits(case))
    leaked = leaked_figures(case, progress)
    passed, past = rises(told, leaked, marks)
    known_batches, known_hits = told.values(memory.BATCH), told.pairs(memory.HIT)
    news = News(
        calls=calls,
        campaigns=found,
        batches=tuple(one for one in batches if one.id not in known_batches),
        hits=tuple(one for one in hits if (one.canary, one.batch) not in known_hits),
        rises=passed,
        burnt=tuple(_burnt(case, seen)),
    )
    rows = {
        (memory.HAPPENING, "", str(_last_happening(case))),
        *((memory.BATCH, one.id, "") for one in batches),
        *((memory.HIT, one.canary, one.batch) for one in hits),
        *((memory.LEAKED, source, repr(value)) for source, value in leaked.items()),
    }
    return news, past | rows


def _name(duty: Duty) -> tuple[str, str]:
    return duty.number, f"{duty.what} {duty.due.text}"


def _last_happening(case: Case) -> int:
    return int(case.ledger.execute("SELECT ifnull(max(id), 0) FROM happenings").fetchone()[0])


def _new_calls(case: Case, seen: int) -> tuple[tuple[Call, ...], tuple[Campaign, ...]]:
    """The calls first told of after the happening ``seen``, and the campaigns that they are in.

    What a later file says more of a known call is no news.
    """
    from leaktrace.calls import campaigns, read_calls

    rows = case.ledger.execute(
        "SELECT id, details_sealed FROM happenings WHERE subject = ? AND what = ? ORDER BY id",
        (CANARY, CALLED),
    ).fetchall()
    if not rows or rows[-1]["id"] <= seen:
        return (), ()
    first: dict[str, int] = {}
    for row in rows:
        call = case.sealer.open(row["details_sealed"], COLUMN)["call"]
        first.setdefault(call, row["id"])
    calls = read_calls(case)
    fresh = {call for call, number in first.items() if number > seen}
    found = campaigns(case, calls) if fresh else ()
    return (
        tuple(one for one in calls if one.id in fresh),
        tuple(one for one in found if fresh.intersection(one.calls)),
    )


def _hits(case: Case) -> Iterator[Hit]:
    plantings = {one.id: one.plantings for one in case.canaries()}
    for one in sightings(case):
        if one.subject == CANARY and one.place == IN_BATCH:
            planted = tuple(it for it in plantings[one.subject_id] if it.source)
            yield Hit(one.subject_id, one.place_id, one.at, planted)


def _burnt(case: Case, seen: int) -> Iterator[Burnt]:
    found = [
        one
        for subject in (CANARY, NUMBER)
        for one in read_happenings(case.ledger, case.sealer, subject)
        if one.what == BURNT and one.id > seen
    ]
    for one in sorted(found, key=lambda it: it.id):
        yield Burnt(one.subject, one.subject_id, one.at, str(one.details.get("note") or ""))


def leaked_figures(case: Case, progress: Progress) -> Mapping[str, float]:
    """How probable it is of each source that its data circulate; of public ones nothing is said."""
    from leaktrace.attribution import trace_case

    found = trace_case(case, explain=False, progress=progress)
    return {one.source: float(one.leaked) for one in found.sources if one.leaked is not None}


def rises(
    told: Memory, leaked: Mapping[str, float], marks: Sequence[float]
) -> tuple[tuple[Rise, ...], frozenset[Row]]:
    """Which sources passed which of ``marks`` since, and all marks (of earlier watches, too) that
    they are past now, to be remembered."""
    known = told.pairs(memory.MARK)
    former = told.values(memory.LEAKED)
    found = []
    for source, value in sorted(leaked.items()):
        past = (one for one in sorted(set(marks)) if value >= one)
        passed = tuple(one for one in past if (source, repr(one)) not in known)
        if passed:
            before = float(former[source]) if source in former else None
            found.append(Rise(source, value, passed, before))
    asked = {(source, repr(mark)) for source in leaked for mark in marks}
    still = frozenset(
        (memory.MARK, source, mark)
        for source, mark in asked | known
        if source in leaked and leaked[source] >= float(mark)
    )
    return tuple(found), still
