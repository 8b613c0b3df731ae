"""Which column of a table holds what: the content decides first, the header second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa

from leaktrace.identifiers.column import recognise_column
from leaktrace.identifiers.kinds import KIND, Kind
from leaktrace.identifiers.names import name_share, surname_share
from leaktrace.intake.beside import beside_share
from leaktrace.intake.cells import filled, variety
from leaktrace.intake.dates import share_of_days
from leaktrace.intake.headers import date_rank, header_kind, may_be_account
from leaktrace.intake.household import person_of_columns
from leaktrace.intake.mapping import mapped_kind
from leaktrace.intake.suspicious import is_cut, is_serial

_PHONES = ("mobile", "landline")
_MOST = 0.5
_PHONE_KINDS = ("mobile", "mobile_foreign", "landline", "hotline")
_NUMBERS = ("mobile", "mobile_foreign", "landline", "id_number")
# A column of cities, agents or colours passes for names: by how seldom its values change it is told
# apart, once it is long enough.
_FEW, _ONE_VALUE, _VARIED = 10, 0.8, 0.05


class Role(StrEnum):
    """What is done with a column."""

    IDENTIFIERS = "identifiers"
    NAME = "name"
    REGISTERED = "registered_at"
    IGNORED = "ignore"


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How one column is read.

    Attributes
    ----------
    header : str or None
        As typed, blanks around it aside; not masked.
    role : Role
    kind : Kind or None
        What the user or, failing identifiers, the header says that it holds.
    forced : bool
        The user said so: other kinds in the column are left alone.
    likely : bool
        The sample or the header shows identifiers: every cell is looked at closely.
    phones : bool
        It holds phone numbers: short ones count too.
    serial : bool
        It holds numbers of orders or the like: what looks like a phone or ID number is left alone.
    cut : bool
        Excel has cut its ID numbers to fifteen digits: those that end in 000 are damaged.
    beside : bool
        Names stand in its cells, beside the numbers.
    person : int
        To which person of a row it belongs, where a row holds several; else 0.
    same : int
        Of a column of names: the sampled cells with one and the same, where next to all have it.
    """

    header: str | None = field(repr=False)
    role: Role = Role.IDENTIFIERS
    kind: Kind | None = None
    forced: bool = False
    likely: bool = False
    phones: bool = False
    serial: bool = False
    cut: bool = False
    beside: bool = False
    person: int = 0
    same: int = 0


def plan_columns(
    header: Sequence[str] | None,
    rows: Sequence[Sequence[str]],
    width: int,
    mapping: Mapping[str, str],
) -> list[ColumnPlan]:
    """How each of ``width`` columns is to be read, from the sample ``rows`` below the header."""
    titles = [_title(header, i) for i in range(width)]
    columns = [_column(rows, i) for i in range(width)]
    usual, phones = _usual_kinds(columns)
    plans = [
        _plan(titles[i], usual[i], phones[i], mapped_kind(mapping, i, titles[i]))
        for i in range(width)
    ]
    _note_serial(plans, columns, usual)
    _choose_name(plans, columns)
    _choose_beside(plans, columns, usual)
    _tell_people_apart(plans, columns, usual)
    _note_same(plans, columns)
    _choose_registered(plans, columns)
    return plans


def _note_serial(
    plans: list[ColumnPlan], columns: Sequence[Any], usual: Sequence[str | None]
) -> None:
    """Mark the columns of serial numbers, and of ID numbers that were cut.

    What a header calls the number of something else is left alone; under the name of an account
    mobiles may stand, where no other column holds any.
    """
    seen = [i for i, plan in enumerate(plans) if usual[i] and not plan.forced]
    several = sum(usual[i] == "mobile" for i in seen) > 1
    for i in seen:
        plan, named = plans[i], header_kind(plans[i].header or "")
        if usual[i] in ("id_number", "id_number_suspect") and is_cut(columns[i]):
            plan = replace(plan, cut=True)
        titled = named == "serial"
        if (
            titled
            and usual[i] in _PHONE_KINDS
            and (
                not may_be_account(plan.header or "", int(filled(columns[i]).sum()))
                or _is_phone_elsewhere(i, plans, usual)
            )
        ):
            plan = replace(plan, serial=True)
        elif titled or (several and named in (None, "other") and usual[i] == "mobile"):
            plan = replace(plan, serial=is_serial(columns[i], titled=titled))
        plans[i] = plan


def _is_phone_elsewhere(
    column: int, plans: Sequence[ColumnPlan], usual: Sequence[str | None]
) -> bool:
    """Whether mobiles stand in another column, whose header does not say that they are none."""
    return any(
        i != column and kind == "mobile" and header_kind(plans[i].header or "") != "serial"
        for i, kind in enumerate(usual)
    )


def _title(header: Sequence[str] | None, column: int) -> str | None:
    if header is None or column >= len(header):
        return None
    return header[column].strip() or None


def _column(rows: Sequence[Sequence[str]], i: int) -> Any:
    return pa.array([row[i] if i < len(row) else None for row in rows], pa.string())


def _plan(title: str | None, usual: str | None, phones: bool, mapped: str | None) -> ColumnPlan:
    if mapped in (Role.NAME, Role.REGISTERED, Role.IGNORED):
        return ColumnPlan(title, Role(mapped), forced=True, likely=mapped == Role.NAME)
    if mapped is not None:
        kind = KIND[mapped]
        phones = mapped in _PHONES
        return ColumnPlan(title, kind=kind, forced=True, likely=True, phones=phones)
    named = header_kind(title) if title else None
    phones = phones or named in _PHONES or (usual in _PHONES and named is None)
    by_header = KIND.get(named or "")
    return ColumnPlan(title, kind=by_header, likely=bool(usual or by_header), phones=phones)


