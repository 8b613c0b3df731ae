"""Every format reads back as the graph that it was written from."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.graph import build_graph, export_graph
from leaktrace.graph.export import FORMATS
from tests.graph.made_up import CANARY_MOBILE, SECRET_MOBILE, made_up


def _read(path: Path) -> nx.MultiDiGraph:
    if path.suffix.lower() == ".graphml":
        return nx.read_graphml(path, force_multigraph=True)
    if path.suffix.lower() == ".gexf":
        return nx.MultiDiGraph(nx.read_gexf(path))
    return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json", ".GraphML"])
def test_reads_back(suffix: str, tmp_path: Path) -> None:
    graph = build_graph(*made_up())
    path = tmp_path / f"graph{suffix}"
    export_graph(graph, path)
    back = _read(path)
    assert set(back) == set(graph)
    assert sorted(back.edges()) == sorted(graph.edges())
    for node, attributes in graph.nodes(data=True):
        found = back.nodes[node]
        assert {name: found[name] for name in attributes} == attributes
    for start, end, key, attributes in graph.edges(keys=True, data=True):
        edges = back.get_edge_data(start, end)
        found = edges[key] if key in edges else edges[0]
        assert {name: found[name] for name in attributes} == attributes


@pytest.mark.parametrize("suffix", FORMATS)
def test_same_graph_same_bytes_without_a_date_or_an_identifier(suffix: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    export_graph(build_graph(*made_up()), first)
    export_graph(build_graph(*made_up()), second)
    data = first.read_bytes()
    assert data == second.read_bytes()
    assert b"lastmodifieddate" not in data
    assert SECRET_MOBILE.encode() not in data
    assert CANARY_MOBILE.encode() not in data
    assert nx.__version__.encode() not in data


@settings(max_examples=30)
@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_seller_writes_reads_back(seller: str, claim: str) -> None:
    case, trace = made_up(sources=2, batches=1)
    batch = replace(case.batch_list[0], seller=seller, claimed_kind=claim, price=seller)
    graph = build_graph(replace(case, batch_list=(batch,)), trace)
    assert nx.read_graphml(BytesIO(FORMATS[".graphml"](graph))).number_of_nodes() == len(graph)
    assert set(nx.read_gexf(BytesIO(FORMATS[".gexf"](graph)))) == set(graph)


def test_gephi_finds_places_and_colours(tmp_path: Path) -> None:
    export_graph(build_graph(*made_up()), tmp_path / "graph.gexf")
    text = (tmp_path / "graph.gexf").read_text(encoding="utf-8")
    assert text.count("viz:position") == text.count("viz:color") == text.count("<node id=")


def test_export_leaves_the_graph_as_it_was(tmp_path: Path) -> None:
    graph = build_graph(*made_up())
    before = nx.node_link_data(graph, edges="edges")
    for suffix in FORMATS:
        export_graph(graph, tmp_path / f"graph{suffix}")
    assert nx.node_link_data(graph, edges="edges") == before


@pytest.mark.parametrize("name", ["graph.csv", "graph", "13912345678.xyz"])
def test_other_suffixes_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.graphml") as refusal:
        export_graph(build_graph(*made_up(batches=1)), tmp_path / name)
    assert "13912345678" not in str(refusal.value)
    assert not list(tmp_path.iterdir())


def test_missing_folder_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    graph = build_graph(*made_up(batches=1))
    with pytest.raises(LeaktraceError, match="folder"):
        export_graph(graph, tmp_path / "missing" / "graph.json")
    (tmp_path / "taken.json").mkdir()
    with pytest.raises(LeaktraceError, match="is a folder"):
        export_graph(graph, tmp_path / "taken.json")
    assert [item.name for item in tmp_path.iterdir()] == ["taken.json"]


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_text("old", encoding="utf-8")
    export_graph(build_graph(*made_up(batches=1)), path)
    assert json.loads(path.read_text(encoding="utf-8"))["nodes"]
    assert [item.name for item in tmp_path.iterdir()] == ["graph.json"]
