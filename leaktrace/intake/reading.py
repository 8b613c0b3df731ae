"""A seized list, of any form that is known, to blocks of rows with their identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from leaktrace.intake.blocks import ListReading
from leaktrace.intake.mapping import checked_kinds
from leaktrace.intake.recognition import Wanted
from leaktrace.intake.refusals import opening
from leaktrace.intake.signatures import HEAD, empty, form_of


def open_list(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    wanted: frozenset[str] | None = None,
    cells: bool = True,
) -> ListReading:
    """The list in ``path``, to be read block by block in this process.

    Memory does not grow with a text file. For files that nobody vouches for, call a function that
    reads them through :class:`~leaktrace.intake.worker.Worker`.

    Parameters
    ----------
    path : Path
        A delimited text in any encoding that is known, or a workbook (XLSX, XLS).
    mapping : mapping, optional
        Header, or number of the column from 1, to an identifier kind, ``"name"``,
        ``"registered_at"`` or ``"ignore"``, or to a word for one of them.
    wanted : frozenset of str, optional
        The identifier kinds that are asked for, and ``"name"`` and ``"registered_at"`` where
        blocks are to carry these; all by default. Rows count as identified by them alone.
    cells : bool
        Whether blocks carry the text of their cells.

    Raises
    ------
    InputRefused
        Here or while the blocks are read: ``"missing"``, ``"not-a-file"``, ``"permission"``,
        ``"empty"``, ``"binary"``, ``"archive"``, ``"document"``, ``"encoding"``,
        ``"truncated"``, ``"encrypted"``, ``"too-many-columns"``, ``"too-big"``,
        ``"excel-damaged"``.
    UsageError
        Where ``mapping`` names a kind or a column that there is not.
    """
    mapping = checked_kinds(mapping or {})
    with opening(path) as file:
        head = file.read(HEAD)
    if not head:
        raise empty(path)
    if form_of(path, head) == "workbook":
        from leaktrace.intake.workbooklist import read_workbook_list

        return read_workbook_list(path, mapping, Wanted(wanted, cells))
    from leaktrace.intake.textlist import read_text_list

    return read_text_list(path, head, mapping, Wanted(wanted, cells))
