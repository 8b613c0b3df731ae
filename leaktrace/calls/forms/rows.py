"""What all forms become: rows of the table CALLS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaktrace.case.tables import CALLS
from leaktrace.intake.blocks import Warning
from leaktrace.intake.tables import TableRow

COLUMNS = tuple(column.name for column in CALLS.columns)


@dataclass(frozen=True, slots=True)
class CallRows:
    """The calls in a file.

    Attributes
    ----------
    form : str
        ``calls``, ``bill``, ``asterisk``, ``freeswitch``, ``android``.
    rows : list of TableRow
        In the columns of CALLS.
    outgoing : int
        Calls and messages of the phone's own that were left out.
    warnings : tuple of Warning
    """

    form: str
    rows: list[TableRow] = field(repr=False)
    outgoing: int = 0
    warnings: tuple[Warning, ...] = ()


def call_row(
    number: int,
    values: Mapping[str, str],
    *,
    damaged: tuple[str, ...] = (),
    titles: Mapping[str, str] | None = None,
) -> TableRow:
    """A row of CALLS with these ``values``; what is not said is empty."""
    whole = {name: values.get(name, "").strip() for name in COLUMNS}
    named = {name: (titles or {}).get(name, name) for name in COLUMNS}
    return TableRow(number, whole, {}, damaged, named)
