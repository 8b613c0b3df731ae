"""``canary commit|prove|check`` and ``verify --digest`` as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.lists import write_plantings, write_sources
from tests.conftest import Run


@pytest.fixture
def case(run_here: Run, tmp_path: Path) -> Path:
    write_sources(tmp_path / "SOURCES.csv")
    write_plantings(tmp_path / "PLANTINGS.csv")
    assert run_here("init", "case").returncode == 0
    assert run_here("-C", "case", "source", "import", "SOURCES.csv").returncode == 0
    assert run_here("-C", "case", "canary", "import", "PLANTINGS.csv").returncode == 0
    return tmp_path / "case"


def first_canary(case: Path) -> str:
    lines = (case.parent / "PLANTINGS.csv").read_text(encoding="utf-8-sig").splitlines()
    return lines[1].split(",")[0]


def test_a_planting_is_committed_to_proven_and_checked(
    run_here: Run, tmp_path: Path, case: Path
) -> None:
    canary = first_canary(case)
    done = run_here("-C", "case", "canary", "commit", "--stamp-request", "r.tsq")
    assert done.returncode == 0 and "leaktrace -C case canary commit --stamp" in str(done.stderr)
    assert (tmp_path / "r.tsq").read_bytes()[:1] == b"\x30"
    told = json.loads(run_here("-C", "case", "canary", "commit", "--json").stdout)
    digest = told["digest"]
    assert (told["status"], told["commitment"]["number"]) == ("unchanged", 1)
    assert digest in done.stdout.decode()

    asked = run_here("-C", "case", "canary", "prove", canary, "--out", "p.json")
    assert asked.returncode == 2 and not (tmp_path / "p.json").exists()
    assert "of the others nothing" in asked.stderr.decode() and "--yes" in asked.stderr.decode()
    proven = run_here("-C", "case", "canary", "prove", canary, "--out", "p.json", "--yes")
    assert proven.returncode == 0 and "canary check p.json" in proven.stderr.decode()
    document = run_here(
        "-C", "case", "canary", "prove", canary, "--out", "q.json", "--yes", "--json"
    )
    assert "identity" in json.loads(document.stdout)["discloses"]

    case.rename(tmp_path / "elsewhere")
    nowhere = {"LEAKTRACE_KEYS": str(tmp_path / "no keys")}
    checked = run_here("canary", "check", "p.json", "--digest", digest.upper(), env=nowhere)
    assert checked.returncode == 0 and "the digest that you gave" in checked.stdout.decode()
    bare = run_here("canary", "check", "p.json", env=nowhere)
    assert bare.returncode == 0 and "Nothing here shows when" in bare.stdout.decode()
    wrong = run_here("canary", "check", "p.json", "--digest", "0" * 64, "--json")
    assert wrong.returncode == 1 and "of another commitment" in wrong.stderr.decode()
    assert json.loads(wrong.stdout)["faults"] == ["published"]
    assert run_here("canary", "check", "p.json", "--digest", "12").returncode == 2
    assert run_here("canary", "check", "r.tsq").returncode == 1


def test_verify_compares_plantings_and_what_was_published(run_here: Run, case: Path) -> None:
    digest = json.loads(run_here("-C", "case", "canary", "commit", "--json").stdout)["digest"]
    good = run_here("-C", "case", "verify", "--digest", digest, "--json")
    document = json.loads(good.stdout)
    assert good.returncode == 0
    parts = {one["part"] for one in document["checks"]}
    assert {"head", "plantings", "commitment", "published"} <= parts
    bad = run_here("-C", "case", "verify", "--digest", "0" * 64)
    assert bad.returncode == 1 and "no commitment of this case" in bad.stdout.decode()
    (case.parent / "copy").mkdir()
    moved = case.rename(case.parent / "copy" / "case")
    told = run_here("-C", moved, "verify")
    assert told.returncode == 0 and "note: no newest link" in told.stdout.decode()


def test_a_case_without_plantings_has_nothing_to_commit_to(run_here: Run) -> None:
    assert run_here("init", "case").returncode == 0
    done = run_here("-C", "case", "canary", "commit")
    assert done.returncode == 1 and "plant first" in done.stderr.decode()
    assert run_here("-C", "case", "verify").returncode == 0
