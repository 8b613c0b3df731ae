"""Made-up canaries and calls."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

from leaktrace.calls.callers import caller_of
from leaktrace.calls.records import HUMAN, ROBOT, Call, RecitedMarks
from leaktrace.times import read_moment

CANARIES = {
    "C1": ("S01", "13761234098"),
    "C2": ("S01", "13761234099"),
    "C3": ("S01", "13761234100"),
    "C4": ("S02", "13761234101"),
    "C5": ("S03", "021-61234567"),
    "CC": ("", "13761234103"),
}
CALLS = "callee,caller,started_at,duration_s,kind,call_mode,sector,claims_to_be,transcript"

HOUSES = (
    "您好，请问是江小姐吗？我们是恒远地产的，江边新盘开盘了，首付可以分期，精装的户型，请问您有买房的打算吗",
    "您号，请问是李先生吗？我们是恒远地产的，江边新盘开盘乐，首付可以粉期，精装的户型，请问您又买房的打算吗",
    "您好，请问是王总吗？我们是恒远地铲的，江边新盘开盘了，首付可以分期，京装的户型，请问您有买房的打算马",
)


def write(path: Path, header: str, *lines: Sequence[str], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header.split(","), *lines])
    return path


def made_call(
    canary: str,
    caller: str,
    at: str,
    *,
    kind: str = ROBOT,
    sector: str = "",
    transcript: str = "",
    recites: str = "",
) -> Call:
    """A call; ``recites`` is the source whose mark is recited."""
    name = hashlib.sha256(f"{canary}{caller}{at}".encode()).hexdigest()[:12]
    return Call(
        id=name,
        canaries=(canary,),
        at=read_moment(at),
        caller=caller_of(caller),
        kind=HUMAN if recites else kind,
        sector=sector,
        transcript=transcript,
        recited=(RecitedMarks(canary, recites, ("layout",)),) if recites else (),
    )
