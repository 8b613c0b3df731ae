"""Which rows of a list are one person (DESIGN.md, "The unit is the person").

Links are symmetric and do not depend on the order of rows, and how many people there are does not
depend on the key.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.engines.components import Links, link_rows
from leaktrace.engines.occurrences import Bool, Gathered, Occurrences, Rows
from leaktrace.fingerprint.held import TokenIndex, UInt32, UInt64
from leaktrace.fingerprint.lookup import FULL_ORDER, NOBODY, PARTIAL_ORDER
from leaktrace.fingerprint.sorting import first_of_runs, grouped, stable_sort
from leaktrace.identifiers.kinds import ID_NUMBER, ID_NUMBER_SUSPECT

Int64 = npt.NDArray[np.int64]
_NONE = -1
LINKING = tuple(kind for kind in FULL_ORDER if kind != ID_NUMBER.name)


@dataclass(frozen=True, slots=True)
class Linked:
    """The people of a list.

    Attributes
    ----------
    person : uint32[rows]
        The (first) person of each row, 0xFFFFFFFF where there is none.
    more_rows, more_people : int64[k], uint32[k]
        Further people of rows that hold several ID numbers.
    id_people : uint32[n]
        The person of each matched ID number, in the order of its occurrences.
    id_index : TokenIndex
        The person of each distinct one.
    id_token : uint64[people]
    full : bool[people]
        Has a full identifier that is its own.
    first_row : int64[people]
        Ascending: people are numbered by first appearance.
    """

    person: UInt32
    more_rows: Rows
    more_people: UInt32
    id_people: UInt32
    id_index: TokenIndex
    id_token: UInt64
    full: Bool
    first_row: Rows

    def __len__(self) -> int:
        return len(self.id_token)

    def of(self, found: Occurrences) -> tuple[UInt64, UInt32]:
        """The (token, person) pairs of identifiers: everyone of a row carries what stands there."""
        people = self.person[found.rows]
        tokens = found.tokens
        if len(self.more_rows):
            start = np.searchsorted(self.more_rows, found.rows, side="left")
            stop = np.searchsorted(self.more_rows, found.rows, side="right")
            repeat = stop - start
            within = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
            further = self.more_people[np.repeat(start, repeat) + within]
            tokens = np.concatenate((tokens, np.repeat(tokens, repeat)))
            people = np.concatenate((people, further))
        keep = people != NOBODY
        return (tokens, people) if bool(keep.all()) else (tokens[keep], people[keep])


@dataclass(frozen=True, slots=True)
class _Groups:
    """People before they are numbered: those with an ID number first, in the order of its token.

    ``of_row`` is -1 for nobody; ``place`` is twice the first row, plus one for a further person of
    it, and ``never`` for groups without rows.
    """

    of_row: Int64
    of_id: Int64
    id_tokens: UInt64
    full: Bool
    place: Int64
    never: int


def link_people(gathered: Gathered) -> Linked:
    """Who is who in a list."""
    none = np.zeros(0, dtype=np.int64)
    nobody = Occurrences(none.astype(np.uint64), none, none.astype(np.bool_))
    ids = gathered.matched.get(ID_NUMBER.name, nobody)
    id_tokens, id_group, id_first = grouped(ids.tokens)
    group = np.full(len(gathered), _NONE, dtype=np.int64)
    first = first_of_runs(ids.rows)
    if first.all():
        group[ids.rows] = id_group
    else:
        group[ids.rows[first]] = id_group[first]
    without = group == _NONE
    links = link_rows(gathered, without, ids, LINKING)
    _take_links(group, links, id_tokens)
    groups = linked = len(id_tokens) + len(links.full)
    for kinds in (PARTIAL_ORDER, (ID_NUMBER_SUSPECT.name,)):
        groups += _take_weaker(group, gathered, kinds, groups)
    full = np.zeros(groups, dtype=np.bool_)
    full[: len(id_tokens)] = True
    full[len(id_tokens) : linked] = links.full
    # A row's first person comes before its further ones.
    never = 2 * len(gathered)
    place = np.full(groups, never, dtype=np.int64)
    place[: len(id_tokens)] = 2 * ids.rows[id_first] + ~first[id_first]
    rows = np.flatnonzero(without & (group != _NONE))
    np.minimum.at(place, group[rows], 2 * rows)
    more = (ids.rows[:0], id_group[:0]) if first.all() else _further_ids(ids.rows, id_group, group)
    return _numbered(_Groups(group, id_group, id_tokens, full, place, never), *more)


def _further_ids(rows: Rows, id_group: Int64, group: Int64) -> tuple[Rows, Int64]:
    further = np.flatnonzero(id_group != group[rows])
    pairs = np.unique(np.stack((rows[further], id_group[further]), axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _take_links(group: Int64, links: Links, id_tokens: UInt64) -> None:
    attached = links.id_token != 0
    groups = len(id_tokens) + np.arange(len(attached))
    groups[attached] = np.searchsorted(id_tokens, links.id_token[attached])
    group[links.rows] = groups[links.component]


def _take_weaker(group: Int64, gathered: Gathered, kinds: tuple[str, ...], groups: int) -> int:
    """People of the rows that have nothing better: one for each of the most specific token."""
    if not (group == _NONE).any():
        return 0
    tokens = np.zeros(len(group), dtype=np.uint64)
    for kind in kinds:
        for found in (gathered.matched.get(kind), gathered.derived.get(kind)):
            if found is not None:
                matched = found.matched()
                rows = matched.rows
                open_ = (group[rows] == _NONE) & (tokens[rows] == 0) & first_of_runs(rows)
                tokens[rows[open_]] = matched.tokens[open_]
    rows = np.flatnonzero(tokens)
    distinct, inverse, _ = grouped(tokens[rows])
    group[rows] = groups + inverse
    return len(distinct)


def _numbered(groups: _Groups, more_rows: Rows, more_groups: Int64) -> Linked:
    _, order = stable_sort(groups.place.astype(np.uint64))
    order = order[: int(np.count_nonzero(groups.place != groups.never))]
    number = np.full(len(groups.place) + 1, NOBODY, dtype=np.uint32)
    number[order] = np.arange(len(order), dtype=np.uint32)
    ids = len(groups.id_tokens)
    tokens = np.zeros(len(groups.place), dtype=np.uint64)
    tokens[:ids] = groups.id_tokens
    return Linked(
        person=number[groups.of_row],
        more_rows=more_rows,
        more_people=number[more_groups],
        id_people=number[groups.of_id],
        id_index=TokenIndex(groups.id_tokens, number[:ids]),
        id_token=tokens[order],
        full=groups.full[order],
        first_row=groups.place[order] >> 1,
    )
