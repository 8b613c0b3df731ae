"""Lists to fingerprints on this machine; the functions of files are run in the intake's worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from leaktrace.engines.build import built_parts
from leaktrace.engines.gather import Gatherer
from leaktrace.engines.rowtable import rows_of
from leaktrace.fingerprint.built import BuiltList
from leaktrace.fingerprint.cellstore import CellSink, MemoryCells, cells_into
from leaktrace.fingerprint.fracminhash import DEFAULT_SCALED
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.sketch import sketch_of
from leaktrace.fingerprint.sketchfile import save_sketch
from leaktrace.fingerprint.store import staged, write_parts
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.intake import open_list
from leaktrace.intake.blocks import ListReading
from leaktrace.intake.digest import sha256_of
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

__all__ = ["ListSummary", "build_list", "fingerprint_file", "held_file", "store_file"]


def build_list(
    reading: ListReading,
    key: Key,
    *,
    rows: bool = True,
    facts: bool = True,
    kinds: frozenset[str] | None = None,
    sink: CellSink | None = None,
    progress: Progress = SILENT,
) -> BuiltList:
    """People, exact sets and counts of a list under ``key``, block by block.

    Parameters
    ----------
    reading : ListReading
        Read to its end.
    key : Key
    rows : bool
        With the record of each row and the tokens of its cells.
    facts : bool
        With carrier, region and signs of being made up of each person's mobile.
    kinds : frozenset of str or None
        Only these kinds of identifier, written or derived; None: all.
    sink : CellSink or None
        Where the cells' tokens go; None: into memory.
    progress : Progress
        Told of each row.
    """
    cells = MemoryCells() if rows and sink is None else None
    taken: CellSink | None = (sink or cells) if rows else None
    gatherer = Gatherer(Tokeniser(key), kinds, taken)
    progress.begin(_("reading"))
    for block in reading.blocks:
        gatherer.add(block)
        progress.advance(block.rows)
    progress.end()
    gathered = gatherer.finish()
    linked, held, summary = built_parts(gathered, facts)
    summary = replace(
        summary,
        columns=list(reading.columns),
        warnings=list(reading.warnings),
        layout=dict(reading.layout),
        refusals=dict(reading.refusals),
        members=list(reading.members),
        counts=list(reading.counts),
    )
    return BuiltList(
        held=held,
        summary=summary,
        rows=rows_of(gathered, linked) if rows else None,
        cells=None if cells is None else cells.batches,
        key_fingerprint=key.fingerprint,
    )


def store_file(
    path: Path,
    key_bytes: bytes,
    folder: Path,
    mapping: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
    *,
    passwords: Sequence[str] = (),
    spool: Path | None = None,
) -> ListSummary:
    """Read the list at ``path`` into a new list folder; the rest as in ``intake.open_list``.

    Raises
    ------
    InputRefused
        If the file cannot be taken in; then there is no folder.
    LeaktraceError
        If the folder exists.
    """
    with ThreadPoolExecutor(1) as beside, staged(folder) as staging:
        digest = beside.submit(sha256_of, path)
        with cells_into(staging) as cells:
            reading = open_list(path, mapping=mapping, passwords=passwords, spool=spool)
            built = build_list(reading, Key(key_bytes), sink=cells, progress=progress)
        sha256, size = digest.result()
        built = replace(built, summary=with_original(built.summary, sha256, size))
        write_parts(staging, built)
    return built.summary


def fingerprint_file(
    path: Path,
    key_bytes: bytes,
    out: Path,
    bare: bool = False,
    mapping: Mapping[str, str] | None = None,
    scaled: int = DEFAULT_SCALED,
    progress: Progress = SILENT,
    *,
    passwords: Sequence[str] = (),
    spool: Path | None = None,
) -> ListSummary:
    """Write the sketch of the list at ``path``.

    ``bare`` leaves out the months of registration.

    Raises
    ------
    InputRefused
        If the file cannot be taken in; then nothing is written.
    """
    key = Key(key_bytes)
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(sha256_of, path)
        reading = open_list(path, mapping=mapping, cells=False, passwords=passwords, spool=spool)
        built = build_list(reading, key, rows=False, facts=False, progress=progress)
        sha256, size = digest.result()
    save_sketch(sketch_of(built, key, scaled, months=not bare), out)
    return with_original(built.summary, sha256, size)


def with_original(summary: ListSummary, sha256: str, size: int) -> ListSummary:
    """``summary`` with the digest and the size of the file that it was read from."""
    members = [
        replace(one, sha256=sha256, size=size) if one.member is None else one
        for one in summary.members
    ]
    return replace(summary, sha256=sha256, size=size, members=members)


def held_file(
    path: Path,
    key_bytes: bytes,
    mapping: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
    *,
    passwords: Sequence[str] = (),
    spool: Path | None = None,
) -> HeldList:
    """The people and exact sets of the list at ``path``, in memory.

    Raises
    ------
    InputRefused
        If the file cannot be taken in.
    """
    reading = open_list(path, mapping=mapping, cells=False, passwords=passwords, spool=spool)
    return build_list(reading, Key(key_bytes), rows=False, progress=progress).held
