"""The calls of a case, as the ledger has them, with what follows from number and transcript."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from leaktrace.calls.callers import caller_of
from leaktrace.calls.marks import Plantings
from leaktrace.calls.records import UNKNOWN, Call
from leaktrace.calls.sectors import kind_heard, sector_heard, sector_written
from leaktrace.canary.pool.history import CANARY, COLUMN
from leaktrace.canary.pool.records import CALLED
from leaktrace.case.case import Case
from leaktrace.times import Moment, narrower


def read_calls(case: Case) -> tuple[Call, ...]:
    """Every call and message of the case, by time.

    What several files said of one call is put together, the later before the earlier.
    """
    rows = case.ledger.execute(
        "SELECT * FROM happenings WHERE subject = ? AND what = ? ORDER BY id", (CANARY, CALLED)
    ).fetchall()
    if not rows:
        return ()
    owners = _owners(case)
    plantings = Plantings(case)
    whole: dict[str, dict[str, Any]] = defaultdict(dict)
    moments: dict[str, Moment] = {}
    for row in rows:
        said = case.sealer.open(row["details_sealed"], COLUMN)
        whole[said["call"]].update(said)
        moment = Moment(row["earliest"], row["latest"], row["text"])
        moments[said["call"]] = narrower(moments.get(said["call"], moment), moment)
    calls = [_call(said, moments[call], owners, plantings) for call, said in whole.items()]
    return tuple(sorted(calls, key=lambda one: (one.at.earliest, one.at.latest, one.id)))


def _call(
    said: Mapping[str, Any],
    at: Moment,
    owners: Mapping[tuple[str, str], Sequence[str]],
    plantings: Plantings,
) -> Call:
    canaries = tuple(owners[said["kind_called"], said["token"]])
    transcript = said.get("transcript", "")
    told = {"kind": said.get("kind", UNKNOWN), "sector": sector_written(said.get("sector", ""))}
    inferred = []
    if transcript and told["kind"] == UNKNOWN:
        told["kind"] = kind_heard(transcript)
        inferred += ["kind"] if told["kind"] != UNKNOWN else []
    if transcript and not told["sector"]:
        told["sector"] = sector_heard(transcript)
        inferred += ["sector"] if told["sector"] else []
    return Call(
        id=said["call"],
        canaries=canaries,
        at=at,
        caller=caller_of(said["caller"]),
        duration_s=said.get("duration_s"),
        call_mode=said.get("call_mode", UNKNOWN),
        claims_to_be=said.get("claims_to_be", ""),
        transcript=transcript,
        recited=plantings.recited(transcript, canaries),
        inferred=tuple(inferred),
        **told,
    )


def _owners(case: Case) -> Mapping[tuple[str, str], Sequence[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in case.ledger.execute("SELECT * FROM canary_tokens ORDER BY canary"):
        found[row["kind"], bytes(row["token"]).hex()].append(row["canary"])
    return found
