"""Which columns of which batches the user puts into which tier."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leaktrace.case.thresholds import CATEGORIES, category_of
from leaktrace.errors import UsageError
from leaktrace.intake.headers import normal
from leaktrace.intake.understanding import shown_title
from leaktrace.messages import _


@dataclass(frozen=True, slots=True)
class TierChoice:
    """``column`` (a header, or a number from 1) holds information of ``category``.

    ``batch`` is None where that is said of all batches.
    """

    batch: str | None
    column: str
    category: str

    @property
    def tier(self) -> int:
        """50, 500 or 5000."""
        return CATEGORIES[self.category][0]

    def names(self, position: int, header: str | None) -> bool:
        """Whether the column at ``position`` (from 1) with this masked header is meant."""
        if self.column.isascii() and self.column.isdigit():
            return int(self.column) == position
        return bool(header) and normal(header or "") == normal(shown_title(self.column))


def tier_choices(said: Sequence[str], batches: Collection[str]) -> tuple[TierChoice, ...]:
    """``COLUMN=TIER`` and ``BATCH:COLUMN=TIER`` as choices.

    Raises
    ------
    UsageError
        If one has no ``=`` or names no tier.
    """
    choices = tuple(_choice(one, batches) for one in said)
    columns = [(one.batch, one.column) for one in choices]
    if len(set(columns)) < len(columns):
        raise UsageError(_("--tier puts one column into two tiers; say once what it holds"))
    return choices


def _choice(said: str, batches: Collection[str]) -> TierChoice:
    left, sign, word = said.rpartition("=")
    category = category_of(word)
    if not sign or not left.strip() or category is None:
        raise UsageError(
            _(
                "--tier takes COLUMN=TIER, such as --tier 3=credit; a tier is 50, 500, 5000 or one "
                "of: {categories}"
            ).format(categories=", ".join(CATEGORIES))
        )
    # A header may hold a colon too: it is a batch where there is one of that name.
    batch, colon, column = left.partition(":")
    if colon and batch in batches and column.strip():
        return TierChoice(batch, column.strip(), category)
    return TierChoice(None, left.strip(), category)


@dataclass(frozen=True, slots=True)
class TieredColumn:
    """One column of one batch: its table and position (both from 0), masked header, category."""

    batch: str
    table: int
    position: int
    header: str | None
    category: str

    @property
    def tier(self) -> int:
        """50, 500 or 5000."""
        return CATEGORIES[self.category][0]


def tiered_columns(
    reports: Mapping[str, Mapping[str, Any]], choices: Sequence[TierChoice]
) -> tuple[TieredColumn, ...]:
    """The columns that ``choices`` mean, given each batch's report (``Case.list_facts``).

    Of several choices for one column the one that names the batch holds, then the last.

    Raises
    ------
    UsageError
        If a choice means no column.
    """
    found: dict[tuple[str, int, int], TieredColumn] = {}
    for choice in sorted(choices, key=lambda one: one.batch is not None):
        meant = [
            TieredColumn(batch, table, position - 1, header, choice.category)
            for batch, report in reports.items()
            if choice.batch in (None, batch)
            for table, position, header in _columns(report)
            if choice.names(position, header)
        ]
        if not meant:
            raise UsageError(
                _("--tier: none of the batches counted has a column {column}").format(
                    column=shown_title(choice.column)
                )
            )
        found |= {(one.batch, one.table, one.position): one for one in meant}
    return tuple(found[key] for key in sorted(found))


def _columns(report: Mapping[str, Any]) -> list[tuple[int, int, str | None]]:
    columns = []
    table = -1
    for column in report.get("columns", []):
        table += column["column"] == 1
        columns.append((max(table, 0), column["column"], column["header"]))
    return columns
