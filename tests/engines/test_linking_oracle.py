"""Linking against a plain reading of its rules, row by row with a union-find."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.kinds import ID_NUMBER

from .conftest import reading_of

KEY = Key(bytes(range(32)))
LINKING = ("mobile", "email", "landline")
Row = dict[str, Any]


def shown(row: Row) -> list[tuple[str, Any]]:
    return [(kind, row[kind]) for kind in LINKING if kind in row]


def hubs(rows: Sequence[Row]) -> set[tuple[str, Any]]:
    ids, names, others = defaultdict(set), defaultdict(set), defaultdict(set)
    for row in rows:
        for item in shown(row):
            if "id_number" in row:
                ids[item].add(row["id_number"])
            elif "name" in row:
                names[item].add(row["name"])
            elif len(shown(row)) > 1:
                others[item].add(frozenset(shown(row)))
    crowded = {item for beside in (ids, names) for item, seen in beside.items() if len(seen) > 5}
    for item, sets in others.items():
        if len(sets) > 5 and len(frozenset().union(*sets)) - 1 > 5:
            crowded.add(item)
    return crowded


def links(
    row: Row, crowded: set[tuple[str, Any]], seen: Counter[tuple[str, Any]]
) -> list[tuple[Any, ...]]:
    plain: list[tuple[Any, ...]] = [item for item in shown(row) if item not in crowded]
    crowd = [item for item in shown(row) if item in crowded]
    if "name" in row:
        return plain + [(*item, row["name"]) for item in crowd]
    if plain or "id_number" in row:
        return plain
    return [(*item, None) for item in crowd if seen[item] == min(seen[one] for one in crowd)]


def oracle(rows: Sequence[Row]) -> list[Any]:
    """A label for the person of each row."""
    crowded = hubs(rows)
    seen = Counter(item for row in rows for item in shown(row))
    root: dict[Any, Any] = {}

    def find(item: Any) -> Any:
        while root.setdefault(item, item) != item:
            item = root[item]
        return item

    for row in rows:
        if "id_number" not in row:
            found = links(row, crowded, seen)
            for item in found[1:]:
                root[find(item)] = find(found[0])
    touched = defaultdict(set)
    for row in rows:
        if "id_number" in row:
            for item in links(row, crowded, seen):
                touched[find(item)].add(row["id_number"])
    tokeniser = Tokeniser(KEY)

    def label(row: Row) -> Any:
        if "id_number" in row:
            return ("id", row["id_number"])
        found = links(row, crowded, seen)
        if found:
            ids = sorted(touched[find(found[0])])
            if not ids:
                return find(found[0])
            tokens = tokeniser.numbers(np.array(ids, dtype=np.uint64), ID_NUMBER)
            return ("id", ids[int(np.argmin(tokens))])
        if "mobile_masked" in row:
            return ("masked", row["mobile_masked"], row.get("name"))
        return None

    return [label(row) for row in rows]


ROW = st.fixed_dictionaries(
    {},
    optional={
        "id_number": st.integers(1, 8),
        "mobile": st.integers(1, 9).map(lambda n: 13812340000 + n),
        "email": st.integers(1, 3).map(lambda n: f"{n}@b.cn"),
        "landline": st.integers(1, 2).map(lambda n: 2112345600 + n),
        "name": st.integers(1, 8).map(lambda n: f"王{n}"),
        "mobile_masked": st.integers(1380001, 1380002),
    },
)


@settings(max_examples=200)
@given(st.lists(ROW, min_size=1, max_size=40))
def test_people_are_those_of_the_rules(rows: list[Row]) -> None:
    built = build_list(reading_of(rows, block=16), KEY)
    expected = oracle(rows)
    people = [None if p == 2**32 - 1 else p for p in built.rows["person"].to_pylist()]
    pairs = set(zip(expected, people, strict=True))
    assert len({a for a, _ in pairs}) == len(pairs) == len({b for _, b in pairs})
    assert (None in people) == (None in expected)
    assert built.summary.people == len(set(people) - {None})


@settings(max_examples=200)
@given(st.lists(ROW, min_size=1, max_size=40))
def test_duplicates_are_those_seen_before(rows: list[Row]) -> None:
    labels = oracle(rows)
    again = sum(label is not None and label in labels[:n] for n, label in enumerate(labels))
    assert build_list(reading_of(rows, block=16), KEY).summary.duplicate_rows == again
