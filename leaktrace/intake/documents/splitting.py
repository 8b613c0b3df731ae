"""From rows that come as a document holds them, tables mixed, to one table after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.document import DocumentTable
from leaktrace.intake.documents.streams import record_of
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import refused
from leaktrace.intake.signatures import empty
from leaktrace.messages import _

MOST_TABLES = 100
"""Tables that are kept apart; the rows of further ones stand together in one more."""

MOST_COLUMNS = 1000
"""Fields that get a column of their own; what further ones hold stands together in one more."""

# Characters of other tables' rows that are held while one table is read; beyond them the document
# is read once more for the table that holds most.
_HELD = 16 << 20
_SAMPLE = 2000
_MORE = "…"

Name = str | None
Field = tuple[str, int] | int
"""A column: its full name and, where a record has several of that name, which; or its position."""

Keyed = Mapping[Field, str]
Cells = Sequence[str] | Keyed
Event = tuple[Name, Cells | None]
"""A row of a table, or None for the table's end."""


@dataclass(slots=True)
class _Waiting:
    """Rows that wait while another table is read; None where there are too many to be held.

    ``given`` counts the rows of that name that were handed on before.
    """

    rows: list[Cells] | None = field(default_factory=list)
    size: int = 0
    given: int = 0


def split_tables(
    events: Callable[[], Iterator[Event]],
    make: Callable[[Name, Iterable[Cells]], DocumentTable],
    last: Name = None,
) -> Iterator[DocumentTable]:
    """The tables that a document's rows belong to.

    A table's rows are handed on as they come; those of others wait for its end, and where they are
    too many to wait in memory, the document is read again for them.

    Parameters
    ----------
    events : callable
        Reads the document from its beginning: the same rows each time.
    make : callable
        The table of that name, given its rows.
    last : str, optional
        The table that is to come behind the others.
    """
    splitter = _Splitter(events, make)
    if last is not None:
        splitter.put_off(last)
    yield from splitter.tables()


class _Splitter:
    def __init__(
        self,
        events: Callable[[], Iterator[Event]],
        make: Callable[[Name, Iterable[Cells]], DocumentTable],
    ) -> None:
        self._start = events
        self._make = make
        self._waiting: dict[Name, _Waiting] = {}
        self._names: dict[Name, Name] = {}
        self._late: set[Name] = set()
        self._held = 0

    def put_off(self, name: Name) -> None:
        """Let the rows of a table wait from the beginning."""
        self._waiting[name] = _Waiting()
        self._names[name] = name
        self._late.add(name)

    def tables(self) -> Iterator[DocumentTable]:
        """Each table once."""
        events = self._named()
        for name, cells in events:
            if cells is None or self._hold(name, cells):
                continue
            yield self._make(name, self._rest(name, cells, events))
        for name, waiting in sorted(self._waiting.items(), key=lambda item: item[0] in self._late):
            # Two tables of one name would pass for one.
            shown = f"{name}~2" if waiting.given else name
            if waiting.rows is None:
                rows = self._make(name, self._again(name, waiting.given))
                yield replace(rows, name=shown)
            elif waiting.rows:
                yield replace(self._make(name, waiting.rows), name=shown)
                waiting.rows = []

    def _named(self) -> Iterator[Event]:
        """The events, those of too many tables under one name."""
        for name, cells in self._start():
            if name not in self._names:
                few = len(self._names) < MOST_TABLES
                self._names[name] = name if few else _MORE
            known = self._names[name]
            if known != _MORE or cells is not None:
                yield known, cells

    def _rest(self, current: Name, first: Cells, events: Iterator[Event]) -> Iterator[Cells]:
        """The rows of the table that is being read, from the ``first`` on."""
        waiting = self._waiting[current] = _Waiting(given=1)
        yield first
        for name, cells in events:
            if name == current:
                if cells is None:
                    # Rows of that name that come later wait like any others.
                    return
                waiting.given += 1
                yield cells
            elif cells is not None:
                self._hold(name, cells, new=True)

    def _hold(self, name: Name, cells: Cells, *, new: bool = False) -> bool:
        """Let a row wait; False where its table may be read at once."""
        if not new and name not in self._waiting:
            return False
        waiting = self._waiting.setdefault(name, _Waiting())
        if waiting.rows is not None:
            texts = cells.values() if isinstance(cells, Mapping) else cells
            size = 100 + sum(map(len, texts))
            waiting.rows.append(cells)
            waiting.size += size
            self._held += size
            if self._held > _HELD:
                self._spill()
        return True

    def _spill(self) -> None:
        most = max(self._waiting.values(), key=lambda waiting: waiting.size)
        self._held -= most.size
        most.rows, most.size = None, 0

    def _again(self, wanted: Name, given: int) -> Iterator[Cells]:
        rows = (cells for name, cells in self._named() if name == wanted and cells is not None)
        return islice(rows, given, None)


