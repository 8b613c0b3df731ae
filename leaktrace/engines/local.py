"""Lists to fingerprints on this machine; the functions of files are run in the intake's worker."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from leaktrace.engines.build import built_parts
from leaktrace.engines.gather import BlockTokens, Gatherer
from leaktrace.engines.large.spill import Spill
from leaktrace.engines.occurrences import Gathered
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
from leaktrace.intake.material import Material
from leaktrace.intake.profile.profiler import Profiler
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

__all__ = ["ListSummary", "build_list", "fingerprint_file", "held_file", "store_file"]


LARGE = 4_000_000
"""Rows from which on a list waits on the disk: up to here memory is the faster place."""

_WORK = "work"


def build_list(
    reading: ListReading,
    key: Key,
    *,
    rows: bool = True,
    facts: bool = True,
    kinds: frozenset[str] | None = None,
    sink: CellSink | None = None,
    progress: Progress = SILENT,
    folder: Path | None = None,
    large: int = LARGE,
    owners: bool = True,
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
        With carrier, region and signs of being made up of each person's mobile, and, where there
        are ``rows``, the list's own fingerprint (``facts["profile"]``).
    kinds : frozenset of str or None
        Only these kinds of identifier, written or derived; None: all.
    sink : CellSink or None
        Where the cells' tokens go; None: into memory.
    progress : Progress
        Told of each row, or of the bytes of the file where their number is known.
    folder : Path or None
        Where a list of more than ``large`` rows may be written. What comes out is the same; memory
        grows by some ten bytes a row then, of which the most entangled take more. None: everything
        is held in memory.
    large : int
    owners : bool
        Without, the sets of a large list may leave out who carries a token (0xFFFFFFFF): a sketch
        asks for it only where people have a date.
    """
    cells = MemoryCells() if rows and sink is None else None
    taken: CellSink | None = (sink or cells) if rows else None
    tokens = BlockTokens(Tokeniser(key), kinds, taken)
    profiler = Profiler() if rows and facts else None
    gathered = _gathered(reading, tokens, profiler, folder, large, facts, progress)
    records = None
    if isinstance(gathered, Spill):
        assert folder is not None
        from leaktrace.engines.large.build import large_parts

        held, summary = large_parts(gathered, folder, progress, owners=owners)
    else:
        linked, held, summary = built_parts(gathered, facts)
        records = rows_of(gathered, linked) if rows else None
    noted = {} if profiler is None else {"profile": profiler.finish()}
    summary = replace(
        summary,
        facts=summary.facts | noted,
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
        rows=records,
        cells=None if cells is None else cells.batches,
        key_fingerprint=key.fingerprint,
        folder=folder if isinstance(gathered, Spill) else None,
    )


def _gathered(
    reading: ListReading,
    tokens: BlockTokens,
    profiler: Profiler | None,
    folder: Path | None,
    large: int,
    facts: bool,
    progress: Progress,
) -> Gathered | Spill:
    """The list as tokens, on the disk where it is large."""
    gatherer: Gatherer | Spill = Gatherer(tokens.tokeniser, tokens.kinds)
    progress.begin(_("reading"), reading.size)
    told = 0
    try:
        for block in reading.blocks:
            gatherer.add(tokens.of(block))
            if profiler is not None:
                profiler.add(block)
            if folder is not None and isinstance(gatherer, Gatherer) and len(gatherer) > large:
                gatherer = _spilled(gatherer, tokens, folder / _WORK, facts)
            step = block.rows if reading.size is None else reading.position - told
            told += step
            progress.advance(step)
        progress.end()
        if isinstance(gatherer, Gatherer):
            return gatherer.finish()
        gatherer.finish()
    except BaseException:
        if isinstance(gatherer, Spill):
            gatherer.close()
        raise
    return gatherer


def _spilled(gatherer: Gatherer, tokens: BlockTokens, work: Path, facts: bool) -> Spill:
    """What was gathered so far, on the disk."""
    work.mkdir()
    rows = tokens.sink is not None
    spill = Spill(work, tokens.tokeniser, tokens.kinds, rows=rows, facts=facts)
    spill.add(gatherer.so_far())
    return spill


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A folder beside ``out`` that is gone at the end; one that a crash has left is replaced."""
    folder = out.with_name(out.name + ".partial.work")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def store_file(
    path: Path | Material,
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
            built = build_list(
                reading, Key(key_bytes), sink=cells, progress=progress, folder=staging
            )
        sha256, size = digest.result()
        summary = with_original(built.summary, sha256, size)
        write_parts(staging, replace(built, summary=summary))
        # Nothing may be mapped from the folder any more: Windows would not rename it.
        del built
    return summary


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
    with ThreadPoolExecutor(1) as beside, _beside(out) as folder:
        digest = beside.submit(sha256_of, path)
        reading = open_list(path, mapping=mapping, cells=False, passwords=passwords, spool=spool)
        built = build_list(
            reading,
            key,
            rows=False,
            facts=False,
            progress=progress,
            folder=folder,
            owners=False,
        )
        sha256, size = digest.result()
        sketch = sketch_of(built, key, scaled, months=not bare)
        summary = built.summary
        # Nothing may be mapped from the folder any more: Windows would not remove it.
        del built
    save_sketch(sketch, out)
    return with_original(summary, sha256, size)


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
