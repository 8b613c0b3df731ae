"""Runs of digits in cells, however long."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.fingerprint.places import TextColumn, digit_groups

RUN = st.text("0123456789", min_size=1, max_size=12) | st.text(
    "0123456789", min_size=60, max_size=90
)


@given(st.lists(st.lists(RUN, min_size=1, max_size=3).map("号".join), min_size=1, max_size=6))
def test_a_run_is_its_number_in_64_bits(cells: list[str]) -> None:
    groups = digit_groups(TextColumn.of(pa.array(cells, pa.large_string())))
    runs = [run for cell in cells for run in cell.split("号")]
    assert groups.values.tolist() == [int(run) % 2**64 for run in runs]
