"""What the user says that columns hold: ``--map COLUMN=KIND``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from leaktrace.errors import UsageError
from leaktrace.identifiers.kinds import KIND
from leaktrace.intake.headers import normal
from leaktrace.messages import _

ROLES = ("name", "registered_at", "ignore")


def checked_kinds(mapping: Mapping[str, str]) -> None:
    """Raise a :class:`UsageError` where a kind in ``mapping`` is not known."""
    for column, kind in mapping.items():
        if kind not in KIND and kind not in ROLES:
            message = _("{kind} is no kind of column; known are {known}.")
            known = ", ".join((*KIND, *ROLES))
            raise UsageError(message.format(kind=_shown(kind), known=known)) from None
        if not column.strip():
            raise UsageError(_("Name the column to map: its header, or its number from 1."))


def mapped_kind(mapping: Mapping[str, str], column: int, header: str | None) -> str | None:
    """What ``mapping`` says of the column at position ``column`` (from 0)."""
    for key, kind in mapping.items():
        if _names(key, column, header):
            return kind
    return None


def check_columns(
    mapping: Mapping[str, str], tables: Iterable[tuple[int, Sequence[str | None]]]
) -> None:
    """Raise a :class:`UsageError` where ``mapping`` names a column that no table has.

    ``tables`` gives the width and the headers of each.
    """
    tables = list(tables)
    for key in mapping:
        if not any(
            _names(key, i, headers[i] if i < len(headers) else None)
            for width, headers in tables
            for i in range(width)
        ):
            message = _(
                "There is no column {column} to map; give a header as it stands in the list, "
                "or the column's number from 1."
            )
            raise UsageError(message.format(column=_shown(key)))


def _names(key: str, column: int, header: str | None) -> bool:
    if header is not None and (header == key.strip() or normal(header) == normal(key)):
        return True
    return key.strip().isascii() and key.strip().isdigit() and int(key) == column + 1


def _shown(text: str) -> str:
    from leaktrace.identifiers.masking import mask_text

    return mask_text(text)
