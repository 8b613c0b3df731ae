"""Taking in SOURCES: those with whom people register."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict
from pathlib import Path
from typing import Any

from leaktrace.case.case import Case
from leaktrace.case.lines import (
    LineRefused,
    checked_id,
    items_in,
    moment_in,
    note_of,
)
from leaktrace.case.outcomes import ImportOutcome
from leaktrace.case.reading import moment_values
from leaktrace.case.records import Source
from leaktrace.case.sourcekinds import allowed_kinds, kind_code
from leaktrace.case.tables import SOURCES
from leaktrace.case.updating import Updating
from leaktrace.case.writer import Writer
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.blocks import Warning
from leaktrace.intake.tables import TableRow
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

_NUMBER = re.compile(r"(\d[\d,\s]*(?:\.\d+)?)(万?)[人户条个]?")
_LARGEST = 10_000_000_000  # more than there are people: a number in the wrong column
_ACCESS = {
    "": "restricted",
    "restricted": "restricted",
    "public": "public",
    "受限": "restricted",
    "不公开": "restricted",
    "非公开": "restricted",
    "否": "restricted",
    "公开": "public",
    "是": "public",
}


def import_sources(
    case: Case, path: Path, progress: Progress = SILENT, *, worker: Worker | None = None
) -> ImportOutcome:
    """Take in the lines of ``path`` (SOURCES); a refused line does not stop the rest.

    A known id with other words updates the source, and what was said before is kept in the
    ledger's ``changes``. ``worker`` may be shared with other calls.
    """
    table = Updating(SOURCES, "source", Case.sources, _source_in, _take, _doubts)
    return table.import_file(case, path, _("Taking in sources"), progress, worker)


def _source_in(row: TableRow, seen: set[str]) -> Source:
    identity = checked_id(row, "id")
    if identity in seen:
        raise LineRefused(
            "duplicate-id",
            _("the id {id} stands in this file twice; keep one line for each source").format(
                id=identity
            ),
        )
    written = row.values["kind"]
    opened, closed = moment_in(row, "opened_at"), moment_in(row, "closed_at")
    if opened and closed and closed.latest < opened.earliest:
        raise LineRefused(
            "date",
            _("{closed} is before {opened}; put the two dates right").format(
                closed=row.title("closed_at"), opened=row.title("opened_at")
            ),
        )
    source = Source(
        id=identity,
        name=row.values["name"],
        kind=kind_code(written) or "other",
        population=population_in(row),
        opened_at=opened,
        closed_at=closed,
        access=_access(row),
        processors=items_in(row, "processors"),
        recipients=items_in(row, "recipients"),
        own_numbers=items_in(row, "own_numbers"),
        note=note_of(row),
        kind_as_written=written,
    )
    seen.add(identity)
    return source


def population_in(row: TableRow) -> int | None:
    """The number of people in the column ``population`` (``12万`` is read too); None where empty.

    Raises
    ------
    LineRefused
    """
    plain = unicodedata.normalize("NFKC", row.values["population"]).strip()
    if not plain:
        return None
    found = _NUMBER.fullmatch(plain)
    if found:
        number = float(re.sub(r"[,\s]", "", found[1])) * (10_000 if found[2] else 1)
        if 0 < number <= _LARGEST:
            return round(number)
    raise LineRefused(
        "population",
        _(
            "{column} is not a number of people; write it as 120000, or leave it empty if unknown"
        ).format(column=row.title("population")),
    )


def _access(row: TableRow) -> str:
    try:
        return _ACCESS[row.values["access"].strip().lower()]
    except KeyError:
        raise LineRefused(
            "access",
            _("{column} is neither restricted nor public; write one of the two").format(
                column=row.title("access")
            ),
        ) from None


def _doubts(source: Source) -> list[Warning]:
    if kind_code(source.kind_as_written):
        return []
    return [
        Warning(
            "unknown-kind",
            _(
                'source {source}: the kind "{kind}" is not known and is treated as "other"; known '
                "are {known}"
            ).format(
                source=source.id, kind=mask_text(source.kind_as_written), known=allowed_kinds()
            ),
        )
    ]


def _take(writer: Writer, source: Source, before: Source | None) -> str:
    if source == before:
        return "unchanged"
    details = {
        "name": source.name,
        "opened_at": moment_values(source.opened_at),
        "closed_at": moment_values(source.closed_at),
        "processors": source.processors,
        "recipients": source.recipients,
        "own_numbers": source.own_numbers,
        "note": source.note,
        "kind_as_written": source.kind_as_written,
    }
    writer.connection.execute(
        "INSERT INTO sources VALUES (:id, :kind, :population, :access, :details, :run) "
        "ON CONFLICT (id) DO UPDATE SET kind = :kind, population = :population, "
        "access = :access, details_sealed = :details, run = :run",
        {
            "id": source.id,
            "kind": source.kind,
            "population": source.population,
            "access": source.access,
            "details": writer.sealer.seal(details, "sources.details"),
            "run": writer.run(),
        },
    )
    if before is None:
        return "added"
    writer.log_change("source", source.id, _as_said(before), _as_said(source))
    return "updated"


def _as_said(source: Source) -> dict[str, Any]:
    return asdict(source)
