from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaktrace.canary.pool import Told, foreign_since, live_intervals, tell
from leaktrace.canary.pool.liveness import Interval, spans_of
from leaktrace.canary.pool.records import Happening, instant
from leaktrace.case import Case
from leaktrace.times import DAY, read_moment


def beats(case: Case, number: str, *days: str, what: str = "heartbeat") -> None:
    tell(case, "canary heartbeat", [Told(number, what, read_moment(day)) for day in days])


def days_of(interval: Interval) -> tuple[str, str]:
    return instant(interval.start).text[:10], instant(interval.end).text[:10]


def test_a_canary_is_known_to_ring_between_heartbeats_alone(pool: Case) -> None:
    assert live_intervals(pool) == {}
    beats(pool, "N1", "2024-06-01", "2024-07-01", "2024-08-01", "2024-11-01", "2024-11-20")
    beats(pool, "N1", "2024-11-10", what="missed")
    beats(pool, "N3", "2024-06-01")
    found = live_intervals(pool)
    assert list(found) == ["C1"]
    assert [days_of(one) for one in found["C1"]] == [("2024-06-01", "2024-08-01")]
    assert [days_of(one) for one in live_intervals(pool, silent_after=100)["C1"]] == [
        ("2024-06-01", "2024-11-01")
    ]


def test_only_missed_heartbeats_are_known_silence(pool: Case) -> None:
    beats(pool, "N1", "2024-06-01", what="missed")
    assert live_intervals(pool) == {"C1": ()}


def test_a_number_that_went_to_somebody_else_rings_for_them(pool: Case) -> None:
    assert list(foreign_since(pool)) == ["C2"]  # its contract has ended
    beats(pool, "N2", "2024-12-01", "2024-12-20", "2025-01-15", "2025-02-10")
    (span,) = live_intervals(pool)["C2"]
    assert days_of(span) == ("2024-12-01", "2024-12-31")
    until = read_moment("2025-12-31")
    tell(pool, "x", [Told("N2", "extended", read_moment("2025-01-20"), until=until)])
    assert [days_of(one) for one in live_intervals(pool)["C2"]] == [
        ("2024-12-01", "2024-12-31"),
        ("2025-01-20", "2025-02-10"),
    ]
    tell(pool, "x", [Told("N1", "returned", read_moment("2024-09-01"))])
    assert foreign_since(pool)["C1"] == read_moment("2024-09-01").earliest


@st.composite
def stories(draw: st.DrawFn) -> list[Happening]:
    days = sorted(draw(st.sets(st.integers(0, 300), min_size=1, max_size=15)))
    whats = draw(st.lists(st.sampled_from(("heartbeat", "missed")), min_size=15, max_size=15))
    return [
        Happening(place, "number", "N1", what, instant(day * DAY))
        for place, (day, what) in enumerate(zip(days, whats, strict=False))
    ]


@given(stories(), st.integers(1, 60))
def test_every_day_in_a_span_lies_between_two_good_heartbeats(
    story: list[Happening], limit: int
) -> None:
    spans = spans_of(story, limit)
    for day in range(301):
        before = [one for one in story if one.at.earliest <= day * DAY]
        after = [one for one in story if one.at.earliest >= day * DAY]
        rings = bool(
            before
            and after
            and before[-1].what == after[0].what == "heartbeat"
            and after[0].at.earliest - before[-1].at.earliest <= limit * DAY
        )
        assert rings == any(span.start <= day * DAY <= span.end for span in spans)
