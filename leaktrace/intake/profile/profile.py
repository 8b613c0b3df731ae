"""The fingerprint of a list, put together from what its intake noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leaktrace.identifiers.masking import mask_text
from leaktrace.identifiers.names import looks_like_name
from leaktrace.identifiers.sweep import made_up_share

_STYLE = ("form", "encoding", "mark", "delimiter", "line_end", "quoting", "header_row")
# Which other facts of a document tell of its making; whatever else it says is its content.
_MAKING = (
    "application", "version", "producer", "author", "last_author", "company", "title", "created",
    "modified",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """How one column is written; counts by code (see ``columns.py`` and ``forms.py``).

    ``words`` are the values of a column with few of them, as they may be shown; ``sealed`` are
    further ones that look like names: to be compared, not shown. ``hidden`` counts values of a
    column of names, of which none was kept.
    """

    column: int
    header: str | None
    kind: str
    filled: int
    numbers: Mapping[str, int] = field(default_factory=dict)
    dates: Mapping[str, int] = field(default_factory=dict)
    amounts: Mapping[str, int] = field(default_factory=dict)
    blanks: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    sealed: Mapping[str, int] = field(default_factory=dict, repr=False)
    constant: bool = False
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Serial:
    """A column that counts the rows; ``steps`` is the share of neighbours that are one apart."""

    first: int
    last: int
    steps: float


@dataclass(frozen=True, slots=True)
class Order:
    """A column by which the rows are sorted; ``by`` is ``"number"``, ``"time"``, ``"code"`` or
    ``"pinyin"``."""

    column: int
    direction: str
    by: str
    serial: Serial | None = None


@dataclass(frozen=True, slots=True)
class TableProfile:
    """One table. ``style`` tells of a text's form, ``making`` of a document's application, author
    and times; carriers and regions are counts of mobiles (repetitions included)."""

    member: str | None
    sheet: str | None
    rows: int
    sampled: int
    columns: tuple[ColumnProfile, ...]
    order: tuple[Order, ...] | None
    style: Mapping[str, Any] = field(default_factory=dict)
    making: Mapping[str, str] = field(default_factory=dict)
    carriers: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, int] = field(default_factory=dict)
    mobiles: int = 0
    never_issued: int = 0

    @property
    def headers(self) -> tuple[str | None, ...]:
        """The names of the columns in their order, masked."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True, slots=True)
class ListProfile:
    """A whole list. Shares are 0 to 1, None where nothing can be said.

    ``swept`` and ``never_issued`` are of people, ``duplicates`` of identified rows; ``made_up``
    is :func:`~leaktrace.identifiers.sweep.made_up_share`. ``taken`` is False for lists that were
    taken in before fingerprints were.
    """

    tables: tuple[TableProfile, ...]
    taken: bool
    swept: float | None = None
    never_issued: float | None = None
    made_up: float | None = None
    duplicates: float | None = None


def profile_of(
    report: Mapping[str, Any],
    *,
    people: int = 0,
    identified_rows: int = 0,
    duplicate_rows: int = 0,
) -> ListProfile:
    """The profile in the ledger's report of a list (``Case.list_facts``) and its counts."""
    facts = report.get("facts", {})
    taken = facts.get("profile", {}).get("tables", [])
    groups = _by_table(report.get("columns", []))
    tables = tuple(
        _table(columns, taken[i] if i < len(taken) else {}, report)
        for i, columns in enumerate(groups)
    )
    mobiles = sum(table.mobiles for table in tables)
    return ListProfile(
        tables=tables,
        taken="profile" in facts,
        swept=_share(facts.get("swept_people"), people),
        never_issued=_share(facts.get("never_issued_people"), people),
        made_up=made_up_share(sum(t.never_issued for t in tables), mobiles) if mobiles else None,
        duplicates=_share(duplicate_rows, identified_rows),
    )


def _share(part: int | None, whole: int) -> float | None:
    return part / whole if part is not None and whole else None


def _by_table(columns: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Columns count from 1 in every table, and two sheets may be called alike once masked."""
    groups: list[list[Mapping[str, Any]]] = []
    for column in columns:
        if column["column"] == 1 or not groups:
            groups.append([])
        groups[-1].append(column)
    return groups


def _table(
    columns: list[Mapping[str, Any]], facts: Mapping[str, Any], report: Mapping[str, Any]
) -> TableProfile:
    seen = facts.get("columns", [])
    member, sheet = columns[0]["member"], columns[0]["sheet"]
    said = _said_of(member, report)
    return TableProfile(
        member=member,
        sheet=sheet,
        rows=facts.get("rows", 0),
        sampled=facts.get("sampled", 0),
        columns=tuple(
            _column(column, seen[i] if i < len(seen) else {}) for i, column in enumerate(columns)
        ),
        order=tuple(map(_order, facts["order"])) if "order" in facts else None,
        style={name: said[name] for name in _STYLE if _is_plain(said.get(name))},
        making={
            name: mask_text(str(said[name]))
            for name in _MAKING
            if _is_plain(said.get(name)) and str(said[name]).strip()
        },
        carriers=facts.get("carriers", {}),
        regions=facts.get("regions", {}),
        mobiles=facts.get("mobiles", 0),
        never_issued=facts.get("never_issued", 0),
    )


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _said_of(member: str | None, report: Mapping[str, Any]) -> dict[str, Any]:
    """What was noted of the file that a table stands in."""
    said = dict(report.get("layout", {}))
    for one in report.get("members", []):
        if one["member"] == member:
            if one.get("form"):
                said["form"] = one["form"]
            said |= one.get("facts", {})
    made = said.get("made")
    return {**said, **made} if isinstance(made, dict) else said


def _order(found: Mapping[str, Any]) -> Order:
    serial = found.get("serial")
    return Order(
        found["column"], found["direction"], found["by"], Serial(**serial) if serial else None
    )


def _column(column: Mapping[str, Any], facts: Mapping[str, Any]) -> ColumnProfile:
    # Whoever stands in a column of names is nobody's tag.
    words = facts.get("words", {}) if column["kind"] == "other" else {}
    shown = {word: number for word, number in words.items() if not looks_like_name(word)}
    return ColumnProfile(
        column=column["column"],
        header=column["header"],
        kind=column["kind"],
        filled=column["filled"],
        numbers=facts.get("numbers", {}),
        dates=facts.get("dates", {}),
        amounts=facts.get("amounts", {}),
        blanks=facts.get("blanks", {}),
        words=shown,
        sealed={word: number for word, number in words.items() if word not in shown},
        constant=bool(facts.get("constant")),
        hidden=facts.get("hidden", 0),
    )
