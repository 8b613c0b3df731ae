"""Who is one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.built import BuiltList
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.lookup import NOBODY, full_people, match_people

from .conftest import reading_of

KEY = Key(bytes(range(32)))


def built(rows: Sequence[dict[str, Any]], key: Key = KEY) -> BuiltList:
    return build_list(reading_of(rows), key)


def persons(rows: Sequence[dict[str, Any]], key: Key = KEY) -> list[int | None]:
    column = built(rows, key).rows["person"].to_pylist()
    return [None if person == NOBODY else person for person in column]


def test_different_id_numbers_are_never_one_person() -> None:
    rows = [{"id_number": 1, "mobile": 13800001111}, {"id_number": 2, "mobile": 13800001111}]
    assert persons(rows) == [0, 1]


def test_the_same_id_number_is_one_person() -> None:
    rows = [{"id_number": 1, "mobile": 13800001111}, {"id_number": 1, "mobile": 13800002222}]
    assert persons(rows) == [0, 0]


def test_rows_without_id_that_share_an_identifier_are_one() -> None:
    rows = [
        {"mobile": 13800001111},
        {"mobile": 13800001111, "email": "a@b.cn"},
        {"email": "a@b.cn", "plate": "浙A12345"},
        {"plate": "浙A99999"},
    ]
    assert persons(rows) == [0, 0, 0, 1]


def test_two_mobiles_in_a_row_are_one_person() -> None:
    rows = [{"mobile": [13800001111, 13800002222]}, {"mobile": 13800002222}]
    assert persons(rows) == [0, 0]


def test_a_row_without_id_joins_the_only_id_beside_its_mobile() -> None:
    rows = [{"mobile": 13800001111}, {"id_number": 7, "mobile": 13800001111}]
    assert persons(rows) == [0, 0]


def test_a_row_between_two_ids_joins_one_of_them() -> None:
    rows = [
        {"id_number": 1, "mobile": 13800001111},
        {"id_number": 2, "email": "a@b.cn"},
        {"mobile": 13800001111, "email": "a@b.cn"},
    ]
    assert built(rows).summary.people == 2


def test_a_switchboard_links_nobody() -> None:
    rows = [{"id_number": 10 + n, "landline": 2112345678} for n in range(6)]
    rows += [{"landline": 2112345678, "mobile": 13800000000 + n} for n in range(3)]
    assert built(rows).summary.people == 9


def test_beside_five_id_numbers_it_still_links() -> None:
    rows = [{"id_number": 10 + n, "landline": 2112345678} for n in range(5)]
    rows += [{"landline": 2112345678, "mobile": 13800000000 + n} for n in range(3)]
    assert built(rows).summary.people == 5


def test_many_names_make_a_switchboard_where_there_are_no_id_numbers() -> None:
    rows = [{"name": f"王{n}", "landline": 2112345678} for n in range(6)]
    assert built(rows).summary.people == 6
    assert built(rows[:5]).summary.people == 1


def test_the_same_name_at_a_switchboard_is_one_person() -> None:
    rows = [{"name": f"王{n % 6}", "landline": 2112345678} for n in range(12)]
    assert persons(rows) == [0, 1, 2, 3, 4, 5] * 2
    assert built(rows).summary.duplicate_rows == 6


def test_somebody_known_by_a_switchboard_alone_has_no_full_identifier() -> None:
    rows = [{"name": f"王{n}", "landline": 2112345678} for n in range(6)]
    rows.append({"name": "李四", "mobile": 13800001111})
    full = built(rows).held.people.full
    assert full is not None
    assert full.tolist() == [False] * 6 + [True]


def test_a_number_beside_many_others_links_nobody_where_nobody_is_named() -> None:
    rows = [{"mobile": [13700000092, 13800000000 + n]} for n in range(6)]
    made = built(rows)
    assert made.summary.people == 6
    assert made.summary.duplicate_rows == 0
    assert full_people(made.held).all()
    named = built([{"mobile": 13800000000 + n, "name": f"王{n}"} for n in range(6)])
    assert sorted(match_people(named.held, made.held).tolist()) == list(range(6))


def test_beside_five_others_it_still_links() -> None:
    rows = [{"mobile": [13700000092, 13800000000 + n]} for n in range(5)]
    assert persons(rows) == [0] * 5


def test_many_numbers_in_one_row_are_no_switchboard() -> None:
    rows = [{"mobile": [13800000000 + n for n in range(9)]}] * 8
    made = built(rows)
    assert made.summary.people == 1
    assert full_people(made.held).all()


def test_names_count_where_another_row_shows_an_id_number() -> None:
    rows = [{"mobile": 13800001111, "name": f"王{n}"} for n in range(6)]
    rows.append({"mobile": 13800001111, "name": "王0", "id_number": 7})
    assert built(rows).summary.people == 6


def test_well_known_numbers_link_nobody() -> None:
    rows = [
        {"mobile": [13800138000], "email": "a@b.cn", "excluded": ("mobile",)},
        {"mobile": [13800138000], "email": "c@d.cn", "excluded": ("mobile",)},
        {"mobile": [13800138000], "excluded": ("mobile",)},
    ]
    made = built(rows)
    assert persons(rows) == [0, 1, None]
    assert "mobile" not in made.held.index
    assert made.summary.identifiers["mobile"] == 1
    assert made.summary.excluded == {"mobile": 1}


def test_hotlines_are_nobody() -> None:
    made = built([{"hotline": 4001234567}])
    assert made.summary.people == 0
    assert made.summary.duplicate_rows == 0
    assert made.held.index == {}


def test_masked_rows_are_told_apart_by_name() -> None:
    rows = [
        {"name": "张三", "mobile_masked": 1385678},
        {"name": "李四", "mobile_masked": 1385678},
        {"name": "张三", "mobile_masked": 1385678},
        {"mobile_masked": 1385678},
        {"mobile_masked": 1385678},
    ]
    assert persons(rows) == [0, 1, 0, 2, 2]


def test_suspect_id_numbers_make_people_and_match_nothing() -> None:
    rows = [{"id_number_suspect": "11010119900307001X"}] * 2 + [{"id_number_suspect": "1" * 18}]
    assert persons(rows) == [0, 0, 1]
    assert built(rows).held.index == {}


def test_two_id_numbers_in_a_row_are_two_people_who_share_its_mobile() -> None:
    rows = [{"id_number": [1, 2], "mobile": 13800001111}, {"id_number": 2}]
    made = built(rows)
    assert persons(rows) == [0, 1]
    assert made.summary.people == 2
    assert made.held.index["mobile"].people.tolist() == [0, 1]
    assert made.summary.duplicate_rows == 1


def test_earliest_registration_is_kept() -> None:
    rows = [{"mobile": 13800001111, "day": 20000}, {"mobile": 13800001111, "day": 19000}]
    assert built(rows).held.people.registered.tolist() == [19000]


def test_partial_forms_are_derived_and_not_counted() -> None:
    held = built([{"name": "张三", "mobile": 13812345678, "id_number": 11010119900307001}]).held
    assert set(held.written) == {"mobile", "id_number"}
    assert set(held.index) == {
        "mobile",
        "id_number",
        "mobile_masked",
        "name_mobile_masked",
        "name_last4",
        "id_number_masked",
    }
    washed = built([{"name_mobile_masked": [("张三", 1385678)], "mobile_masked": 1385678}]).held
    for kind in ("name_mobile_masked", "mobile_masked"):
        assert held.index[kind].tokens.tolist() == washed.index[kind].tokens.tolist()


@pytest.mark.parametrize("block", [1, 2, 100])
def test_blocks_change_nothing(block: int) -> None:
    rows = [{"id_number": n % 4 or None, "mobile": 13800000000 + n % 5} for n in range(20)]
    rows = [{name: value for name, value in row.items() if value} for row in rows]
    whole = build_list(reading_of(rows), KEY)
    cut = build_list(reading_of(rows, block=block), KEY)
    assert whole.rows["person"].to_pylist() == cut.rows["person"].to_pylist()
    assert whole.summary == cut.summary


ROW = st.fixed_dictionaries(
    {},
    optional={
        "id_number": st.integers(1, 9),
        "mobile": st.integers(1, 6).map(lambda n: 13800000000 + n),
        "email": st.integers(1, 6).map(lambda n: f"{n}@b.cn"),
        "landline": st.just(2112345678),
        "name": st.integers(1, 8).map(lambda n: f"王{n}"),
        "mobile_masked": st.integers(1380001, 1380003),
    },
)


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_order_changes_nothing(rows: list[dict[str, Any]], random: Any) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    here = persons(rows)
    there = persons([rows[number] for number in order])
    back = [there[order.index(number)] for number in range(len(rows))]
    together = {(here[i], back[i]) for i in range(len(rows))}
    assert len({a for a, _ in together}) == len(together)
    assert len({b for _, b in together}) == len(together)


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25), st.binary(min_size=32, max_size=32))
def test_people_do_not_depend_on_the_key(rows: list[dict[str, Any]], secret: bytes) -> None:
    one, other = built(rows), built(rows, Key(secret))
    assert one.summary == other.summary
    assert one.held.distinct == other.held.distinct


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25))
def test_no_person_has_two_id_numbers(rows: list[dict[str, Any]]) -> None:
    numbers: dict[int | None, set[int]] = {}
    for row, person in zip(rows, persons(rows), strict=True):
        if "id_number" in row:
            numbers.setdefault(person, set()).add(row["id_number"])
    assert all(len(found) == 1 for found in numbers.values())


@settings(max_examples=100, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25))
def test_people_are_numbered_by_first_appearance(rows: list[dict[str, Any]]) -> None:
    seen = [person for person in persons(rows) if person is not None]
    firsts = list(dict.fromkeys(seen))
    assert firsts == sorted(firsts)
    made = built(rows)
    assert made.summary.people == len(firsts)
    for index in made.held.index.values():
        pairs = np.stack((index.tokens.astype(object), index.people.astype(object)), axis=1)
        assert sorted(map(tuple, pairs)) == [tuple(pair) for pair in pairs]
        assert len(set(map(tuple, pairs))) == len(pairs)
