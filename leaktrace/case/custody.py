"""What the ledger says of how each input came into the case."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from leaktrace.case.custodybook import RECORD
from leaktrace.case.kept import kept_name
from leaktrace.case.outcomes import Refusal
from leaktrace.case.reading import members_of, read_report, warnings_of
from leaktrace.case.stored import Original
from leaktrace.errors import LeaktraceError
from leaktrace.intake.blocks import MemberReport, TableReport, Warning
from leaktrace.intake.refusals import shown
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.case.case import Case

_COUNTS = ("rows", "identified_rows", "unidentified_rows", "refused_rows", "duplicate_rows")


@dataclass(frozen=True, slots=True)
class CustodyRecord:
    """One input of a case as it came in: taken, or refused.

    Attributes
    ----------
    subject : str
        ``"batch"``, ``"reference"`` or ``"refused"``.
    subject_id : str
        The batch, or the source whose reference it is; empty for a refused list.
    current : bool
        False where the same batch or source was taken in anew later, or the same file refused anew.
    taken_at : str
        ISO 8601 in UTC; ``time_zone`` (``+0800``) is that of the computer then.
    examiner : str
        Empty where nobody was named; identifiers masked.
    command, version : str
        What took it in, and the version of leaktrace.
    read_version, read_at : str
        The version that read the list, and when: earlier than ``taken_at`` where the case held the
        list already.
    environment, settings : mapping
        What the reading ran on, and what it was told.
    file, path : str
        As the user named it, and in full; identifiers masked.
    original : Original
        The same, unmasked: for finding the file again, never to be shown.
    counts : mapping of str to int
        ``rows`` and its parts; empty for a sketch or a refused input.
    tables, members : sequence
        Of the list, the original first.
    adds_up : bool
        Whether ``rows`` is the sum of its parts, in total and table by table, and the tables' rows
        are the list's.
    code, reason : str
        Why it was refused.
    inside : sequence of Refusal
        Of a refused archive: why the files in it were.
    kept : bool
        Whether the case keeps the original itself.
    """

    subject: str
    subject_id: str
    current: bool
    taken_at: str
    time_zone: str
    examiner: str
    command: str
    version: str
    file: str
    path: str
    original: Original = field(repr=False)
    list: str | None = None
    read_version: str = ""
    read_at: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    form: str = ""
    people: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    identifiers: Mapping[str, int] = field(default_factory=dict)
    tables: Sequence[TableReport] = ()
    members: Sequence[MemberReport] = ()
    warnings: Sequence[Warning] = ()
    code: str = ""
    reason: str = ""
    inside: Sequence[Refusal] = ()
    kept: bool = False

    @property
    def sha256(self) -> str:
        """Of the original; empty where it could not be read."""
        return self.original.sha256

    @property
    def adds_up(self) -> bool:
        """Whether the counts add up; see above."""
        if not self.counts:
            return True
        total = [self.counts[name] for name in _COUNTS[:4]]
        tables = [
            (one.rows, one.identified_rows, one.unidentified_rows, one.refused_rows)
            for one in self.tables
        ]
        sound = all(rows == sum(parts) for rows, *parts in [total, *tables])
        together = [sum(column) for column in zip(*tables, strict=True)]
        return sound and (not tables or together == total)


def custody_records(case: Case, batches: Sequence[str] = ()) -> tuple[CustodyRecord, ...]:
    """Every input of the case in the order in which they came in, or those of ``batches`` alone.

    Raises
    ------
    LeaktraceError
        ``"unknown-batch"``.
    """
    known = {row[0] for row in case.ledger.execute("SELECT id FROM batches")}
    for batch in batches:
        if batch not in known:
            raise LeaktraceError(
                _("there is no batch {batch} in this case").format(batch=shown(batch)),
                code="unknown-batch",
            )
    records = _last_attempts(tuple(_all_records(case)))
    if not batches:
        return records
    wanted = set(batches)
    return tuple(one for one in records if one.subject == "batch" and one.subject_id in wanted)


def _last_attempts(records: Sequence[CustodyRecord]) -> tuple[CustodyRecord, ...]:
    """``records``; of the refusals of one file the last alone is current."""
    last = {_refused_file(one): at for at, one in enumerate(records) if one.subject == "refused"}
    return tuple(
        one if last.get(_refused_file(one), at) == at else replace(one, current=False)
        for at, one in enumerate(records)
    )


def _refused_file(one: CustodyRecord) -> tuple[str, ...]:
    original = one.original
    return (one.subject, one.subject_id, original.path or original.file, original.sha256)


_ENTERED = """
SELECT custody.*, version, command, time_zone, subject = 'refused' OR custody.id = (
  SELECT max(id) FROM custody AS later
  WHERE later.subject = custody.subject AND later.subject_id = custody.subject_id) AS current
