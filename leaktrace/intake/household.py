"""Several people in one row: 姓名1, 电话1, 姓名2, 电话2. Each number goes with its own name.

A row of nothing but many mobiles has as many people as those.

Such a row is one row of the list, and as many records as it has people: the first one carries all
columns that are nobody's own, the others (code FURTHER) those of one more person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leaktrace.intake.headers import header_kind
from leaktrace.intake.linecodes import FURTHER
from leaktrace.intake.rawblocks import RawBlock

_PERSONAL = frozenset(
    {"mobile", "landline", "id_number", "mobile_masked", "id_number_masked", "name_last4", "email"}
)
_NUMBERS = frozenset({"mobile", "landline", "id_number", "mobile_masked", "id_number_masked"})
# Somebody whose number stands in the rows of several people, who are not one person for that.
_SOMEBODY_ELSE = re.compile(
    # Of a call or a parcel it is the other end.
    "对方|對方|对端|對端|被叫|callee|calledn|寄件|寄方|sender|consignor|"
    "推荐|推薦|介绍|介紹|引荐|邀请|邀請|转介|上级|上線|上线|紧急|緊急|担保|擔保|保证人|业务员|業務員|业务经理"
    "|置业顾问|经纪人|經紀人|客户经理|销售|銷售|跟进|顾问|顧問|经办|經辦|录入|操作员|客服|坐席|座席|归属人"
    "|referr|referer|invit|emergenc|guarant|salesm|agent|advis"
)
# A number in what was written down of a person is that person's, as any in its row is.
_NOTES = re.compile(
    "记录|記錄|情况|情況|内容|內容|备注|備註|说明|說明|描述|结果|結果|日志|note|remark|memo", re.I
)
MANY = 4
"""So many mobiles in a row that has nothing else are no longer one person's."""
_WIDEST = 200
_NUMBER = re.compile(r"([0-9]{1,2}|[一二三四五六])$")


def person_of_columns(
    titles: Sequence[str | None], names: Sequence[bool], usual: Sequence[str | None]
) -> list[int]:
    """To which person of its row each column belongs: 0 for the first, and for everything else.

    Parameters
    ----------
    titles : sequence of str or None
    names : sequence of bool
        The columns that hold names.
    usual : sequence of str or None
        The kind of identifier that most cells of each column hold.
    """
    if _is_wall(titles, names, usual):
        return list(range(len(titles)))
    kinds = ["name" if name else _kind(title, kind) for title, name, kind in
             zip(titles, names, usual, strict=True)]  # fmt: skip
    others = _others(titles, kinds, usual)
    taken = {i for group in others for i in group}
    own = [i for i, kind in enumerate(kinds) if kind and i not in taken]
    groups: list[list[int]] = []
    if sum(kinds[i] == "name" for i in own) >= 2:
        groups = _by_number(titles, own) or _by_name(kinds, own)
    if not groups or not all(_is_person(kinds, group) for group in groups):
        groups = [own]
    persons = [0] * len(titles)
    for person, group in enumerate([*groups, *others]):
        for i in group:
            persons[i] = person
    return persons


def _is_wall(
    titles: Sequence[str | None], names: Sequence[bool], usual: Sequence[str | None]
) -> bool:
    """Whether a table is nothing but mobiles, too many in a row to be one person's."""
    nothing_else = not any(titles) and not any(names) and set(usual) == {"mobile"}
    return nothing_else and MANY <= len(titles) <= _WIDEST


def _others(
    titles: Sequence[str | None], kinds: Sequence[str], usual: Sequence[str | None]
) -> list[list[int]]:
    """The columns that hold the numbers of whoever recommended, vouches for or serves a person: a
    group for each of them. None where nothing would be left of the person."""
    groups: dict[str, list[int]] = {}
    for i, title in enumerate(titles):
        word = _SOMEBODY_ELSE.search((title or "").casefold())
        if word and not _NOTES.search(title or "") and (kinds[i] or usual[i] in _NUMBERS):
            groups.setdefault(word[0], []).append(i)
    numbered = [i for i, kind in enumerate(usual) if kind in _NUMBERS]
    found = [g for g in groups.values() if any(usual[i] in _NUMBERS for i in g)]
    if all(any(i in group for group in found) for i in numbered):
        return []
    return found


def _kind(title: str | None, usual: str | None) -> str:
    """The personal kind of a column by its content, else its header; empty for none."""
    named = header_kind(title) if title else None
    kind = named if named in _PERSONAL else usual if named in (None, "name") else None
    return kind if kind in _PERSONAL else ""


def _by_number(titles: Sequence[str | None], own: Sequence[int]) -> list[list[int]]:
    """Groups by the number at the end of the titles; a title without one belongs to the first."""
    numbers = [_NUMBER.search((titles[i] or "").strip()) for i in own]
    groups: dict[str, list[int]] = {}
    for i, number in zip(own, numbers, strict=True):
        groups.setdefault(number[1] if number else "", []).append(i)
    if "" in groups and len(groups) > 1:
        first = groups.pop("")
        if set(groups) & {"1", "一"}:
            return []
        return [first, *groups.values()]
    return list(groups.values()) if len(groups) > 1 else []


def _by_name(kinds: Sequence[str], own: Sequence[int]) -> list[list[int]]:
    """Groups that each begin with a name, or each end with one."""
    groups: list[list[int]] = []
    begins = kinds[own[0]] == "name"
    fresh = True
    for i in own:
        if fresh or (begins and kinds[i] == "name"):
            groups.append([])
        groups[-1].append(i)
        fresh = not begins and kinds[i] == "name"
    return groups


def _is_person(kinds: Sequence[str], group: Sequence[int]) -> bool:
    """Whether a group is one name and at least one number."""
    return sum(kinds[i] == "name" for i in group) == 1 and len(group) > 1


def by_person(raw: RawBlock, persons: Sequence[int]) -> RawBlock:
    """The block with a record for each person of each row, who has a cell of their own."""
    if not any(persons):
        return raw
    of_column = [*persons, *[0] * (len(raw.columns) - len(persons))]
    rows = [np.arange(raw.rows)]
    who = [np.zeros(raw.rows, dtype=np.int64)]
    for person in range(1, max(persons) + 1):
        there = _rows_of(raw, of_column, person)
        rows.append(there)
        who.append(np.full(len(there), person))
    at, person_at = np.concatenate(rows), np.concatenate(who)
    order = np.lexsort((person_at, at))
    at, person_at = at[order], person_at[order]
    columns, filled = [], []
    for i, column in enumerate(raw.columns):
        mine = person_at == of_column[i]
        taken = pa.array(np.where(mine, at, 0), pa.int64(), mask=~mine)
        columns.append(column.take(taken))
        filled.append(raw.filled[i][at] & mine)
    refusals = np.where(person_at > 0, np.uint8(FURTHER), raw.refusals[at]).astype(np.uint8)
    return RawBlock(columns, filled, refusals)


def _rows_of(raw: RawBlock, of_column: Sequence[int], person: int) -> npt.NDArray[np.int64]:
    there = np.zeros(raw.rows, dtype=np.bool_)
    for i, other in enumerate(of_column):
        if other == person:
            there |= raw.filled[i]
    # A damaged row names nobody.
    return np.flatnonzero(there & ~raw.refused())
