"""Lists made of lists: a part of one, and several joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.lookup import NOBODY, match_people

_COLUMNS = ("id_token", "registered", "carrier", "region", "swept", "never_issued")


def part_of(held: HeldList, chosen: npt.NDArray[np.int64]) -> HeldList:
    """The list of the ``chosen`` people (ascending rows) of ``held``.

    ``size`` and ``distinct`` stay those of the whole list where that is a sketch, whose people are
    a sample of it; else they are the part's.
    """
    position = np.full(len(held.people), -1, dtype=np.int64)
    position[chosen] = np.arange(len(chosen))
    index = {}
    for kind in sorted(held.index):
        entries = held.index[kind]
        owner = position[entries.people]
        keep = owner >= 0
        index[kind] = TokenIndex(entries.tokens[keep], owner[keep].astype(np.uint32))
    people = held.people
    full = None if people.full is None else people.full[chosen]
    table = replace(people, full=full, **{one: getattr(people, one)[chosen] for one in _COLUMNS})
    if held.scaled > 1:
        return HeldList(table, index, held.scaled, held.size, held.distinct)
    return HeldList(table, index, 1, len(chosen), _distinct(index))


def joined(lists: Sequence[HeldList]) -> tuple[HeldList, list[npt.NDArray[np.uint32]]]:
    """Several exact lists as one, each person once, and for each list the rows of its people there.

    Returns
    -------
    HeldList, list of uint32[people of the list]
    """
    whole = lists[0]
    rows = [np.arange(len(whole.people), dtype=np.uint32)]
    for other in lists[1:]:
        place = match_people(other, whole)
        fresh = np.flatnonzero(place == NOBODY)
        place[fresh] = len(whole.people) + np.arange(len(fresh))
        rows.append(place)
        whole = _appended(whole, part_of(other, fresh))
    return whole, rows


def _appended(first: HeldList, second: HeldList) -> HeldList:
    count = len(first.people)
    pair = (first.people, second.people)
    columns = {one: np.concatenate([getattr(table, one) for table in pair]) for one in _COLUMNS}
    table = replace(first.people, full=_all_full(*pair), **columns)
    index = {}
    for kind in sorted({*first.index, *second.index}):
        parts = [
            (held.index[kind].tokens, held.index[kind].people + np.uint32(shift))
            for held, shift in ((first, 0), (second, count))
            if kind in held.index
        ]
        tokens = np.concatenate([part for part, _people in parts])
        people = np.concatenate([part for _tokens, part in parts])
        order = np.argsort(tokens, kind="stable")
        index[kind] = TokenIndex(tokens[order], people[order].astype(np.uint32))
    return HeldList(table, index, 1, len(table), _distinct(index))


def _all_full(first: PeopleTable, second: PeopleTable) -> npt.NDArray[np.bool_] | None:
    if first.full is None and second.full is None:
        return None
    return np.concatenate(
        [np.ones(len(one), dtype=bool) if one.full is None else one.full for one in (first, second)]
    )


def _distinct(index: dict[str, TokenIndex]) -> dict[str, int]:
    return {kind: len(np.unique(entries.tokens)) for kind, entries in index.items()}
