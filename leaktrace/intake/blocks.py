"""What the intake hands on: blocks of rows with their cells and the identifiers found in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.kinds import Kind

NO_DAY = -(2**31)


@dataclass(frozen=True, slots=True)
class Found:
    """The identifiers of one kind, as written, that one column of a block holds.

    Attributes
    ----------
    kind : Kind
    column : int
        Position of the column in the block, from 0.
    rows : int64[n]
        The row in the block of each identifier, ascending; a row may come several times.
    values : uint64[n] or None
        The normal forms, for kinds of form NUMBER; for NAMED the number beside the name.
    texts : pyarrow.StringArray[n] or None
        The normal forms for kinds of form TEXT; for NAMED the normalised name.
    excluded : bool[n] or None
        True where the identifier is widely known (hotline, test number), or stands above or below
        the rows of people and names nobody: counted, not matched.
    """

    kind: Kind
    column: int
    rows: npt.NDArray[np.int64]
    values: npt.NDArray[np.uint64] | None = None
    texts: Any = None
    excluded: npt.NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Consecutive records of one table (a sheet, or the whole of a text file).

    Attributes
    ----------
    table : int
        Index into :attr:`ListReading.tables`.
    rows : int
        Records in this block (records with a non-empty cell, header rows aside).
    cells : list of pyarrow.StringArray[rows]
        The text of every column as typed (null where the row is too short).
    found : list of Found
    identified : bool[rows]
        Rows in which an identifier was recognised.
    refused : bool[rows]
        Rows that could not be read as records (damaged); never also identified.
    names : pyarrow.StringArray[rows] or None
        The normalised person's name of each row (null where none), from the name column.
    registered : int32[rows]
        Day of registration (days since 1970-01-01, Asia/Shanghai), NO_DAY where unknown.
    further : bool[rows] or None
        Records that are one more person of the row before, where a row holds several: they link
        and match as rows do, and count as none.
    """

    table: int
    rows: int
    cells: list[Any]
    found: list[Found]
    identified: npt.NDArray[np.bool_]
    refused: npt.NDArray[np.bool_]
    names: Any
    registered: npt.NDArray[np.int32]
    further: npt.NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """One column as it was understood; texts are masked.

    Attributes
    ----------
    member, sheet : str or None
        The member of an archive (a chain joined by ``" › "``), and the sheet, in which it stands.
    column : int
        From 1.
    kind : str
        An identifier kind, or ``"name"``, ``"registered_at"``, ``"other"``.
    filled, recognised : int
        Cells with something in them; cells in which an identifier was recognised.
    why : str
        Code of what decided the kind: ``"user"``, ``"content"``, ``"header"``, ``"serial"``
        (numbers of orders or the like), ``"nothing"`` (nothing speaks for any), ``"empty"``; where
        the header says more than was taken, ``"names-elsewhere"`` and ``"dates-elsewhere"``
        (another column's are taken), ``"names-missing"`` and ``"dates-missing"`` (there are none).
    kinds : dict of str to int
        Identifiers recognised in it, by kind, repetitions included.
    notes : dict of str to int
        Cells, by what else was seen in them: ``"damaged"`` by Excel (as 1.38E+10), ``"cut"`` (ID
        numbers of which it kept fifteen digits), ``"serial"`` (what looks like a phone or ID
        number, in a column of serial numbers), ``"digits:13"`` (so many digits in a row that are
        no identifier); ``"same"`` counts the sampled cells with one name, which next to all have;
        ``"joint"`` the cells that name several people, each beside numbers of their own, and
        ``"uneven"`` those whose numbers do not pair off with the names.
    """

    member: str | None
    sheet: str | None
    column: int
    header: str | None
    kind: str
    filled: int
    recognised: int
    why: str = ""
    kinds: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableReport:
    """The rows of one table; ``rows`` is the sum of the next three.

    ``aside`` counts the records that are no rows: header rows, wherever they stand, ruled lines.
    ``margins`` are rows above and below those of people that hold phones and yet name nobody in
    the list: ``row`` (from 1, ``aside`` ones not counted) and ``reason``: ``"maker"`` of the list,
    ``"contact"`` (whom to call), ``"total"``. Their identifiers count as written and match nothing.
    """

    member: str | None
    sheet: str | None
    rows: int
    identified_rows: int
    unidentified_rows: int
    refused_rows: int
    aside: int = 0
    margins: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MemberReport:
    """One file of what was seized: the original, or a member of an archive in it.

    Attributes
    ----------
    member : str or None
        How it was reached: names from the outermost archive inwards, joined by ``" › "``, masked;
        None for the original itself.
    form : str
        ``"text"``, ``"xlsx"``, ``"zip"``, ``"json"`` …; empty where it was not looked at.
    size : int
        Bytes.
    sha256 : str
        Of its bytes; empty where they could not be had (an encrypted or refused member).
    status : str
        ``"read"``, ``"container"``, ``"refused"`` or ``"litter"`` (named and left).
    code, reason : str
        Why it was refused or left.
    facts : dict
        JSON-able: delimiter, encoding, header, and what a document says of its making
        (application, author, times).
    """

    member: str | None
    form: str
    size: int
    sha256: str
    status: str
    code: str = ""
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that a reader should know of a list; stored beside it. No identifiers in it."""

    code: str
    text: str
    place: str = ""


@dataclass(slots=True)
class ListReading:
    """A list being read: iterate :attr:`blocks` to the end, then the reports are complete.

    ``layout`` holds facts about the file's own form (delimiter, encoding, header names masked,
    sheet names masked) as JSON-able values. ``tables`` gives the sheet of each table, masked
    (None for a text file). ``members`` tells of each file in the material, the original first;
    ``counts`` of each table, in the order of ``tables``. Of the ``size`` bytes of the file, where
    that tells how much there is to read, ``position`` are in the blocks that were handed on.
    """

    blocks: Iterator[RowBlock]
    columns: list[ColumnReport] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)
    refusals: dict[str, int] = field(default_factory=dict)
    tables: list[str | None] = field(default_factory=list)
    members: list[MemberReport] = field(default_factory=list)
    counts: list[TableReport] = field(default_factory=list)
    size: int | None = None
    position: int = 0
