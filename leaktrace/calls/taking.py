"""Taking in calls: from any file that holds some, to the ledger.

A call is kept as what happened to the canary whose number rang; who called and what was said is
sealed. What a later file says more of a known call is added beside it: nothing is ever changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from leaktrace.calls.callers import caller_of, number_in
from leaktrace.calls.forms import CallRows, read_calls_file
from leaktrace.calls.growing import log_end
from leaktrace.calls.lines import CallLine, call_line
from leaktrace.calls.records import SMS
from leaktrace.canary.pool.history import CANARY, COLUMN, happen
from leaktrace.canary.pool.records import CALLED, now
from leaktrace.case.case import Case
from leaktrace.case.lines import LineRefused, counted, refusal_of_line
from leaktrace.case.outcomes import ImportOutcome, Refusal
from leaktrace.case.workers import a_worker, called
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused, UsageError
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.recogniser import Identifier
from leaktrace.intake.blocks import Warning
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _, ngettext
from leaktrace.progress import SILENT, Progress
from leaktrace.times import Moment, narrower

# A line that names a minute may be of a call of any second of it; one that names a day, of any.
_SAME_CALL = 3600.0
Versions = dict[str, list[Mapping[str, Any]]]
Times = defaultdict[tuple[str, str], dict[str, Moment]]


def import_calls(
    case: Case,
    path: Path,
    progress: Progress = SILENT,
    *,
    callee: str = "",
    worker: Worker | None = None,
    growing: bool = False,
) -> ImportOutcome:
    """Take in the calls and messages in ``path``; a refused line does not stop the rest.

    Parameters
    ----------
    case : Case
    path : Path
        CALLS, a carrier's bill, a backup of SMS Backup & Restore, or call records of Asterisk or
        FreeSWITCH: it is known by what stands in it.
    progress : Progress
    callee : str
        The number that was called, where the file does not say.
    worker : Worker, optional
        May be shared with other calls.
    growing : bool
        Somebody may be writing the file: a last line that may not be whole is left out, with the
        warning ``unfinished``.

    Raises
    ------
    UsageError
        Where ``callee`` is no phone number.
    """
    theirs = _callee(callee)
    end = log_end(path)
    try:
        with a_worker(worker) as reader, called(path):
            found = reader.call(read_calls_file, path.absolute())
    except InputRefused as error:
        if growing and not end.whole:
            # Half a character is no text, and half a header no table.
            return ImportOutcome(warnings=(_unfinished(path),))
        return ImportOutcome(refused=(Refusal.of(error),))
    if growing and not (end.whole and end == log_end(path)):
        found = replace(found, rows=found.rows[:-1], warnings=(*found.warnings, _unfinished(path)))
    refused: list[Refusal] = []
    statuses: list[str] = []
    progress.begin(_("Taking in calls"), len(found.rows))
    with case.writing("calls import", file=legible(path)) as writer, writer.one_input():
        log = _Log(writer)
        for row in found.rows:
            try:
                statuses.append(log.add(call_line(row, theirs)))
            except LineRefused as error:
                refused.append(refusal_of_line(shown(path), row, error))
            progress.advance()
    progress.end()
    return ImportOutcome(
        **counted(statuses), refused=tuple(refused), warnings=_warnings(found, shown(path))
    )


def _callee(text: str) -> Identifier | None:
    if not text:
        return None
    found = number_in(text)
    if found is None:
        raise UsageError(_("--callee takes the phone number that was called"))
    return found


def _unfinished(path: Path) -> Warning:
    text = _("its last line is left for the next time: it has no end yet, or somebody is writing")
    return Warning("unfinished", text, shown(path))


def _warnings(found: CallRows, file: str) -> tuple[Warning, ...]:
    warnings = tuple(replace(one, place=file) for one in found.warnings)
    if not found.outgoing:
        return warnings
    text = ngettext(
        "{count} call or message that went out was left out",
        "{count} calls and messages that went out were left out",
        found.outgoing,
    ).format(count=found.outgoing)
    return (*warnings, Warning("outgoing", text, file))


class _Log:
    """Adds calls for one command, inside its transaction."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._key = writer.sealer.key
        self._tokeniser = Tokeniser(self._key)
        self._now = now().latest
        self._owners = _owners(writer, "canary_tokens", "canary")
        self._pool = _owners(writer, "number_tokens", "number")
        self._tokens: dict[Identifier, int] = {}
        self._known, self._times = _known(writer)

    def add(self, line: CallLine) -> str:
        """Add one; ``"added"``, ``"updated"``, or ``"unchanged"`` where nothing in it is new.

        Raises
        ------
        LineRefused
            Then nothing of it is written.
        """
        token = self._token(line.callee)
        owners = self._owners.get((line.callee.kind.name, token), ())
        if not owners:
            raise LineRefused("not-a-canary", self._no_canary(line, token))
        if line.at.earliest > self._now:
            raise LineRefused("future", _("this is a day to come; give the day when it happened"))
        call = self._same(line, token) or line.id(token, self._key)
        said = {
            "call": call,
            "kind_called": line.callee.kind.name,
            "token": f"{token:016x}",
            "caller": line.caller,
            **line.details,
        }
        versions = self._known.setdefault(call, [])
        if said in versions or (versions and _says_no_more(said, versions)):
            return "unchanged"
        happen(self._writer, CANARY, owners[0], CALLED, line.at, said)
        versions.append(said)
        _remember(self._times[_pair(f"{token:016x}", line.caller)], call, line.at)
        return "added" if len(versions) == 1 else "updated"

    def _same(self, line: CallLine, token: int) -> str | None:
        """The one call that ``line`` tells again, to the minute where it was known to the second,
        or the other way round."""
        if line.details.get("kind") == SMS or not caller_of(line.caller).number:
            return None
        known = self._times.get(_pair(f"{token:016x}", line.caller), {})
        found = {call for call, at in known.items() if _within(line.at, at) or _within(at, line.at)}
        return found.pop() if len(found) == 1 else None

    def _token(self, number: Identifier) -> int:
        if number not in self._tokens:
            values = np.array([number.value], dtype=np.uint64)
            self._tokens[number] = int(self._tokeniser.numbers(values, number.kind)[0])
        return self._tokens[number]

    def _no_canary(self, line: CallLine, token: int) -> str:
        if (line.callee.kind.name, token) in self._pool:
            return _(
                "the number that was called is in the pool, but no canary uses it yet; note the "
                "call with: leaktrace canary pool log"
            )
        return _(
            "the number that was called is no canary of this case; take its planting in first "
            "(leaktrace canary import), or leave the line out"
        )