FROM custody JOIN runs ON runs.id = custody.run ORDER BY custody.id
"""
# What came in before there were custody records, as far as it is known.
_BEFORE = """
SELECT 'batch' AS subject, batches.id AS subject_id, list, started_at AS at, version, command,
  time_zone, 1 AS current, original_sealed, 'batches.original' AS sealed_for, run
FROM batches JOIN runs ON runs.id = batches.run
WHERE NOT EXISTS (SELECT 1 FROM custody WHERE subject = 'batch' AND subject_id = batches.id)
UNION ALL
SELECT 'reference', source, list, started_at, version, command, time_zone, current,
  original_sealed, 'references.original', run
FROM list_references JOIN runs ON runs.id = list_references.run
WHERE NOT EXISTS (SELECT 1 FROM custody WHERE subject = 'reference' AND subject_id = source
  AND custody.list = list_references.list)
ORDER BY run, subject_id
"""


def _all_records(case: Case) -> Iterator[CustodyRecord]:
    kept = {row[0] for row in case.ledger.execute("SELECT name FROM originals")}
    lists: dict[str, dict[str, Any]] = {}
    for row in case.ledger.execute(_BEFORE).fetchall():
        original = case.sealer.open(row["original_sealed"], row["sealed_for"])
        yield _record(case, row, {"original": original}, kept, lists)
    for row in case.ledger.execute(_ENTERED).fetchall():
        yield _record(case, row, case.sealer.open(row["record_sealed"], RECORD), kept, lists)


def _record(
    case: Case,
    row: sqlite3.Row,
    said: Mapping[str, Any],
    kept: set[str],
    lists: dict[str, dict[str, Any]],
) -> CustodyRecord:
    original = Original(**said["original"])
    digest = row["list"]
    if digest is not None and digest not in lists:
        lists[digest] = _of_list(case, digest)
    return CustodyRecord(
        subject=row["subject"],
        subject_id=row["subject_id"],
        current=bool(row["current"]),
        taken_at=row["at"],
        time_zone=row["time_zone"],
        examiner=shown(said.get("examiner", "")),
        command=row["command"],
        version=row["version"],
        file=shown(original.file),
        path=shown(original.path),
        original=original,
        list=digest,
        code=said.get("code", ""),
        reason=said.get("reason", ""),
        kept=bool(original.sha256) and kept_name(case.key, original.sha256) in kept,
        **(lists[digest] if digest is not None else _of_refused(said)),
    )


def _of_refused(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "environment": said.get("environment", {}),
        "settings": said.get("settings", {}),
        "inside": tuple(Refusal(*one) for one in said.get("inside", ())),
    }


def _of_list(case: Case, digest: str) -> dict[str, Any]:
    row = case.ledger.execute(
        "SELECT lists.*, version, started_at, arguments_sealed FROM lists "
        "JOIN runs ON runs.id = lists.run WHERE digest = ?",
        (digest,),
    ).fetchone()
    report = read_report(case.ledger, case.sealer, digest)
    numbers = case.ledger.execute(
        "SELECT kind, number FROM list_identifiers WHERE list = ? ORDER BY kind", (digest,)
    )
    return {
        "form": row["form"],
        "read_version": row["version"],
        "read_at": row["started_at"],
        "environment": report.get("environment", {}),
        "settings": report.get("settings") or _settings_of_run(case, row["arguments_sealed"]),
        "people": row["people"],
        "counts": {name: row[name] for name in _COUNTS} if row["form"] == "store" else {},
        "identifiers": {one["kind"]: one["number"] for one in numbers},
        "tables": tuple(TableReport(**table) for table in report.get("counts", ())),
        "members": members_of(report),
        "warnings": warnings_of(report),
    }


def _settings_of_run(case: Case, sealed: bytes) -> dict[str, Any]:
    # A list from before settings were kept beside it.
    said = case.sealer.open(sealed, "runs.arguments")
    return {"mapping": said.get("mapping") or {}, "split": bool(said.get("split"))}
