"""``compare``, ``fingerprint`` and ``key`` without a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.lists import PEOPLE, write_list
from tests.conftest import Run


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    write_list(tmp_path / "a.csv", PEOPLE[:200])
    write_list(tmp_path / "b.csv", PEOPLE[100:400], encoding="gbk")
    return tmp_path


def test_two_lists(run_here: Run, lists: Path) -> None:
    done = run_here("compare", "a.csv", "b.csv", "--json")
    document = json.loads(done.stdout)
    mobile = document["kinds"]["mobile"]
    assert (document["a"], document["b"], document["exact"]) == ("a.csv", "b.csv", True)
    assert (mobile["a"], mobile["b"], mobile["overlap"]) == (200, 300, 100)
    assert (mobile["containment_a_in_b"], mobile["standard_error"]) == (0.5, 0)
    shown = run_here("compare", "a.csv", "b.csv")
    assert b"50.0%" in shown.stdout and b"Next:" in shown.stderr


def test_a_list_against_a_sketch_needs_its_key(run_here: Run, lists: Path) -> None:
    assert run_here("key", "new", "shared.key").returncode == 0
    made = run_here("fingerprint", "b.csv", "-o", "b.sketch", "--key", "shared.key", "--scaled", 10)
    assert made.returncode == 0, made.stderr
    without = run_here("compare", "a.csv", "b.sketch")
    assert (without.returncode, without.stdout) == (1, b"")
    done = run_here("compare", "a.csv", "b.sketch", "--key", "shared.key", "--json")
    document = json.loads(done.stdout)
    assert document["exact"] is False
    assert document["kinds"]["mobile"]["standard_error"] > 0


def test_no_fingerprint_without_a_key(run_here: Run, lists: Path) -> None:
    done = run_here("fingerprint", "a.csv", "-o", "a.sketch")
    assert done.returncode == 1
    assert b"key" in done.stderr
    assert not (lists / "a.sketch").exists()


def test_a_key_is_never_overwritten(run_here: Run, lists: Path) -> None:
    assert run_here("key", "new", "k.key").returncode == 0
    before = (lists / "k.key").read_bytes()
    assert run_here("key", "new", "k.key").returncode == 1
    assert (lists / "k.key").read_bytes() == before


def test_missing_file(run_here: Run, lists: Path) -> None:
    done = run_here("compare", "a.csv", "missing.csv", "--json")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"missing.csv" in done.stderr and done.stderr.count(b"\n") == 1


def test_a_sketch_is_told_to_be_an_estimate(run_here: Run, lists: Path) -> None:
    run_here("key", "new", "k.key")
    made = run_here("fingerprint", "b.csv", "-o", "b.sketch", "--key", "k.key")
    assert "--scaled 10" in made.stdout.decode() and "only counts" in made.stdout.decode()
    shown = run_here("compare", "a.csv", "b.sketch", "--key", "k.key").stdout.decode()
    assert "≈ " in shown and "± is one standard error of the containment" in shown
    assert "rough" in shown and "--scaled 10" in shown
    exact = run_here("compare", "a.csv", "b.csv").stdout.decode()
    assert "≈" not in exact and "±" not in exact and "rough" not in exact
    fine = run_here("fingerprint", "b.csv", "-o", "f.sketch", "--key", "k.key", "--scaled", 10)
    assert b"rough" not in fine.stdout


def test_kinds_may_be_named_as_the_tables_name_them(run_here: Run, lists: Path) -> None:
    done = run_here("compare", "a.csv", "b.csv", "--map", "2=手机", "--map", "姓名=其他", "--json")
    assert json.loads(done.stdout)["kinds"]["mobile"]["overlap"] == 100
    assert b"id_number_masked" in run_here("compare", "--help").stdout.replace(b"\n", b"")
