"""What a document is to the intake: tables of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leaktrace.intake.blocks import Warning
from leaktrace.intake.records import Record


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """One table of a document.

    Attributes
    ----------
    name : str or None
        The sheet, or what else the form calls it, as it stands in the file; None where the whole
        document is one table. No two tables of a document have the same name.
    rows : iterable of Record
        To be read once; a list where the form keeps them all in memory anyway. Blank ones may be
        among them. An InputRefused while it is read ends the document.
    header : tuple of str or None
        The names that the form itself gives to the columns (keys, fields), which are no row; None
        where a header may stand among the rows.
    hidden : bool
    """

    name: str | None
    rows: Iterable[Record]
    header: tuple[str, ...] | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was opened.

    Attributes
    ----------
    form : str
        ``"xlsx"``, ``"html"``, ``"json"`` …
    tables : iterable of DocumentTable
        Each is read to its end before the next is asked for. A list where all are known at once.
    facts : dict
        JSON-able: what it says of its own making (application, author, times), and its layout.
    warnings : list of Warning
        May grow while rows are read: where the document is damaged, say, and what was left out.
    """

    form: str
    tables: Iterable[DocumentTable]
    facts: Mapping[str, Any] = field(default_factory=dict)
    warnings: list[Warning] = field(default_factory=list)
