"""One list for each table of a file (``--split``), made in the worker in one reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from leaktrace.engines.local import build_list, with_original
from leaktrace.fingerprint.cellstore import cells_into
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.store import staged, write_parts
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake import open_list
from leaktrace.intake.blocks import ColumnReport, ListReading
from leaktrace.intake.digest import sha256_of
from leaktrace.intake.material import Material
from leaktrace.progress import SILENT, Progress


def store_tables(
    path: Path | Material,
    key_bytes: bytes,
    folder: Path,
    mapping: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
    *,
    passwords: Sequence[str] = (),
    spool: Path | None = None,
) -> list[ListSummary]:
    """Read each table of ``path`` that has rows into a list folder (``folder/0``, ``folder/1`` …).

    Raises
    ------
    InputRefused
        If the file cannot be taken in.
    """
    reading = open_list(path, mapping=mapping, passwords=passwords, spool=spool)
    folder.mkdir()
    made: list[tuple[int, ListSummary]] = []
    for table, blocks in groupby(reading.blocks, key=lambda block: block.table):
        with (
            staged(folder / str(len(made))) as staging,
            cells_into(staging) as cells,
        ):
            part = ListReading(blocks=(replace(block, table=0) for block in blocks))
            key = Key(key_bytes)
            built = build_list(part, key, sink=cells, progress=progress, folder=staging)
            write_parts(staging, built)
            made.append((table, built.summary))
            # Nothing may be mapped from the folder any more: Windows would not rename it.
            del built
    sha256, size = sha256_of(path)
    # What is said of columns and rows is complete only now, when all is read.
    return [
        replace(
            with_original(replace(summary, members=list(reading.members)), sha256, size),
            counts=[reading.counts[table]],
            columns=_columns(reading, table),
            warnings=list(reading.warnings),
            layout=dict(reading.layout),
            refusals=_refusals(reading, summary),
        )
        for table, summary in made
    ]


def _columns(reading: ListReading, table: int) -> list[ColumnReport]:
    names = list(dict.fromkeys((one.member, one.sheet) for one in reading.columns))
    return [one for one in reading.columns if (one.member, one.sheet) == names[table]]


def _refusals(reading: ListReading, summary: ListSummary) -> dict[str, int]:
    # The reasons are counted for the whole file.
    refused = summary.refused_rows
    if refused == sum(reading.refusals.values()):
        return dict(reading.refusals)
    return {"unreadable": refused} if refused else {}
