"""How counts of people are shown, told in JSON, and written as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaktrace.case.thresholds import CATEGORIES, IN_FORCE, PUBLISHED, RULES, TIERS
from leaktrace.cli.output import count, safe, show, table
from leaktrace.cli.tierwords import article_word, category_word, rule_word, rules_notes
from leaktrace.errors import LeaktraceError
from leaktrace.graph import shown_ids
from leaktrace.messages import _, ngettext
from leaktrace.report.words import identifier_word

if TYPE_CHECKING:
    from leaktrace.case.counting import BuyerCount, Counting
    from leaktrace.case.peopletally import PeopleCount

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def counting_json(counting: Counting) -> dict[str, Any]:
    """The document of ``batch count --json``."""
    return {
        "batches": [
            {
                "batch": one.batch.id,
                "file": one.batch.file,
                "sha256": one.batch.sha256,
                "rows": one.batch.rows,
                "duplicate_rows": one.batch.duplicate_rows,
                **_count_json(one.counted),
            }
            for one in counting.batches
        ],
        "together": _count_json(counting.together),
        "buyers": [
            {"buyer": name, "batches": list(one.batches), **_count_json(one.counted)}
            for name, one in _named_buyers(counting)
        ],
        "unsold": None if counting.unsold is None else _count_json(counting.unsold),
        "pieces": _tiers(counting.pieces),
        "columns": [
            {
                "batch": one.batch,
                "table": one.table + 1,
                "column": one.position + 1,
                "header": one.header,
                "category": one.category,
                "category_zh": CATEGORIES[one.category][1],
                "tier": one.tier,
            }
            for one in counting.columns
        ],
        "rules": {
            "name": RULES,
            "published": PUBLISHED,
            "in_force": IN_FORCE,
            "in_duty": counting.in_duty,
            "measures": [asdict(one) | {"ratio": one.ratio} for one in counting.measures],
        },
        "notes": _notes(counting),
        "filled_cells_unknown": list(counting.unclear),
    }


def _count_json(counted: PeopleCount) -> dict[str, Any]:
    return {
        "people": counted.people,
        "people_by_partial_identifiers": counted.partial_only,
        "people_doubtful": counted.doubtful,
        "rows_of_nobody": counted.nobodies,
        "tiers": _tiers(counted.tiers),
        "unassigned": counted.unassigned,
        "categories": dict(counted.categories),
        "identifiers": dict(counted.identifiers),
    }


def _named_buyers(counting: Counting) -> Iterator[tuple[str, BuyerCount]]:
    """Each buyer by the name that may be shown; two stay two once their numbers are masked."""
    names = shown_ids(one.buyer for one in counting.buyers)
    for one in counting.buyers:
        yield names[one.buyer], one


def _tiers(tiers: Mapping[int, int]) -> dict[str, int]:
    return {str(tier): number for tier, number in tiers.items()}


def show_counting(counting: Counting) -> None:
    """Print the counts, and the thresholds beside them."""
    lines = [
        [one.batch.id, one.batch.file, count(one.batch.rows), count(one.batch.duplicate_rows),
         *_people(one.counted)]
        for one in counting.batches
    ]  # fmt: skip
    if len(lines) > 1:
        rows = sum(one.batch.rows for one in counting.batches)
        lines.append([_("together"), "", count(rows), "", *_people(counting.together)])
    headers = [_("batch"), _("file"), _("rows"), _("duplicate rows"), *_people_headers()]
    show(table(headers, lines, right=range(2, len(headers))))
    show("", _identifier_table(counting))
    if counting.columns:
        show("", _column_table(counting))
    if counting.buyers:
        show("", _buyer_table(counting))
    show("", _measure_table(counting), "")
    for note in _notes(counting):
        show(_("note: {text}").format(text=note))


def _people_headers() -> list[str]:
    return [
        _("people"),
        _("by partial identifiers"),
        _("doubtful numbers"),
        *[_("tier {tier}").format(tier=count(tier)) for tier in TIERS],
        _("not assigned"),
    ]


def _people(counted: PeopleCount) -> list[str]:
    numbers = (counted.people, counted.partial_only, counted.doubtful)
    return [count(n) for n in (*numbers, *counted.tiers.values(), counted.unassigned)]


def _identifier_table(counting: Counting) -> Any:
    kinds = sorted(counting.together.identifiers)
    lines = [
        [one.batch.id, *[count(one.counted.identifiers.get(kind, 0)) for kind in kinds]]
        for one in counting.batches
    ]
    if len(lines) > 1:
        found = counting.together.identifiers
        lines.append([_("together"), *[count(found[kind]) for kind in kinds]])
    headers = [_("distinct identifiers"), *map(identifier_word, kinds)]
    return table(headers, lines, right=range(1, len(headers)))


def _column_table(counting: Counting) -> Any:
    people = counting.together.categories
    lines = [
        [one.batch, str(one.position + 1), one.header or "", category_word(one.category),
         count(one.tier), count(people.get(one.category, 0))]
        for one in counting.columns
    ]  # fmt: skip
    headers = [
        _("batch"), _("column"), _("header"), _("put into, as you said"), _("tier"),
        _("people of that kind, all batches"),
    ]  # fmt: skip
    return table(headers, lines, right=(1, 4, 5))


def _buyer_table(counting: Counting) -> Any:
    lines = [
        [name, ", ".join(one.batches), *_people(one.counted)]
        for name, one in _named_buyers(counting)
    ]
    if counting.unsold is not None and counting.unsold.people:
        lines.append([_("given to nobody"), "", *_people(counting.unsold)])
    headers = [_("buyer"), _("batches"), *_people_headers()]
    return table(headers, lines, right=range(2, len(headers)))


def _measure_table(counting: Counting) -> Any:
    lines = [
        [article_word(one), rule_word(one), _number(one.number), _number(one.threshold),
         _number(one.grave_threshold), f"{one.ratio:.2f}"]
        for one in counting.measures
    ]  # fmt: skip
    headers = [
        RULES, _("what is counted"), _("number"), _("“serious” from"),
        _("“especially serious” from"), _("number / threshold"),
    ]  # fmt: skip
    return table(headers, lines, right=(2, 3, 4, 5))


def _number(number: float) -> str:
    return count(int(number)) if number == int(number) else f"{number:,.4g}"


def _notes(counting: Counting) -> list[str]:
    notes = []
    if not counting.columns:
        notes.append(
            _(
                "No column was put into a tier, so all people stand in the lowest one, as not "
                "assigned. Say what a column holds with --tier COLUMN=TIER."
            )
        )
    elif counting.together.unassigned:
        notes.append(
            ngettext(
                "{count} person has no filled cell in a column that you put into a tier, and is "
                "reckoned in the lowest one.",
                "{count} people have no filled cell in a column that you put into a tier; they are "
                "reckoned in the lowest one.",
                counting.together.unassigned,
            ).format(count=count(counting.together.unassigned))
        )
    if counting.together.partial_only:
        notes.append(
            _(
                "People known by a masked number alone may be the same person as another one: "
                "their number is an upper bound."
            )
        )
    if counting.together.nobodies:
        notes.append(_of_nobody(counting))
    if counting.together.doubtful:
        notes.append(
            ngettext(
                "{count} person has a mobile number that stands as made-up ones do or was never "
                "issued, and is counted; whether the information is untrue is for the evidence.",
                "{count} people have a mobile number that stands as made-up ones do or was never "
                "issued. They are counted; whether the information is untrue is for the evidence.",
                counting.together.doubtful,
            ).format(count=count(counting.together.doubtful))
        )
    if counting.unclear:
        notes.append(
            _(
                "Stored by an earlier version, so cells that hold an identifier count as empty in "
                "their tier's column: {batches}"
            ).format(batches=_(", ").join(counting.unclear))
        )
    return [*notes, *rules_notes(in_duty=counting.in_duty)]


def _of_nobody(counting: Counting) -> str:
    number = counting.together.nobodies
    text = ngettext(
        "{count} row counts nobody: its only identifiers are widely known numbers (hotlines, test "
        "numbers), which are no person's ({batches}).",
        "{count} rows count nobody: their only identifiers are widely known numbers (hotlines, "
        "test numbers), which are no person's ({batches}).",
        number,
    )
    batches = _(", ").join(
        f"{one.batch.id} {count(one.counted.nobodies)}"
        for one in counting.batches
        if one.counted.nobodies
    )
    return text.format(count=count(number), batches=batches)


def write_counting(path: Path, counting: Counting) -> None:
    """Write the counts as CSV for spreadsheet programs: a line for each batch, buyer and all.

    Raises
    ------
    LeaktraceError
        ``write`` where the disk refuses.
    """
    kinds = sorted(counting.together.identifiers)
    headers = [
        _("batch"), _("file"), "SHA-256", _("rows"), _("duplicate rows"), *_people_headers(),
        _("rows that count nobody"),
    ]  # fmt: skip
    lines: list[Sequence[object]] = [[*headers, *map(identifier_word, kinds)]]
    for one in counting.batches:
        batch = one.batch
        head = [batch.id, batch.file, batch.sha256, batch.rows, batch.duplicate_rows]
        lines.append([*head, *_plain(one.counted, kinds)])
    rows = sum(one.batch.rows for one in counting.batches)
    lines.append([_("together"), "", "", rows, "", *_plain(counting.together, kinds)])
    for buyer, sold in _named_buyers(counting):
        name = _("buyer {buyer}").format(buyer=buyer)
        files = ", ".join(sold.batches)
        lines.append([name, files, "", "", "", *_plain(sold.counted, kinds)])
    try:
        # Excel takes a text without the mark for the system's own encoding.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([[_cell(cell) for cell in line] for line in lines])
    except OSError as error:
        raise LeaktraceError(
            _("{file} cannot be written ({problem}); choose another place").format(
                file=path, problem=error.strerror or type(error).__name__
            ),
            code="write",
        ) from error


def _plain(counted: PeopleCount, kinds: Sequence[str]) -> list[int]:
    return [
        counted.people, counted.partial_only, counted.doubtful, *counted.tiers.values(),
        counted.unassigned, counted.nobodies,
        *[counted.identifiers.get(kind, 0) for kind in kinds],
    ]  # fmt: skip


def _cell(cell: object) -> object:
    """A cell that no spreadsheet program takes for a formula."""
    if not isinstance(cell, str):
        return cell
    text = safe(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
