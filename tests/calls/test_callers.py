from __future__ import annotations

import pytest

from leaktrace.calls.callers import caller_of, number_in


@pytest.mark.parametrize(
    ("written", "kind", "number"),
    [
        ("138-1234-5678", "mobile", "13812345678"),
        ("+86 170 9123 4567", "virtual", "17091234567"),
        ("16212345678", "virtual", "16212345678"),
        ("16712345678", "virtual", "16712345678"),
        ("0755-23456789", "landline", "075523456789"),
        ("075523456789", "landline", "075523456789"),
        ("95533", "95", "95533"),
        ("9512345678", "95", "9512345678"),
        ("96110", "96", "96110"),
        ("400-123-4567", "400", "4001234567"),
        ("10086", "service", "10086"),
        ("12345", "service", "12345"),
        ("10690000123", "sms-port", "10690000123"),
        ("8610690000123456", "sms-port", "10690000123456"),
        ("+14155552671", "foreign", "+14155552671"),
        ("0085251234567", "foreign", "+85251234567"),
        ("", "hidden", ""),
        ("未知号码", "hidden", ""),
        ("-2", "hidden", ""),
        ("Anonymous", "hidden", ""),
        ("sip-301", "other", "301"),
    ],
)
def test_the_kind_of_a_caller_is_in_its_number(written: str, kind: str, number: str) -> None:
    caller = caller_of(written)
    assert (caller.kind, caller.number) == (kind, number)


def test_a_mobile_has_a_carrier_a_region_and_a_block() -> None:
    one = caller_of("13512340000")
    assert (one.carrier, one.region, one.block) == ("china-mobile", "重庆市", "1351234")
    landline = caller_of("010-62345678")
    assert landline.region == "北京市" and landline.fixed and not one.fixed


def test_one_number_is_a_callee_and_a_hotline_or_two_are_none() -> None:
    found = number_in("+86-138 1234 5678")
    assert found is not None and found.value == 13812345678
    assert number_in("4001234567") is None
    assert number_in("13812345678 13912345678") is None
    assert number_in("301") is None


def test_no_number_is_in_a_repr() -> None:
    assert "1351234" not in repr(caller_of("13512340000"))
