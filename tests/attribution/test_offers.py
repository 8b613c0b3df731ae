"""Offers and lists: what is compared, how weak it stays, and what is never compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution.offers import OfferMatches, match_offers
from leaktrace.attribution.offers.matching import CAP
from leaktrace.attribution.offers.pieces import Listing, pieces_of
from leaktrace.case.records import Batch, Offer, Source
from leaktrace.intake.profile import ColumnProfile, ListProfile, TableProfile
from leaktrace.times import read_moment

OFFER = Offer(
    "O1", read_moment("2026-03-01"), seller="老王", claimed_kind="网贷",
    claimed_carrier="china-mobile", claimed_app="某贷", tags=("大额",), price=0.35,
    price_unit="per-number", currency="CNY",
)  # fmt: skip


def batch(name: str = "B1", seen_at: str = "2026-03-20", **said: str) -> Batch:
    return Batch(
        name, f"{name}.csv", "0" * 64, read_moment(seen_at), 500, 500, 0, 0, 0, 500, **said
    )  # type: ignore[arg-type]


def profile(carriers: dict[str, int] | None = None, *words: str) -> ListProfile:
    column = ColumnProfile(2, "标签", "other", 500, words=dict.fromkeys(words, 500), constant=True)
    one = TableProfile(None, None, 500, 500, (column,), None, carriers=carriers or {})
    return ListProfile((one,), taken=True)


LIKE = Listing(
    batch(seller="老王", claimed_kind="loan-app", price="0.34元", price_unit="按条"),
    profile({"china-mobile": 480, "china-unicom": 10, "": 10}, "大额客户"),
)
UNLIKE = Listing(
    batch("B2", "2026-09-20", seller="小李", claimed_kind="牙科", price="3",
          price_unit="per-number", currency="CNY"),
    profile({"china-mobile": 100, "china-unicom": 400}, "有车"),
)  # fmt: skip


def one(offer: Offer, *listings: Listing) -> OfferMatches:
    (found,) = match_offers([offer], listings)
    return found


def test_a_list_like_the_offer_is_matched_and_stays_weak() -> None:
    found = one(OFFER, LIKE, UNLIKE)
    (match,) = found.matches
    assert (match.batch, match.log10_lr, match.capped, match.support) == ("B1", CAP, True, "weak")
    assert all(piece.agrees for piece in match.pieces)
    assert [piece.code for piece in match.pieces] == [
        f"offer.{name}" for name in ("kind", "carrier", "price", "tags", "seller", "time")
    ]
    assert all(piece.assumed for piece in match.pieces)
    assert found.candidates == 2


def test_everything_that_differs_speaks_against_it() -> None:
    pieces = pieces_of(OFFER, UNLIKE)
    assert len(pieces) == 6
    assert not any(piece.agrees for piece in pieces)
    assert all(piece.log10_lr < 0 for piece in pieces)


@pytest.mark.parametrize("listing", [LIKE, UNLIKE])
def test_an_offer_and_a_list_at_random_have_an_expected_ratio_of_one(listing: Listing) -> None:
    for piece in pieces_of(OFFER, listing):
        agree, differ = (
            piece.if_same / piece.if_other,
            (1 - piece.if_same) / (1 - piece.if_other),
        )
        expected = piece.if_other * agree + (1 - piece.if_other) * differ
        assert expected == pytest.approx(1.0)
        assert 10**piece.log10_lr == pytest.approx(agree if piece.agrees else differ)


@given(
    names=st.lists(st.sampled_from(["claimed_kind", "seller", "price", "claimed_carrier", "tags"])),
    days=st.integers(0, 400),
)
def test_no_match_is_ever_more_than_weak(names: list[str], days: int) -> None:
    empty = {"claimed_kind": "", "seller": "", "price": None, "claimed_carrier": "", "tags": ()}
    offer = replace(OFFER, **{name: empty[name] for name in names})  # type: ignore[arg-type]
    for match in one(offer, LIKE, UNLIKE).matches:
        assert 0.30103 <= match.log10_lr < 1.0
        assert match.support == "weak"


def test_a_list_seen_before_is_never_matched() -> None:
    early = replace(LIKE, batch=replace(LIKE.batch, seen_at=read_moment("2026-02-28")))
    found = one(OFFER, early)
    assert (found.matches, found.candidates) == ((), 0)
    same_day = replace(LIKE, batch=replace(LIKE.batch, seen_at=read_moment("2026-03-01 08:00")))
    assert one(OFFER, same_day).matches


def test_the_sources_of_a_trace_go_before_what_the_seller_says() -> None:
    dentist = Source("S1", "某牙科", "dental", None)
    lender = Source("S2", "某贷", "loan-platform", None)
    offer = Offer("O1", OFFER.seen_at, claimed_kind="网贷平台")
    kind = pieces_of(offer, replace(LIKE, sources=(dentist,)))[0]
    assert (kind.agrees, kind.detail["basis"]) == (False, "trace")
    assert pieces_of(offer, replace(LIKE, sources=(dentist, lender)))[0].agrees
    assert pieces_of(offer, LIKE)[0].detail["basis"] == "claim"


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ({"price": "0.34", "price_unit": "per-number", "currency": "rmb"}, True),
        ({"price": "0.60", "price_unit": "per-number", "currency": "CNY"}, False),
        ({"price": "0.35", "price_unit": "total", "currency": "CNY"}, None),
        ({"price": "0.35", "price_unit": "per-number", "currency": "USD"}, None),
        ({"price": "0.35", "price_unit": "per-number"}, None),
        ({"price": "面议", "price_unit": "per-number", "currency": "CNY"}, None),
    ],
)
def test_prices_are_compared_in_one_unit_and_currency(
    said: dict[str, str], agrees: bool | None
) -> None:
    pieces = pieces_of(OFFER, Listing(batch(**said), profile()))
    assert [piece.agrees for piece in pieces if piece.code == "offer.price"] == (
        [] if agrees is None else [agrees]
    )


def test_few_numbers_say_nothing_of_a_carrier() -> None:
    codes = [piece.code for piece in pieces_of(OFFER, Listing(batch(), profile({"virtual": 99})))]
    assert codes == ["offer.time"]


def test_time_alone_is_no_likeness() -> None:
    assert one(Offer("O1", OFFER.seen_at), LIKE).matches == ()


def test_what_somebody_wrote_goes_before_any_likeness() -> None:
    by_batch = replace(LIKE, batch=replace(LIKE.batch, offer_id="O2"))
    other = Offer("O2", OFFER.seen_at)
    first, second = match_offers([OFFER, other], [by_batch])
    assert (first.matches, first.candidates) == ((), 0)
    assert [(it.batch, it.by) for it in second.stated] == [("B1", "offer_id")]
    stated = one(replace(OFFER, batch_id="B1"), LIKE)
    assert [(it.batch, it.by) for it in stated.stated] == [("B1", "batch_id")]
    assert one(replace(OFFER, batch_id="B77"), LIKE).stated == ()


def test_no_identifier_in_what_is_told() -> None:
    offer = replace(OFFER, tags=("大额13912345678",), claimed_kind="13912345678的料")
    listing = Listing(batch(claimed_kind="13912345678的料"), profile(None, "大额13912345678"))
    for piece in pieces_of(offer, listing):
        assert "13912345678" not in repr((piece.detail, piece.assumed))
