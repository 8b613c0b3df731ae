"""Which columns are one, how often they agree, and what other references say of the same people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from leaktrace.attribution.versions.agreement import Rival, compare
from leaktrace.attribution.versions.columns import DAY, NAME, NUMBER, PLACE, TEXT, Cells, paired
from leaktrace.attribution.versions.headers import FACT, OWN, SERIAL, meaning
from leaktrace.fingerprint.heldcells import CellColumn
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser

TOKENISER = Tokeniser(Key(bytes(range(32))))
COUNT = 40
PLACES = [f"锦绣花园{one + 1}栋2单元{one % 7 + 1}01" for one in range(COUNT)]
PLACES_TOO = [f"锦绣花园{one + 1}-2-{one % 7 + 1}01" for one in range(COUNT)]
DAYS = [f"2026-03-{one % 28 + 1:02d}" for one in range(COUNT)]
OTHER_DAYS = [f"2025/01/{one % 27 + 1:02d}" for one in range(COUNT)]


def cells(
    columns: dict[str, Sequence[str]], *, names: str = "姓名", normalised_as: int = 2
) -> Cells:
    pairs = [TOKENISER.cell_pairs(list(texts)) for texts in columns.values()]
    return Cells(
        [CellColumn(0, at, one or None, one == names) for at, one in enumerate(columns)],
        np.column_stack([pair[0] for pair in pairs]),
        np.column_stack([pair[1] for pair in pairs]),
        normalised_as,
    )


def test_columns_that_say_the_same_are_one_whatever_their_headers() -> None:
    one = cells({"房号": PLACES, "到访": DAYS})
    other = cells({"Date": DAYS, "住址": PLACES_TOO})
    found = paired(one, other)
    assert [(pair.kind, pair.left, pair.right) for pair in found] == [(PLACE, 0, 1), (DAY, 1, 0)]
    assert [int(pair.same.sum()) for pair in found] == [COUNT, COUNT]
    assert [int(pair.typed.sum()) for pair in found] == [0, COUNT]


def test_dates_that_differ_are_compared_all_the_same() -> None:
    for headers, sure in ((("登记日期", "注册时间"), True), (("", ""), False)):
        (pair,) = paired(cells({headers[0]: DAYS}), cells({headers[1]: OTHER_DAYS}))
        assert (pair.kind, pair.sure, int(pair.same.sum())) == (DAY, sure, 0)


def test_what_only_looks_like_one_column_is_not_compared() -> None:
    numbers = [str(one) for one in range(COUNT)]
    texts = [f"备注{'甲乙丙丁'[one % 4]}" for one in range(COUNT)]
    others = [f"说法{'子丑寅卯'[one % 4]}" for one in range(COUNT)]
    assert not paired(cells({"序号": numbers}), cells({"序号": numbers[::-1]}))
    assert not paired(cells({"": texts}), cells({"": others}))
    assert not paired(cells({"": PLACES}), cells({"": PLACES[::-1]}))
    assert not paired(cells({"面积": numbers}), cells({"总价": numbers[::-1]}))
    assert len(paired(cells({"备注": texts}), cells({"跟进": others}))) == 1
    (pair,) = paired(cells({"序号": numbers}), cells({"编号": numbers}))
    assert (pair.kind, int(pair.same.sum())) == (NUMBER, COUNT)


def test_common_cells_agree_by_chance() -> None:
    towns = ["江城" if one % 4 else "海城" for one in range(COUNT)]
    (pair,) = paired(cells({"城市": towns}), cells({"城市": towns}))
    assert pair.chance == pytest.approx((30 * 29 + 10 * 9) / (40 * 39))
    (pair,) = paired(cells({"": DAYS[:28]}), cells({"": DAYS[:28]}))
    assert pair.chance == 0.0


def test_lists_of_before_are_compared_as_typed() -> None:
    one, other = cells({"住址": PLACES}), cells({"住址": PLACES_TOO}, normalised_as=1)
    (pair,) = paired(one, other)
    assert (int(pair.same.sum()), pair.read) == (0, False)
    (pair,) = paired(cells({"住址": PLACES}), cells({"住址": PLACES}, normalised_as=1))
    assert (int(pair.same.sum()), pair.read) == (COUNT, False)


def test_other_references_tell_whom_they_contradict() -> None:
    wrong = [f"锦绣花园{one + 1}栋9999" if one < 10 else PLACES[one] for one in range(COUNT)]
    rows = np.arange(COUNT) < 30
    rival = Rival("S02", rows, cells({"住址": wrong[:30]}))
    found = compare(cells({"住址": PLACES_TOO}), cells({"住址": PLACES}), [rival])
    (column,) = found.columns
    assert (column.people, column.same, column.alone, column.apart) == (COUNT, COUNT, 10, 10)
    assert (column.alone_same, column.apart_same, column.speakers) == (10, 10, ("S02",))
    (rivalry,) = found.rivalries
    assert (rivalry.source, rivalry.cells, rivalry.own, rivalry.theirs) == ("S02", 10, 10, 0)
    theirs = compare(cells({"住址": wrong}), cells({"住址": PLACES}), [rival])
    assert (theirs.columns[0].apart_same, theirs.rivalries[0].theirs) == (0, 10)


def test_a_rival_with_other_columns_contradicts_nobody() -> None:
    rival = Rival("S02", np.ones(COUNT, dtype=bool), cells({"": PLACES[::-1]}))
    found = compare(cells({"住址": PLACES}), cells({"住址": PLACES}), [rival])
    assert (found.columns[0].alone, found.columns[0].speakers) == (COUNT, ())
    assert not found.rivalries


def test_kinds_are_told_by_most_cells_and_names_by_their_column() -> None:
    mixed = [*PLACES[:30], *["未登记"] * 10]
    names = [f"张{'一二三四五'[one % 5]}" for one in range(COUNT)]
    assert cells({"": mixed, "姓名": names, "a": names}).kinds() == [PLACE, NAME, TEXT]


@pytest.mark.parametrize(
    ("header", "nature"),
    [("出生日期", FACT), ("登记时间", OWN), ("Deal value", OWN), ("建筑面积", FACT),
     ("No.", SERIAL), ("住址", ""), (None, ""), ("Age", FACT), ("agent", OWN),
     ("registered_at", OWN)],
)  # fmt: skip
def test_headers_say_what_holders_ought_to_agree_on(header: str | None, nature: str) -> None:
    assert meaning(header)[0] == nature
