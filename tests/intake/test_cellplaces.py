"""References in a sheet's XML are found as a regular expression finds them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from leaktrace.intake.cellplaces import places_of

REFERENCE = re.compile(rb"""\sr=["']([A-Za-z]{0,4})([0-9]{1,10})["']""")
PART = st.sampled_from(
    [
        b'<c r="A1"',
        b" r='xfd1048576'",
        b' r="12"',
        b'\tr="ABCDE1"',
        b' r="A"',
        b'r="B2"',
        b"=",
        b'"',
        b' r="A12345678901"',
        b' r="A1234567890"',
        b"\n",
        b" s=",
        b' r="Q7',
        b">x</c>",
        b" r=",
        b" ",
    ]
)


def number(letters: bytes) -> int:
    value = 0
    for letter in letters.upper():
        value = value * 26 + letter - 64
    return value


@given(st.lists(PART, max_size=12).map(b"".join))
def test_the_same_as_a_regular_expression(text: bytes) -> None:
    tight = re.sub(rb"""\s*=\s*(?=["'])""", b"=", text)
    expected = [(number(column), int(row)) for column, row in REFERENCE.findall(tight)]
    columns, rows, _odd = places_of(text)
    assert list(zip(columns.tolist(), rows.tolist(), strict=True)) == expected


def test_blanks_round_the_sign_hide_nothing_and_long_references_are_odd() -> None:
    columns, rows, odd = places_of(
        b'<c r = "XFD1048576"/><c r\n="A2"/><c r="ABCDEF1"/><c r="A2 "/>'
    )
    assert (columns.tolist(), rows.tolist(), odd) == ([16384, 1], [1048576, 2], 2)
