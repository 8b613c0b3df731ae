"""Taking in the logs that a watch follows: the same files again and again, grown since.

Lines that are known change nothing. A line that is refused would be so every time: it is told once.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leaktrace.calls.taking import import_calls
from leaktrace.case.case import Case
from leaktrace.case.manifest import wanted_lists
from leaktrace.case.outcomes import ImportOutcome, Refusal
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.blocks import Warning
from leaktrace.intake.worker import Worker
from leaktrace.progress import SILENT, Progress
from leaktrace.workflows.watching.memory import REFUSED, Memory, Row, read_memory

_WHOLE_FILE = 0


@dataclass(frozen=True, slots=True)
class TakenLogs:
    """What became of the logs.

    Attributes
    ----------
    added, updated, unchanged : int
        Lines.
    refused : tuple of Refusal
        Those that nobody was told of yet; and each file that was named and refused as a whole.
    warnings : tuple of Warning
    nothing_accepted : bool
        Each file was refused as a whole, or each of its lines.
    looked_at : frozenset of str
        The keyed names of the files.
    rows : frozenset of tuple
        What is to be remembered of the refusals in them.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    warnings: tuple[Warning, ...] = ()
    nothing_accepted: bool = False
    looked_at: frozenset[str] = frozenset()
    rows: frozenset[Row] = field(default=frozenset(), repr=False)


def take_logs(
    case: Case,
    paths: Sequence[Path],
    progress: Progress = SILENT,
    *,
    callee: str = "",
    worker: Worker | None = None,
) -> TakenLogs:
    """Take in the calls in ``paths``; a folder stands for the files in it.

    A log that was written to within the hour may end in half a line, which is left for the next
    time. Parameters are those of :func:`~leaktrace.calls.taking.import_calls`.

    Raises
    ------
    UsageError
        Where ``callee`` is no phone number.
    """
    told = read_memory(case.ledger).pairs(REFUSED)
    sightings, refusals, _skipped = wanted_lists(paths, None, case.folder)
    links = tuple(one for one in refusals if one.code != "empty-folder")
    found = [_Log("", ImportOutcome(refused=links))] if links else []
    named = {path.absolute() for path in paths}
    for path in (one.path for one in sightings):
        outcome = import_calls(case, path, progress, callee=callee, worker=worker, growing=True)
        found.append(_Log(_name(case.key, path), outcome, path.absolute() in named))
    return _together(found, told)


def after_refusals(before: Memory, logs: TakenLogs | None) -> frozenset[Row]:
    """What is to be remembered of refused lines: of the ``logs`` that were looked at, as they are
    now, and of all others as before."""
    if logs is None:
        return before.of(REFUSED)
    kept = {row for row in before.of(REFUSED) if row[1] not in logs.looked_at}
    return frozenset(kept) | logs.rows


@dataclass(frozen=True, slots=True)
class _Log:
    """One file with its keyed name (none for what is no file), and what became of it."""

    name: str
    outcome: ImportOutcome
    named: bool = False

    def by_code(self) -> Mapping[str, Sequence[Refusal]]:
        """The refusals of each code."""
        found: dict[str, list[Refusal]] = defaultdict(list)
        for one in self.outcome.refused:
            found[one.code].append(one)
        return found

    def fresh(self, told: frozenset[tuple[str, str]]) -> Iterator[Refusal]:
        """The refusals that nobody was told of."""
        last = dict(value.split() for name, value in told if name == self.name)
        for code, refusals in self.by_code().items():
            known = int(last.get(code, "-1"))
            # A shorter file than the one that was told of is another one.
            known = -1 if _last(refusals) < known else known
            for one in refusals:
                whole = one.row is None and self.named
                if whole or (one.row or _WHOLE_FILE) > known:
                    yield one

    def rows(self) -> Iterator[Row]:
        """What is to be remembered."""
        for code, refusals in self.by_code().items():
            yield REFUSED, self.name, f"{code} {_last(refusals)}"


def _last(refusals: Sequence[Refusal]) -> int:
    return max(one.row or _WHOLE_FILE for one in refusals)


def _together(found: Sequence[_Log], told: frozenset[tuple[str, str]]) -> TakenLogs:
    outcomes = [one.outcome for one in found]
    return TakenLogs(
        added=sum(one.added for one in outcomes),
        updated=sum(one.updated for one in outcomes),
        unchanged=sum(one.unchanged for one in outcomes),
        refused=tuple(it for one in found for it in one.fresh(told)),
        warnings=tuple(it for one in outcomes for it in one.warnings),
        nothing_accepted=bool(outcomes) and all(one.nothing_accepted for one in outcomes),
        looked_at=frozenset(one.name for one in found),
        rows=frozenset(row for one in found for row in one.rows()),
    )


def _name(key: Key, path: Path) -> str:
    """A name for the file that says nothing of it: people are named in file names, too."""
    text = str(path.absolute()).encode("utf-8", "surrogatepass")
    return hmac.digest(key.derive("watched logs"), text, "sha256")[:8].hex()
