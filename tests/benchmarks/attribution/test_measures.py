"""Each measure on rows made by hand, against what counting by hand gives."""

from __future__ import annotations

from math import isnan

import pytest

from tests.benchmarks.attribution import measures
from tests.benchmarks.attribution.made_row import made_row, ours, truth
from tests.benchmarks.attribution.rows import OURS, Listed

ROW = made_row(
    [
        (truth("B1", {"S1": 1.0}, evident={"S1": "list"}), ours({"S1": 0.97, "S2": 0.96})),
        (
            truth("B2", {"S1": 0.6, "S2": 0.4}, kind="mixed", evident={"S2": "canaries"}),
            ours({"S1": 0.99, "S2": 0.6, "S3": 0.55}),
        ),
        (
            truth("B3", {"S1": 1.0}, kind="resold", root=False, parents={"B1": 0.7, "B2": 0.03}),
            ours({"S1": 0.2}, {"B1": 0.96, "B2": 0.6}),
        ),
        (truth("B4", {}, kind="unknown"), ours({"S3": 0.951}, {"B1": 0.5})),
        (truth("B5", {}, kind="swept"), ours({})),
    ],
    listed={
        "B1": {"S1": Listed(3.0, 0.90, 0.97, 0.99), "S2": Listed(3.0, 0.0, 0.1, 0.2)},
        "B2": {
            "S1": Listed(2.5, 0.5, 0.7, 0.8),
            "S2": Listed(1.2, 0.3, 0.35, 0.5),
            "S3": Listed(1.1, 0.0, 0.1, 0.2),
        },
    },
    looks_untold={"B1": ("S2",), "B2": ("S2",), "B3": ("S2",)},
    said_open=("B3",),
)


def test_false_statements_stand_beside_the_number_stated() -> None:
    assert measures.false_statements(ROW, OURS) == (2, 4)
    assert measures.false_statements(ROW, OURS, kind="pure") == (1, 2)
    assert measures.false_statements(ROW, OURS, kind="resold") == (0, 0)


def test_roots_leave_resales_out() -> None:
    resold = made_row(
        [
            (truth("B1", {"S1": 1.0}), ours({"S2": 0.99})),
            (truth("B2", {"S1": 1.0}, root=False), ours({"S1": 0.99, "S3": 0.99})),
        ]
    )
    assert measures.false_statements(resold, OURS, roots=True) == (1, 1)
    assert measures.true_statements(resold, OURS, roots=True) == (0, 1)
    assert measures.true_statements(resold, OURS) == (1, 2)


def test_true_and_evident_pairs() -> None:
    assert measures.true_statements(ROW, OURS) == (2, 4)
    assert measures.evident_pairs(ROW, OURS, stated=False) == (2, 2)
    assert measures.evident_pairs(ROW, OURS, stated=True) == (1, 2)
    assert measures.evident_pairs(ROW, OURS, stated=True, by="canaries") == (0, 1)


def test_f1_is_over_all_pairs_of_the_world() -> None:
    # Named at 0.5: S1 S2 | S1 S2 S3 | – | S3 | –: three right of six named, of four true.
    assert measures.f1(ROW, OURS) == pytest.approx(2 * 3 / (6 + 4))
    each = [2 / 3, 4 / 5, 0.0, 0.0, 1.0]
    assert measures.f1_by_batch(ROW, OURS) == pytest.approx(sum(each) / 5)
    silent = made_row([(truth("B1", {}), ours({}))])
    assert isnan(measures.f1(silent, OURS))
    assert measures.f1_by_batch(silent, OURS) == 1.0


def test_brier_counts_a_source_that_is_not_listed_as_zero() -> None:
    errors = [0.03, 0.96, 0, 0.01, 0.4, 0.55, 0.8, 0, 0, 0, 0, 0.951, 0, 0, 0]
    assert measures.brier(ROW, OURS) == pytest.approx(sum(one**2 for one in errors) / 15)


def test_a_parent_that_gave_little_is_no_error_and_is_not_missed() -> None:
    assert measures.parents_right(ROW, OURS, 0.5) == (2, 3)
    assert measures.parents_right(ROW, OURS, 0.95) == (1, 1)
    assert measures.parents_found(ROW, OURS, 0.5) == (1, 1)
    assert measures.parents_found(ROW, OURS, 0.97) == (0, 1)


def test_lists_of_nobody_known() -> None:
    assert measures.strangers_named(ROW, OURS) == (1, 2)
    assert measures.strangers_named(ROW, OURS, kinds=("swept",)) == (0, 1)


def test_sources_that_nothing_tells_from_a_twin() -> None:
    assert measures.untold_named(ROW) == (1, 3)
    # Of the lists in which such a source is likely only B2 counts, where somebody is stated.
    assert measures.untold_said(ROW) == (0, 0)
    open_ = made_row(
        [(truth("B1", {"S2": 1.0}), ours({"S2": 0.8})), (truth("B2", {}), ours({"S2": 0.7}))],
        looks_untold={"B1": ("S2",), "B2": ("S2",)},
        said_open=("B1",),
    )
    assert measures.untold_said(open_) == (1, 2)


def test_shares_are_judged_where_a_true_source_with_a_list_is_likely() -> None:
    # B1 S1: 1.0 is not in 0.90-0.99; B2 S1: 0.6 is in 0.5-0.8; B2 S2: 0.4 is in 0.3-0.5.
    assert measures.shares_covered(ROW) == (2, 3)
    assert measures.shares_covered(ROW, whole=False) == (2, 2)
    assert measures.share_error(ROW) == pytest.approx((0.03 + 0.1 + 0.05) / 3)
