"""When a list was cut."""

from __future__ import annotations

import numpy as np

from leaktrace.attribution.cutting import cut_grid, cut_log_weights, dates_log_likelihood
from leaktrace.attribution.settings import Settings
from leaktrace.fingerprint.held import NO_DAY
from leaktrace.times import DAY, read_moment

SEEN = read_moment("2026-03-01")
GRID = cut_grid(SEEN.earliest, Settings())


def lag_days(registered_until: int, rows: float = 100.0) -> float:
    """The expected lag where the newest match registered so many days before the sighting."""
    own = np.arange(SEEN.day - 1000, SEEN.day, dtype=np.int32).repeat(3)
    matched = own[own <= SEEN.day - registered_until][::7]
    said = dates_log_likelihood(matched, own, GRID, rows)
    lags = (SEEN.earliest - GRID.cut) / DAY
    return float(np.exp(cut_log_weights(GRID, said)) @ lags)


def test_no_cut_lies_after_the_sighting_and_a_days_sighting_is_read_early() -> None:
    assert (SEEN.earliest >= GRID.cut).all()
    assert GRID.cut[0] == SEEN.earliest
    assert (np.diff(GRID.cut) < 0).all()
    assert np.isclose(np.exp(GRID.log_prior).sum(), 1.0)


def test_the_newest_matched_registration_moves_the_cut() -> None:
    lags = [lag_days(newest) for newest in (1, 60, 200, 400)]
    assert lags == sorted(lags)
    assert lags[0] < 30
    assert lags[1] + 15 >= 60
    assert 120 <= lags[2] <= 300
    assert lags[3] >= 225


def test_the_cut_is_hardly_before_the_newest_match() -> None:
    own = np.arange(SEEN.day - 1000, SEEN.day, dtype=np.int32)
    matched = own[own <= SEEN.day - 60]
    weights = np.exp(cut_log_weights(GRID, dates_log_likelihood(matched, own, GRID, 900.0)))
    before = SEEN.earliest - 60 * DAY > GRID.cut + DAY
    assert weights[before].sum() < 0.05


def test_more_rows_say_it_more_surely() -> None:
    own = np.arange(SEEN.day - 1000, SEEN.day, dtype=np.int32)
    few, many = (
        dates_log_likelihood(own[own <= SEEN.day - 100], own, GRID, rows) for rows in (10.0, 200.0)
    )
    assert np.ptp(many) > 5 * np.ptp(few)


def test_undated_and_tiny_lists_say_nothing() -> None:
    own = np.arange(SEEN.day - 100, SEEN.day, dtype=np.int32)
    undated = np.full(100, NO_DAY, dtype=np.int32)
    assert not dates_log_likelihood(undated, own, GRID, 100.0).any()
    assert not dates_log_likelihood(own, undated, GRID, 100.0).any()
    assert not dates_log_likelihood(own[:4], own, GRID, 100.0).any()
    assert not dates_log_likelihood(own, own[:19], GRID, 100.0).any()
    assert dates_log_likelihood(own[:50], own, GRID, 100.0).any()
