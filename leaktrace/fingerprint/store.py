"""The list store: one immutable folder for each list, of tokens only (layout: FORMAT.md)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.built import BuiltList
from leaktrace.fingerprint.cellstore import cells_into, read_cells
from leaktrace.fingerprint.held import HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.minhash import MINHASH_PEOPLE, minhash
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.identifiers.kinds import KIND
from leaktrace.messages import _, plain

STORE_FORMAT = 1
#: How cells are normalised. Lists that were stored before it was noted have 1: width, case and
#: outer blanks alone; their normalised cells are compared with no later ones.
CELL_FORMAT = 2
_META = "meta.json"
ROWS = "rows.arrow"
PEOPLE = "people.arrow"
INDEX = "index"
_FLAGS = ("swept", "never_issued", "full")


class StoreMeta(msgspec.Struct, frozen=True):
    """``meta.json``: what the folder holds."""

    format: int
    key: str
    people: int
    distinct: dict[str, int]
    written: dict[str, int]
    summary: ListSummary
    cells: int = 1


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder to write into that becomes ``folder`` when all went well, and else is gone.

    Raises
    ------
    LeaktraceError
        If ``folder`` exists: a stored list is never changed.
    """
    if folder.exists():
        message = _("the list folder {folder} exists already, and a stored list is never changed")
        raise LeaktraceError(message.format(folder=folder.name), code="exists")
    staging = folder.with_name(folder.name + ".partial")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        yield staging
        staging.rename(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def write_list(folder: Path, built: BuiltList) -> None:
    """Write a list whose cells, if any, are in memory; see :func:`write_parts` for streaming."""
    with staged(folder) as staging:
        if built.cells is not None:
            with cells_into(staging) as cells:
                for batch in built.cells:
                    cells.write(batch)
        write_parts(staging, built)


def write_parts(folder: Path, built: BuiltList) -> None:
    """Write everything but the cells, and what is there already, into ``folder``, which exists."""
    held = built.held
    if built.folder is None:
        if built.rows is not None:
            _write_table(folder / ROWS, built.rows)
        _write_table(folder / PEOPLE, _people_table(held.people))
        (folder / INDEX).mkdir()
        for kind, index in sorted(held.index.items()):
            np.save(folder / INDEX / f"{kind}.tokens.npy", index.tokens)
            np.save(folder / INDEX / f"{kind}.people.npy", index.people)
    for kind, index in sorted(held.index.items()):
        if KIND[kind].full and held.size <= MINHASH_PEOPLE:
            np.save(folder / INDEX / f"{kind}.minhash.npy", minhash(index.tokens))
    meta = StoreMeta(
        format=STORE_FORMAT,
        key=built.key_fingerprint,
        people=held.size,
        distinct=dict(held.distinct),
        written=dict(held.written),
        summary=replace(built.summary, facts=_figures(built.summary)),
        cells=CELL_FORMAT,
    )
    (folder / _META).write_bytes(msgspec.json.encode(meta, order="sorted", enc_hook=plain))


def _figures(summary: ListSummary) -> dict[str, Any]:
    # The list's own fingerprint holds words of the list: nowhere in plain, not even in passing.
    return {name: value for name, value in summary.facts.items() if name != "profile"}


def open_held(folder: Path) -> HeldList:
    """The people and exact sets of a stored list, memory-mapped: milliseconds at any size."""
    meta = _meta(folder)
    index = {kind: open_index(folder, kind) for kind in meta.distinct}
    return HeldList(
        people=open_people(folder / PEOPLE),
        index=index,
        scaled=1,
        size=meta.people,
        distinct=meta.distinct,
        written=meta.written,
    )


def open_index(folder: Path, kind: str) -> TokenIndex:
    """Who carries which token of one kind, memory-mapped."""
    return TokenIndex(
        np.load(folder / INDEX / f"{kind}.tokens.npy", mmap_mode="r"),
        np.load(folder / INDEX / f"{kind}.people.npy", mmap_mode="r"),
    )


def open_summary(folder: Path) -> ListSummary:
    """What was said of a stored list when it was taken in."""
    return _meta(folder).summary


def open_cell_format(folder: Path) -> int:
    """How the cells of a stored list are normalised (:data:`CELL_FORMAT` is this version's)."""
    return _meta(folder).cells


def open_key_fingerprint(folder: Path) -> str:
    """The fingerprint of the key that a stored list was made under."""
    return _meta(folder).key


def open_minhash(folder: Path) -> dict[str, Any]:
    """datasketch's hash values (uint32[128]) by full kind; empty for lists beyond 1e6 people."""
    return {
        path.name.removesuffix(".minhash.npy"): np.load(path)
        for path in sorted((folder / INDEX).glob("*.minhash.npy"))
    }


def read_rows(folder: Path) -> Any:
    """One record for each row, in the original order: ``pyarrow.Table`` (columns: FORMAT.md)."""
    rows = read_list_rows(folder)
    cells = read_cells(folder)
    if cells.num_rows != rows.num_rows:
        return rows
    for name in cells.column_names:
        rows = rows.append_column(name, cells[name])
    return rows


def read_list_rows(folder: Path) -> Any:
    """As :func:`read_rows`, without the cells."""
    return _mapped(folder / ROWS)


def _meta(folder: Path) -> StoreMeta:
    try:
        meta = msgspec.json.decode((folder / _META).read_bytes(), type=StoreMeta)
    except (OSError, msgspec.MsgspecError) as error:
        message = _("the stored list {folder} is damaged: restore the case folder from a copy")
        raise LeaktraceError(message.format(folder=folder.name), code="damaged") from error
    if meta.format != STORE_FORMAT:
        message = _("the stored list {folder} was written by another version of leaktrace")
        raise LeaktraceError(message.format(folder=folder.name), code="version")
    return meta


def _write_table(path: Path, table: Any) -> None:
    with path.open("wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def _mapped(path: Path) -> Any:
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _people_table(people: PeopleTable) -> Any:
    columns: dict[str, Any] = {
        "id_token": people.id_token,
        "registered": people.registered,
        "carrier": people.carrier,
        "region": people.region,
        "swept": people.swept,
        "never_issued": people.never_issued,
        "full": np.ones(len(people), np.bool_) if people.full is None else people.full,
    }
    # Arrow packs booleans into bits, which numpy cannot map: bytes instead.
    for name in _FLAGS:
        columns[name] = columns[name].view(np.uint8)
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def open_people(path: Path) -> PeopleTable:
    """The people in a ``people.arrow``, memory-mapped."""
    table = _mapped(path)
    columns = {}
    for name in table.column_names:
        chunked = table[name]
        columns[name] = chunked.chunk(0).to_numpy() if chunked.num_chunks else chunked.to_numpy()
    for name in _FLAGS:
        columns[name] = columns[name].view(np.bool_)
    return PeopleTable(**columns)