def _owners(writer: Writer, table: str, column: str) -> Mapping[tuple[str, int], Sequence[str]]:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in writer.connection.execute(f"SELECT * FROM {table} ORDER BY {column}"):
        found[row["kind"], int.from_bytes(row["token"], "big")].append(row[column])
    return found


def _known(writer: Writer) -> tuple[Versions, Times]:
    """What was said of each call, and when each caller rang each number (messages aside)."""
    versions: Versions = defaultdict(list)
    times: Times = defaultdict(dict)
    for row in writer.connection.execute(
        "SELECT earliest, latest, text, details_sealed FROM happenings "
        "WHERE subject = ? AND what = ? ORDER BY id",
        (CANARY, CALLED),
    ):
        said = writer.sealer.open(row["details_sealed"], COLUMN)
        versions[said["call"]].append(said)
        if said.get("kind") != SMS:
            moment = Moment(row["earliest"], row["latest"], row["text"])
            _remember(times[_pair(said["token"], said["caller"])], said["call"], moment)
    return versions, times


def _remember(times: dict[str, Moment], call: str, at: Moment) -> None:
    times[call] = narrower(times.get(call, at), at)


def _pair(token: str, caller: str) -> tuple[str, str]:
    return token, caller_of(caller).number


def _within(inner: Moment, outer: Moment) -> bool:
    return (
        outer.earliest <= inner.earliest
        and inner.latest <= outer.latest
        and outer.latest - outer.earliest < _SAME_CALL
    )


def _says_no_more(said: Mapping[str, Any], versions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all of ``said`` was said before, how the caller's number is written aside."""
    whole = {name: value for one in versions for name, value in one.items()}
    return all(whole.get(name) == value for name, value in said.items() if name != "caller")
