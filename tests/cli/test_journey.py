"""From a case to a report through the contract's commands, the first in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import networkx
import pytest

from tests.cli.lists import CANARIES, PEOPLE, write_list, write_plantings, write_sources
from tests.conftest import Run
from tests.inside import run_inside

Done = subprocess.CompletedProcess[bytes]


def _json(done: Done) -> Any:
    assert b"Next:" not in done.stdout
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case of two sources, a reference list of one, and canaries; and its keys."""
    room = tmp_path_factory.mktemp("template")
    write_sources(room / "SOURCES.csv")
    write_list(room / "own.csv", PEOPLE[:300])
    write_plantings(room / "PLANTINGS.csv")
    for arguments in (
        ["init", "case"],
        ["source", "import", "SOURCES.csv", "-C", "case"],
        ["source", "reference", "S01", "own.csv", "-C", "case"],
        ["canary", "import", "PLANTINGS.csv", "-C", "case"],
    ):
        done = run_inside(*arguments, cwd=room, env={"LEAKTRACE_KEYS": str(room / "keys")})
        assert done.returncode == 0, done.stdout + done.stderr
    return room


@pytest.fixture
def case(template: Path, tmp_path: Path) -> Path:
    """The case of :func:`template`, this test's own, beside the files that it was made from."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    shutil.copytree(template / "keys", os.environ["LEAKTRACE_KEYS"], dirs_exist_ok=True)
    return tmp_path / "case"


def _leak(tmp_path: Path) -> Path:
    people = [*PEOPLE[50:150], *(("金丝雀", mobile) for mobile in CANARIES[:3])]
    return write_list(tmp_path / "leak.csv", people, encoding="gbk")


def test_from_nothing_to_a_report(run_cli: Run, run_here: Run, case: Path, tmp_path: Path) -> None:
    _leak(tmp_path)
    taken = _json(run_cli("-C", case, "ingest", "leak.csv", "--seen-at", "2024-06-01", "--json"))
    (batch,) = taken["batches"]
    assert (batch["rows"], batch["identified_rows"], taken["refused"]) == (103, 103, [])
    parts = ("identified_rows", "unidentified_rows", "refused_rows")
    assert batch["rows"] == sum(batch[part] for part in parts)

    first = run_cli("-C", case, "trace", "--json")
    assert first.returncode == 0, first.stderr
    (found,) = _json(first)["batches"]
    assert found["sources"][0]["source"] == "S01"
    assert run_here("-C", case, "trace", "--json").stdout == first.stdout

    table = run_here("-C", case, "trace").stdout.decode()
    assert "S01" in table and batch["batch"] in table
    for name in ("graph.graphml", "graph.gexf", "graph.json"):
        assert run_here("-C", case, "graph", "export", name).returncode == 0
    assert networkx.read_graphml(tmp_path / "graph.graphml").number_of_nodes() > 0
    assert run_cli("-C", case, "report", "report.html").returncode == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert not [mobile for mobile in (*CANARIES, PEOPLE[60][1]) if str(mobile) in page]


def test_trace_json_fits_its_schema(run_here: Run, case: Path, tmp_path: Path) -> None:
    _leak(tmp_path)
    run_here("-C", case, "ingest", "leak.csv")
    schema = json.loads(files("leaktrace.attribution").joinpath("trace.schema.json").read_bytes())
    jsonschema.validate(_json(run_here("-C", case, "trace", "--json")), schema)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_results_survive_any_console(
    run_cli: Run, run_here: Run, case: Path, tmp_path: Path, language: str, encoding: str
) -> None:
    _leak(tmp_path)
    # One of them on streams that the interpreter itself has opened.
    run = run_cli if (language, encoding) == ("zh", "gbk") else run_here
    surroundings = {"LEAKTRACE_LANG": language, "PYTHONIOENCODING": encoding}
    taken = run("-C", case, "ingest", "leak.csv", env=surroundings)
    traced = run("-C", case, "trace", env=surroundings)
    assert (taken.returncode, traced.returncode) == (0, 0), taken.stderr + traced.stderr
    text = (taken.stdout + traced.stdout).decode(encoding)
    assert "S01" in text and ("批次" in text) == (language == "zh" and encoding == "gbk")
    document = run("-C", case, "ingest", "leak.csv", "--json", env=surroundings)
    assert "手机号" in document.stdout.decode("utf-8")


def test_some_refused(run_here: Run, case: Path, tmp_path: Path) -> None:
    _leak(tmp_path)
    (tmp_path / "empty.csv").write_bytes(b"")
    done = run_here("-C", case, "ingest", "leak.csv", "empty.csv", "missing.csv", "--json")
    taken = _json(done)
    assert done.returncode == 3
    assert len(taken["batches"]) == 1
    assert [item["file"] for item in taken["refused"]] == ["empty.csv", "missing.csv"]
    assert all(item["code"] and item["reason"] for item in taken["refused"])
    shown = run_here("-C", case, "ingest", "leak.csv", "empty.csv").stdout.decode()
    assert "empty.csv" in shown


def test_all_refused(run_here: Run, case: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    done = run_here("-C", case, "ingest", "empty.csv", "--json")
    assert done.returncode == 1
    assert _json(done)["batches"] == []
    assert done.stderr.decode().count("\n") == 1 and "empty.csv" in done.stderr.decode()


def test_tables_are_told_line_by_line(run_here: Run, case: Path, tmp_path: Path) -> None:
    again = _json(run_here("-C", case, "source", "import", "SOURCES.csv", "--json"))
    assert (again["added"], again["unchanged"], again["refused"]) == (0, 2, [])
    table = tmp_path / "more.csv"
    table.write_text(
        "canary_id,source_id,planted_at,mobile\nC20,S01,2024-02-30,15011112222\n"
        "C21,S01,2024-02-20,15011113333\n",
        encoding="utf-8",
    )
    done = run_here("-C", case, "canary", "import", "more.csv")
    assert done.returncode == 3
    assert b"15011112222" not in done.stdout + done.stderr


def test_case_is_found_as_git_finds_its_repository(run_here: Run, case: Path) -> None:
    inside = case / "notes" / "deep"
    inside.mkdir(parents=True)
    assert run_here("trace", "--json", cwd=inside).returncode == 0
    assert run_here("trace", "--json", env={"LEAKTRACE_CASE": str(case)}).returncode == 0
    lost = run_here("trace", "--json")
    assert (lost.returncode, lost.stdout) == (1, b"")
    assert lost.stderr.decode().count("\n") == 1


def test_a_case_without_its_key_says_so(run_here: Run, case: Path, tmp_path: Path) -> None:
    done = run_here("-C", case, "trace", env={"LEAKTRACE_KEYS": str(tmp_path / "nowhere")})
    assert done.returncode == 1
    assert b"key" in done.stderr and done.stderr.count(b"\n") == 1


def test_keys_go_out_and_come_back(run_here: Run, case: Path, tmp_path: Path) -> None:
    elsewhere = {"LEAKTRACE_KEYS": str(tmp_path / "other-keys")}
    assert run_here("-C", case, "key", "export", "case.key").returncode == 0
    assert run_here("-C", case, "trace", env=elsewhere).returncode == 1
    assert run_here("key", "import", "case.key", env=elsewhere).returncode == 0
    assert run_here("-C", case, "trace", env=elsewhere).returncode == 0
    assert run_here("-C", case, "key", "export", "case.key").returncode == 1