def some_tables(
    material: Material, tables: Iterable[DocumentTable], warnings: Sequence[Warning]
) -> Iterator[DocumentTable]:
    """The tables, of which there must be one.

    Raises
    ------
    InputRefused
        ``"truncated"`` where there is none, and warnings tell why; ``"empty"``.
    """
    found = False
    for table in tables:
        found = True
        yield table
    if not found and warnings:
        message = _("{file} is damaged, and nothing in it could be read; look for a sound copy.")
        raise refused(material, "truncated", message)
    if not found:
        raise empty(material)


def plain_table(name: Name, rows: Iterable[Cells]) -> DocumentTable:
    """A table of rows by position, whose header may stand among them."""
    return DocumentTable(name, (record_of(positional(row)) for row in rows))


def positional(row: Cells) -> list[str]:
    """A row's cells in order; what has a name stands behind the others."""
    if not isinstance(row, Mapping):
        return list(row)
    cells = [""] * (max((key for key in row if isinstance(key, int)), default=-1) + 1)
    for key, text in row.items():
        if isinstance(key, int):
            cells[key] = text
        else:
            cells.append(text)
    return cells


def keyed_table(name: Name, rows: Iterable[Cells]) -> DocumentTable:
    """A table of rows by field; its header are the fields of the first rows."""
    keyed = iter(_keyed(rows))
    first = list(islice(keyed, _SAMPLE))
    places: dict[Field, int] = {}
    for row in first:
        for key in row:
            if key not in places and len(places) < MOST_COLUMNS:
                places[key] = len(places)
    if all(isinstance(key, int) for key in places):
        return plain_table(name, chain(first, keyed))
    header = tuple(_titles(list(places)))
    records = (record_of(_cells(row, places)) for row in chain(first, keyed))
    return DocumentTable(name, records, header)


def _keyed(rows: Iterable[Cells]) -> Iterator[Keyed]:
    for row in rows:
        yield row if isinstance(row, Mapping) else dict(enumerate(row))


def _cells(row: Keyed, places: dict[Field, int]) -> list[str]:
    cells = [""] * len(places)
    more: list[str] = []
    for key, text in row.items():
        place = places.get(key)
        if place is not None:
            cells[place] = text
        elif len(places) < MOST_COLUMNS:
            places[key] = len(places)
            cells.append(text)
        else:
            more.append(text)
    if more:
        cells.append("; ".join(more))
    return cells


def _titles(fields: Sequence[Field]) -> list[str]:
    """The shortest endings of dotted names that tell the fields apart.

    ``data.user.phone`` becomes ``phone``, which is what a header says elsewhere; a field that
    comes several times in a record has the same title each time.
    """
    names = [[str(f + 1)] if isinstance(f, int) else f[0].split(".") for f in fields]
    distinct = {tuple(parts) for parts in names}
    endings: dict[tuple[str, ...], int] = {}
    for parts in distinct:
        for i in range(len(parts)):
            endings[parts[i:]] = endings.get(parts[i:], 0) + 1
    return [_ending(tuple(parts), endings) for parts in names]


def _ending(parts: tuple[str, ...], endings: Mapping[tuple[str, ...], int]) -> str:
    for i in range(len(parts) - 1, -1, -1):
        if endings[parts[i:]] == 1:
            return ".".join(parts[i:])
    return ".".join(parts)
