"""The graph holds every thing and every connection, each with its evidence, and no identifier."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from leaktrace.graph import build_graph
from tests.graph.made_up import CANARY_MOBILE, SECRET_MOBILE, made_up

RELATIONS = {"planted", "hit", "contributed", "parent", "sold", "claimed"}


def test_every_type_and_relation_is_there() -> None:
    case, trace = made_up()
    graph = build_graph(case, trace)
    types = Counter(kind for _node, kind in graph.nodes(data="type"))
    assert types["source"] == 8
    assert types["canary"] == 24
    assert types["batch"] == 20
    assert types["seller"] == types["claim"] == 1
    assert types["unknown"] == sum(item.verdict == "unknown-source" for item in trace.batches) == 3
    assert {relation for *_ends, relation in graph.edges(data="relation")} == RELATIONS


def test_every_edge_has_evidence_and_a_key_of_its_own() -> None:
    graph = build_graph(*made_up())
    assert all(text for *_ends, text in graph.edges(data="evidence"))
    keys = [key for *_ends, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys))


def test_contribution_carries_what_the_trace_says() -> None:
    case, trace = made_up()
    finding = trace.batches[0]
    source = finding.sources[0]
    graph = build_graph(case, trace)
    (edge,) = graph[f"source:{source.source}"]["batch:B000"].values()
    assert edge["posterior"] == source.posterior
    assert edge["share_low"] == pytest.approx(source.share.low)
    assert edge["share_high"] == source.share.high
    assert edge["log10_lr"] == source.log10_lr
    assert edge["support"] == "strong"
    assert edge["verdict"] == "attributed"
    assert "canaries planted at" in edge["evidence"]


def test_hit_and_planting_join_source_canary_and_batch() -> None:
    case, trace = made_up()
    canary = trace.batches[0].evidence[0].detail["canaries"][0]
    graph = build_graph(case, trace)
    assert graph.has_edge(f"canary:{canary}", "batch:B000", f"hit canary:{canary} batch:B000")
    control = next(item for item in case.canary_list if item.plantings[0].source is None)
    assert not [
        edge
        for edge in graph.out_edges(f"canary:{control.id}", data="relation")
        if edge[2] == "planted"
    ]


def test_planted_twice_is_two_edges() -> None:
    case, trace = made_up(sources=4, batches=2)
    canary = case.canary_list[1]
    twice = replace(canary, plantings=canary.plantings * 2)
    graph = build_graph(replace(case, canary_list=(twice,)), trace)
    assert graph.number_of_edges("canary:C001", "source:S01") == 2


def test_no_identifier_in_it() -> None:
    graph = build_graph(*made_up())
    text = repr(list(graph.nodes(data=True))) + repr(list(graph.edges(keys=True, data=True)))
    assert SECRET_MOBILE not in text
    assert CANARY_MOBILE not in text


def test_no_identity_is_asked_for() -> None:
    case, trace = made_up()
    build_graph(case, trace)
    assert not case.revealed


def test_digest_is_whole() -> None:
    case, trace = made_up()
    graph = build_graph(case, trace)
    assert all(
        graph.nodes[f"batch:{batch.id}"]["sha256"] == batch.sha256 for batch in case.batch_list
    )


def test_batches_named_after_numbers_stay_apart() -> None:
    case, trace = made_up(batches=2)
    names = ("13812340001", "13899990001")
    case = replace(
        case,
        batch_list=tuple(
            replace(batch, id=name) for batch, name in zip(case.batch_list, names, strict=True)
        ),
    )
    findings = tuple(
        replace(finding, batch=name, parents=())
        for finding, name in zip(trace.batches, names, strict=True)
    )
    graph = build_graph(case, replace(trace, batches=findings))
    batches = [node for node, kind in graph.nodes(data="type") if kind == "batch"]
    assert len(batches) == 2
    assert not any(name in node for name in names for node in batches)


def test_unknown_population_is_left_out() -> None:
    graph = build_graph(*made_up())
    assert graph.nodes["source:S00"]["population"] == 50_000
    assert "population" not in graph.nodes["source:S01"]
    assert "leaked" not in graph.nodes["source:S04"]
