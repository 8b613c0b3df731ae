"""Several people in one cell: 张三、李四 beside two ID numbers. Each name goes with its own number.

Such a row is one row of the list, as in :mod:`~leaktrace.intake.household`: its first record has
all that is nobody's own, and each further one (code FURTHER) a name and the numbers that pair off
with it. A row in which they do not pair off is left as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.identifiers.cell import find_hits, recognise_cell
from leaktrace.identifiers.kinds import HOTLINE
from leaktrace.identifiers.names import looks_like_name, normalise_name
from leaktrace.identifiers.text import clean
from leaktrace.intake.cells import RAW, Rows, as_text, bytes_of, is_raw
from leaktrace.intake.columns import ColumnPlan, Role
from leaktrace.intake.linecodes import FURTHER
from leaktrace.intake.rawblocks import RawBlock

JOINT, UNEVEN = "joint", "uneven"
"""Notes on a column of names: cells of several people, and those whose numbers do not pair off."""

_HAN = r"\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}·"
_BETWEEN = r"、,，;；/／|｜&＆+＋\n"
_NAMES = (
    rf"^\s*[{_HAN}]{{2,8}}(?:(?:\s*[{_BETWEEN}]\s*|[ \x{{3000}}]+)[{_HAN}]{{2,8}})+\s*$"
    rf"|^\s*[{_HAN}]{{2,4}}[和与與及][{_HAN}]{{2,4}}\s*$"
)
_MANY = r"[0-9]{3}.*[\x{4e00}-\x{9fff}]{2}.*[0-9]{3}|(?s:(?:[0-9]{4}[^0-9]+.*){3}[0-9]{4})"
_PARTS = (re.compile(rf"[{_BETWEEN}]+"), re.compile(r"[ \u3000]+"), re.compile("[和与與及]"))
# The bytes of the shortest cell with two names, in UTF-8 and in GB18030.
_SHORTEST = {False: 13, True: 9}
_TWO_NUMBERS = 22
_MOST = 6

_Pieces = dict[int, list[str]]
"""By column, the text that each of the people has in it."""


@dataclass(frozen=True, slots=True)
class PairedOff:
    """A block with a record for each person of a cell.

    ``notes`` tells of cells by column; ``doubled`` how many cells of a column are parts of another.
    """

    block: RawBlock
    notes: Mapping[int, Counter[str]] = field(default_factory=dict)
    doubled: Mapping[int, int] = field(default_factory=dict)


def paired_off(raw: RawBlock, plans: Sequence[ColumnPlan]) -> PairedOff:
    """The people of each cell that names several told apart, where that can be done."""
    names = next(
        (i for i, plan in enumerate(plans) if plan.role is Role.NAME and not plan.person), None
    )
    beside = next((i for i, plan in enumerate(plans) if plan.beside), None)
    column = next((i for i in (names, beside, _only_phones(plans)) if i is not None), None)
    if column is None:
        return PairedOff(raw)
    rows = _of_several(raw, column, named=names is not None)
    if not rows.size:
        return PairedOff(raw)
    found: dict[int, _Pieces] = {}
    notes: Counter[str] = Counter()
    for row in rows.tolist():
        if names is None:
            alone = not any(raw.filled[i][row] for i in range(len(raw.columns)) if i != column)
            pieces = _people_beside(_text(raw, column, row), column, alone=alone)
        else:
            pieces = _people_of(raw, row, names, plans, notes)
        if pieces:
            found[row] = pieces
    notes[JOINT] = len(found)
    doubled: Counter[int] = Counter()
    for pieces in found.values():
        doubled.update({i: len(parts) - 1 for i, parts in pieces.items()})
    block = _with_people(raw, found) if found else raw
    return PairedOff(block, {column: notes}, doubled)


def _of_several(raw: RawBlock, column: int, *, named: bool) -> Rows:
    """The rows whose cell may name several people: long ones first, which are few."""
    cells = raw.columns[column]
    pattern = _NAMES if named else _MANY
    long = np.diff(bytes_of(cells)[0]) >= (_SHORTEST[is_raw(cells)] if named else _TWO_NUMBERS)
    rows = np.flatnonzero(long & ~raw.refused())
    if not rows.size:
        return rows
    texts = as_text(cells.take(pa.array(rows)))
    match = pc.fill_null(pc.match_substring_regex(texts, pattern), False)
    several: Rows = rows[match.to_numpy(zero_copy_only=False)]
    return several


def _text(raw: RawBlock, column: int, row: int) -> str:
    return as_text(raw.columns[column].slice(row, 1))[0].as_py() or ""


def _only_phones(plans: Sequence[ColumnPlan]) -> int | None:
    """The one column of a table that holds phones, where no other holds identifiers."""
    likely = [i for i, plan in enumerate(plans) if plan.likely]
    return likely[0] if len(likely) == 1 and plans[likely[0]].phones else None


def _people_beside(text: str, column: int, *, alone: bool) -> _Pieces:
    """The people of a cell in which each name stands beside its own numbers, or of one that stands
    ``alone`` in its row and is nothing but many numbers."""
    from leaktrace.intake.documents.textlines import people_in
    from leaktrace.intake.documents.wall import is_wall, people_of

    if alone and is_wall(text):
        return {column: [part for part, _name in people_of(text)]}
    parts = people_in(text)
    if not 1 < len(parts) <= _MOST or not all(name for _part, name in parts):
        return {}
    pieces = [part for part, _name in parts]
    return {column: pieces} if all(map(recognise_cell, pieces)) else {}


def _people_of(
    raw: RawBlock, row: int, names: int, plans: Sequence[ColumnPlan], notes: Counter[str]
) -> _Pieces:
    """The people of a row whose names stand in one cell; noted where their numbers are uneven."""
    called = names_in(_text(raw, names, row))
    if len(called) < 2:
        return {}
    pieces: _Pieces = {}
    numbers = uneven = 0
    for i, plan in enumerate(plans):
        if not _holds_numbers(plan) or not raw.filled[i][row]:
            continue
        many, parts = _numbers_in(_text(raw, i, row), plan)
        numbers += many
        if parts and many == len(called):
            pieces[i] = parts
        else:
            uneven += many > 1
    if pieces and not uneven:
        return {names: called, **pieces}
    notes[UNEVEN] += numbers > 0
    return {}


def _holds_numbers(plan: ColumnPlan) -> bool:
    own = plan.role is Role.IDENTIFIERS and plan.likely and not plan.person
    return own and not plan.serial and not plan.cut


def names_in(text: str) -> list[str]:
    """The names in a cell that holds several and nothing else; else none.

    >>> names_in("张三、李四"), names_in("张三和李四"), names_in("张和平")
    (['张三', '李四'], ['张三', '李四'], [])
    """
    for between in _PARTS:
        parts = [part.strip() for part in between.split(text.strip()) if part.strip()]
        if len(parts) > 1:
            known = {normalise_name(part) for part in parts if looks_like_name(part)} - {""}
            return parts if len(known) == len(parts) <= _MOST else []
    return []


def _numbers_in(text: str, plan: ColumnPlan) -> tuple[int, list[str]]:
    """How many identifiers a cell holds, and each as it stands there, where they can be cut."""
    found = [one for one in recognise_cell(text, phones=plan.phones) if one.kind is not HOTLINE]
    if len(found) < 2 or len(set(found)) < len(found):
        return len(found), []
    parts = [part.strip() for part in _PARTS[0].split(text) if part.strip()]
    if len(parts) != len(found):
        cleaned = clean(text)
        hits = find_hits(cleaned, phones=plan.phones)
        parts = [cleaned[hit.start : hit.end] for hit in hits]
    again = [recognise_cell(part, phones=plan.phones) for part in parts]
    same_kind = len({one.kind for one in found}) == 1
    return len(found), parts if same_kind and again == [[one] for one in found] else []


def _with_people(raw: RawBlock, found: Mapping[int, _Pieces]) -> RawBlock:
    more = np.zeros(raw.rows, dtype=np.int64)
    for row, pieces in found.items():
        more[row] = len(next(iter(pieces.values()))) - 1
    at = np.repeat(np.arange(raw.rows), more + 1)
    further = np.zeros(len(at), dtype=np.bool_)
    further[1:] = at[1:] == at[:-1]
    first = np.flatnonzero(~further)
    columns, filled = [], []
    for i, column in enumerate(raw.columns):
        mine = {row: pieces[i] for row, pieces in found.items() if i in pieces}
        there = raw.filled[i][at] & ~further
        taken = column.take(pa.array(np.where(further, 0, at), pa.int64(), mask=further))
        if mine:
            taken, there = _put(taken, there, first, mine)
        columns.append(taken)
        filled.append(there)
    refusals = np.where(further, np.uint8(FURTHER), raw.refusals[at]).astype(np.uint8)
    return RawBlock(columns, filled, refusals)


def _put(
    column: Any, filled: npt.NDArray[np.bool_], first: Rows, mine: Mapping[int, list[str]]
) -> tuple[Any, npt.NDArray[np.bool_]]:
    """``column`` with the people's own texts in their records."""
    mask = np.zeros(len(column), dtype=np.bool_)
    texts: list[str] = []
    for row, parts in sorted(mine.items()):
        mask[first[row] : first[row] + len(parts)] = True
        texts += parts
    values = [text.encode(RAW) for text in texts] if is_raw(column) else texts
    put = pc.replace_with_mask(column, pa.array(mask), pa.array(values, column.type))
    return put, filled | mask
