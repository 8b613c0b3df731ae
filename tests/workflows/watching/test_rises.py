"""A source is told of once for each time that its figure passes a mark."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaktrace.workflows.watching.looking import rises
from leaktrace.workflows.watching.memory import LEAKED, Memory

_MARKS = (0.5, 0.95)


@given(
    st.lists(
        st.tuples(
            st.floats(0, 0.9999, allow_nan=False),
            st.lists(st.sampled_from(_MARKS), min_size=1, unique=True),
        ),
        max_size=12,
    )
)
def test_each_passing_of_a_mark_is_told_by_the_first_watch_that_asks_for_it(
    watches: list[tuple[float, list[float]]],
) -> None:
    memory = Memory()
    untold = dict.fromkeys(_MARKS, True)
    before = None
    for value, marks in watches:
        found, past = rises(memory, {"S01": value}, marks)
        untold = {mark: untold[mark] or value < mark for mark in _MARKS}
        passed = tuple(mark for mark in sorted(marks) if value >= mark and untold[mark])
        assert [one.marks for one in found] == ([passed] if passed else [])
        assert all(one.before == before for one in found)
        untold |= dict.fromkeys(passed, False)
        memory = Memory(frozenset(past | {(LEAKED, "S01", repr(value))}))
        before = value