def _usual_kinds(columns: Sequence[Any]) -> tuple[list[str | None], list[bool]]:
    """For each of the equally long columns the kind of identifier that most of its cells hold,
    None where none holds any; and whether phone numbers fill most of them."""
    counts: list[Counter[str]] = [Counter() for _column in columns]
    if columns and len(columns[0]):
        # All at once: a call costs more than thousands of cells.
        for match in recognise_column(pa.concat_arrays(list(columns))):
            for i, number in enumerate(np.bincount(match.rows // len(columns[0])).tolist()):
                if number:
                    counts[i][match.kind.name] += number
    usual = [max(c, key=lambda name: (c[name], name)) if c else None for c in counts]
    numbers = [sum(c[name] for name in _PHONES) for c in counts]
    full = [max(1, int(filled(column).sum())) for column in columns]
    return usual, [n > _MOST * size for n, size in zip(numbers, full, strict=True)]


def _free(plan: ColumnPlan) -> bool:
    return plan.role is Role.IDENTIFIERS and not plan.forced


def _set_role(plans: list[ColumnPlan], column: int, role: Role) -> None:
    plan = plans[column]
    plans[column] = ColumnPlan(plan.header, role, likely=plan.likely)


def _choose_name(plans: list[ColumnPlan], columns: Sequence[Any]) -> None:
    """The column whose header says so, else of those that look like names the most varied."""
    if any(plan.role is Role.NAME for plan in plans):
        return
    ranks = {i: rank for i, plan in enumerate(plans) if (rank := _name_rank(plan, columns[i]))}
    if ranks:
        # Of equals the first.
        _set_role(plans, max(ranks, key=lambda i: (ranks[i], -i)), Role.NAME)


def _tell_people_apart(
    plans: list[ColumnPlan], columns: Sequence[Any], usual: Sequence[str | None]
) -> None:
    """Give each person of a row their columns; the further ones' names are names, too."""
    if any(plan.forced for plan in plans):
        return
    names = [
        plan.role is Role.NAME or _is_another_name(plan, column)
        for plan, column in zip(plans, columns, strict=True)
    ]
    persons = person_of_columns([plan.header for plan in plans], names, usual)
    if any(persons):
        if sum(names) > 1 and _never_together(
            [c for c, n in zip(columns, names, strict=True) if n]
        ):
            # Cards of several forms call the same person 收件人 here and 姓名 there.
            persons = [0] * len(plans)
        for i, person in enumerate(persons):
            plans[i] = replace(
                plans[i], person=person, role=Role.NAME if names[i] else plans[i].role
            )


def _is_another_name(plan: ColumnPlan, column: Any) -> bool:
    """Whether a column holds names of people of its own: one for all rows is an agent's, say."""
    rank = _name_rank(plan, column)
    return rank is not None and rank > (0.0, 0.0) and not _sameness(column)


def _never_together(columns: Sequence[Any]) -> bool:
    """Whether no row has two of these columns filled."""
    together = sum((filled(column).astype(np.int64) for column in columns), np.int64(0))
    return not np.any(together > 1)


def _choose_beside(
    plans: list[ColumnPlan], columns: Sequence[Any], usual: Sequence[str | None]
) -> None:
    """Where no column holds names, the one in which they stand beside the numbers."""
    if any(plan.role is Role.NAME for plan in plans):
        return
    for i, plan in enumerate(plans):
        if _free(plan) and usual[i] in _NUMBERS and beside_share(columns[i]) > 0.5:
            plans[i] = replace(plan, beside=True)
            return


def _note_same(plans: list[ColumnPlan], columns: Sequence[Any]) -> None:
    for i, plan in enumerate(plans):
        if plan.role is Role.NAME:
            plans[i] = replace(plan, same=_sameness(columns[i]))


def _sameness(column: Any) -> int:
    """How many cells hold one and the same, where that is next to all of them; else 0."""
    filled, _distinct, most = variety(column)
    return most if filled >= _FEW and most >= _ONE_VALUE * filled else 0


def _name_rank(plan: ColumnPlan, column: Any) -> tuple[float, float] | None:
    """How surely a column holds names; None where it does not."""
    named = header_kind(plan.header) if plan.header else None
    if not _free(plan) or named not in (None, "name"):
        return None
    same, share = _sameness(column), name_share(column)
    if named == "name" and share > 0:
        # One name in all rows says less than names, and more than what no header calls names.
        return share if same else 1.0 + share, 0.0
    if named == "name" and not plan.likely and surname_share(column) <= 0.5:
        return 0.0, 0.0
    filled, distinct, _most = variety(column)
    if same or share <= 0.5 or (filled >= _FEW and distinct <= _VARIED * filled):
        return None
    return 0.0, distinct


def _choose_registered(plans: list[ColumnPlan], columns: Sequence[Any]) -> None:
    """The column of dates whose header names the time of registration most surely.

    Without a header no column is taken: it may as well hold birthdays.
    """
    if any(plan.role is Role.REGISTERED for plan in plans):
        return
    ranked = sorted(
        (date_rank(plan.header), i)
        for i, plan in enumerate(plans)
        if _free(plan) and plan.header and header_kind(plan.header) == Role.REGISTERED
    )
    for _rank, i in ranked:
        if share_of_days(columns[i]) >= 0.5:
            _set_role(plans, i, Role.REGISTERED)
            return
