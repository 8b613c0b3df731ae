"""Carriers, places, well-known numbers, partial forms, and the lists that are shipped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leaktrace.identifiers as identifiers
from leaktrace.identifiers import (
    CARRIERS,
    carrier_of,
    is_well_known,
    last4,
    mask_ids,
    mask_mobiles,
    never_issued,
    recognise_cell,
    region_of,
)
from leaktrace.identifiers.data import make_regions
from leaktrace.identifiers.id_number import check_digit
from leaktrace.identifiers.kinds import HOTLINE, MOBILE
from leaktrace.identifiers.registry import RECOGNISERS


def numbers(*values: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array(values, dtype=np.uint64)


@pytest.mark.parametrize(
    ("mobile", "carrier"),
    [
        (13800000001, "china-mobile"),
        (13400000001, "china-mobile"),
        (13490000001, ""),
        (18600000001, "china-unicom"),
        (13300000001, "china-telecom"),
        (17400000001, "china-telecom"),
        (17000000001, "virtual"),
        (16500000001, "virtual"),
        (19200000001, "china-broadnet"),
        (15400000001, ""),
    ],
)
def test_carriers(mobile: int, carrier: str) -> None:
    assert CARRIERS[int(carrier_of(numbers(mobile))[0])] == carrier


def test_no_segment_has_a_carrier_and_was_never_issued() -> None:
    heads = np.arange(1300, 2000, dtype=np.uint64) * np.uint64(10**7)
    assert not (never_issued(heads) & (carrier_of(heads) > 0)).any()
    assert never_issued(numbers(15412345670, 14012345670, 13912345670)).tolist() == [
        True,
        True,
        False,
    ]


def test_places_have_their_chinese_names() -> None:
    regions = region_of(numbers(13800100000, 13800210000, 15400000001))
    names = [identifiers.REGIONS[int(region)] for region in regions]
    assert names == ["北京市", "上海市", ""]
    assert identifiers.REGIONS[0] == ""
    assert len(set(identifiers.REGIONS)) == len(identifiers.REGIONS)


def test_places_are_made_again_byte_by_byte(tmp_path: Path) -> None:
    made = tmp_path / "regions.npz"
    make_regions.make_regions(made)
    shipped = Path(make_regions.__file__).parent / "regions.npz"
    with np.load(made) as new, np.load(shipped) as old:
        assert (new["regions"] == old["regions"]).mean() > 0.98
    assert shipped.stat().st_size < 600_000


def test_well_known_numbers() -> None:
    values = numbers(13800138000, 13912345670, 18888888888)
    assert is_well_known(MOBILE, values).tolist() == [True, False, True]
    assert is_well_known(HOTLINE, numbers(95588)).tolist() == [True]


def test_every_well_known_number_is_in_normal_form() -> None:
    shipped = Path(make_regions.__file__).parent / "well_known.txt"
    for line in shipped.read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].split()
        if words:
            (one,) = recognise_cell(words[1])
            assert one.excluded, line
            assert one.value == int(words[1]), line


@given(st.integers(13_000_000_000, 19_999_999_999))
def test_partial_mobiles_are_what_a_mask_shows(mobile: int) -> None:
    text = str(mobile)
    (one,) = recognise_cell(f"{text[:3]}****{text[-4:]}")
    assert mask_mobiles(numbers(mobile)).tolist() == [one.value]
    assert last4(numbers(mobile)).tolist() == [int(text[-4:])]


@given(st.dates(), st.integers(0, 999))
def test_partial_id_numbers_are_what_a_mask_shows(day: object, serial: int) -> None:
    digits = f"110105{str(day).replace('-', '')}{serial:03d}"
    full = digits + check_digit(digits)
    (one,) = recognise_cell(f"{full[:6]}********{full[-4:]}")
    assert mask_ids(numbers(int(digits), int(digits))).to_pylist() == [one.text, one.text]


def test_no_partial_forms_of_nothing() -> None:
    assert mask_ids(numbers()).to_pylist() == []


def test_every_kind_has_one_recogniser() -> None:
    kinds = [recogniser.kind.name for recogniser in RECOGNISERS]
    assert len(set(kinds)) == len(kinds) == 13


def test_the_package_is_light_to_import() -> None:
    code = (
        "import leaktrace.identifiers, sys; print({'pyarrow', 'numpy', 'opencc'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError):
        identifiers.no_such_thing  # noqa: B018
