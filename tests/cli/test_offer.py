"""``offer import``, ``list`` and ``match`` as a user calls them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.lists import PEOPLE, write_list
from tests.inside import run_inside

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
OFFERS = (
    "offer_id,seller,seen_at,claimed_kind,price,price_unit,currency,batch_id\n"
    "O1,老王 13912345678,2026-02-01,网贷,0.35,per-number,CNY,\n"
    "O2,,2026-02-02,,,,,B2\n"
    "O3,,2026-02-02,,,,,B9\n"
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("offers")


@pytest.fixture(scope="module")
def run(room: Path) -> Run:
    """``leaktrace`` in a case of two lists, after the offers above."""
    write_list(room / "A.csv", PEOPLE[:40])
    write_list(room / "B.csv", PEOPLE[30:50])
    (room / "BATCHES.csv").write_text(
        "file,batch_id,seen_at,seller,claimed_kind,price,price_unit,currency\n"
        "A.csv,B1,2026-03-01,老王 13912345678,网贷,0.36,per-number,CNY\n"
        "B.csv,B2,2026-03-02,,,,,\n",
        encoding="utf-8",
    )
    (room / "OFFERS.csv").write_text(OFFERS, encoding="gbk")

    def run(*arguments: object, lang: str = "en") -> subprocess.CompletedProcess[bytes]:
        env = {"LEAKTRACE_KEYS": str(room / "keys")}
        return run_inside("-C", "case", "--lang", lang, *arguments, cwd=room, env=env)

    assert (
        run_inside("init", "case", cwd=room, env={"LEAKTRACE_KEYS": str(room / "keys")}).returncode
        == 0
    )
    assert run("ingest", "--manifest", "BATCHES.csv").returncode == 0
    assert b"There is no offer" in run("offer", "list").stdout
    assert b"There is no offer" in run("offer", "match").stdout
    (room / "trace.json").write_bytes(run("trace", "--json").stdout)
    first = run("offer", "import", "OFFERS.csv", "--json")
    assert first.returncode == 0 and json.loads(first.stdout)["added"] == 3
    return run


def told(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    assert b"13912345678" not in done.stdout + done.stderr
    return dict(json.loads(done.stdout))


def test_the_same_file_twice_changes_nothing_and_says_so(run: Run) -> None:
    assert (
        b"0 added, 0 updated, 3 unchanged, 0 refused" in run("offer", "import", "OFFERS.csv").stdout
    )


def test_a_refused_line_is_named_and_the_status_is_3(run: Run, room: Path) -> None:
    (room / "odd.csv").write_text("offer_id,seller,seen_at,price\nO1,甲,2026-02-01,0\n" + "\n"
                                  "O2,,2026-02-02,\n", encoding="utf-8")  # fmt: skip
    before = told(run("offer", "list", "--json"))
    done = run("offer", "import", "odd.csv", "--json")
    assert done.returncode == 3
    (refused,) = json.loads(done.stdout)["refused"]
    assert (refused["code"], refused["row"], refused["file"]) == ("price", 2, "odd.csv")
    (room / "none.csv").write_text("offer_id,seller,seen_at\n,x,2026-02-01\n", encoding="utf-8")
    assert run("offer", "import", "none.csv").returncode == 1
    assert run("offer", "import", "OFFERS.csv").returncode == 0
    assert told(run("offer", "list", "--json")) == before


def test_the_list_masks_who_sells(run: Run) -> None:
    one = told(run("offer", "list", "--json"))["offers"][0]
    assert (one["offer"], one["price"], one["seller"]) == ("O1", 0.35, "老王 139********")
    shown = run("offer", "list").stdout
    assert b"0.35 CNY per number" in shown and b"13912345678" not in shown


@pytest.mark.parametrize("traced", [(), ("--trace",)])
def test_matches_with_their_assumptions(run: Run, traced: tuple[str, ...]) -> None:
    found = told(run("offer", "match", *traced, "--json"))
    first, second, third = found["offers"]
    (match,) = first["matches"]
    assert (match["batch"], match["support"]) == ("B1", "weak")
    assert match["log10_lr"] <= found["log10_lr_cap"] < 1
    assert {piece["code"] for piece in match["pieces"] if piece["agrees"]} == {
        "offer.kind", "offer.price", "offer.seller", "offer.time"
    }  # fmt: skip
    assert all(piece["assumed"] for piece in match["pieces"])
    assert second["stated"] == [{"batch": "B2", "by": "batch_id"}] and not second["matches"]
    assert third["stated"] == [] and first["candidates"] == 1


def test_matches_in_words(run: Run) -> None:
    shown = run("offer", "match", "O1")
    assert b"names no source" in shown.stdout and b"Assumed, not measured" in shown.stdout
    assert b"O2" not in shown.stdout and b"13912345678" not in shown.stdout


def test_an_unknown_offer_is_said(run: Run) -> None:
    done = run("offer", "match", "O77", "--json")
    assert done.returncode == 1 and b"there is no offer O77" in done.stderr


def test_offers_stand_in_the_exported_graph_and_move_no_attribution(run: Run, room: Path) -> None:
    assert run("trace", "--json").stdout == (room / "trace.json").read_bytes()
    told(run("graph", "export", "graph.json", "--json"))
    graph = json.loads((room / "graph.json").read_text(encoding="utf-8"))
    relations = {edge["relation"] for edge in graph["edges"]}
    assert {"advertised", "offered", "matched"} <= relations
    assert "13912345678" not in json.dumps(graph, ensure_ascii=False)
