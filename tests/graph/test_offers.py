"""Offers in the graph: who advertised, what is stated, and what only looks alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.attribution.offers import OfferMatch, OfferMatches, Piece, Stated
from leaktrace.case.records import Offer
from leaktrace.graph import build_graph, export_graph
from leaktrace.times import read_moment
from tests.graph.made_up import SECRET_MOBILE, made_up


def offered() -> tuple[OfferMatches, ...]:
    seen = read_moment("2026-02-01")
    piece = Piece("offer.kind", True, 0.301, 0.5, 0.25, "assumed")
    one = Offer(
        "O1", seen, seller=f"老王 {SECRET_MOBILE}", claimed_kind="楼盘",
        tags=("大额", SECRET_MOBILE), price=0.35, price_unit="per-number", currency="CNY",
    )  # fmt: skip
    match = OfferMatch("B002", 0.601, False, "weak", (piece,))
    return (
        OfferMatches(one, (Stated("B001", "batch_id"),), (match,), 7),
        OfferMatches(Offer("O2", seen), (), (), 7),
    )


def test_every_offer_has_its_edges() -> None:
    graph = build_graph(*made_up(), offered())
    assert graph.nodes["offer:O1"]["type"] == graph.nodes["offer:O2"]["type"] == "offer"
    assert graph.degree("offer:O2") == 0
    edges = {
        edge["relation"]: (start, end, edge)
        for start, end, edge in [*graph.in_edges("offer:O1", data=True),
                                 *graph.out_edges("offer:O1", data=True)]
    }  # fmt: skip
    assert set(edges) == {"advertised", "offered", "matched", "claimed"}
    # The seller of an offer is the one of the same name who sold a list.
    assert edges["advertised"][0] in {one for one, _b in graph.in_edges("batch:B000")}
    assert edges["offered"][1] == "batch:B001" and edges["offered"][2]["stated_by"] == "batch_id"
    _start, end, matched = edges["matched"]
    assert (end, matched["log10_lr"], matched["support"]) == ("batch:B002", 0.601, "weak")
    assert matched["agrees"] == "offer.kind" and matched["weight"] < 0.1
    assert "names no source" in matched["evidence"]
    assert all(edge["evidence"] for *_ends, edge in edges.values())


def test_offers_touch_nothing_else() -> None:
    bare, whole = build_graph(*made_up()), build_graph(*made_up(), offered())
    assert set(bare.edges(keys=True)) < set(whole.edges(keys=True))
    assert all(whole.edges[edge] == bare.edges[edge] for edge in bare.edges(keys=True))


def test_no_identifier_in_it() -> None:
    graph = build_graph(*made_up(), offered())
    assert SECRET_MOBILE not in repr([*graph.nodes(data=True), *graph.edges(data=True, keys=True)])


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json"])
def test_every_format_takes_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    export_graph(build_graph(*made_up(), offered()), path)
    text = path.read_text(encoding="utf-8")
    assert "offer:O1" in text and SECRET_MOBILE not in text
