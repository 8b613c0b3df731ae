"""What a new user is told of the next step, of times and of names, whatever the locale."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.lists import PEOPLE, write_list, write_plantings, write_sources
from tests.conftest import Run

PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_hints_name_the_case_that_was_named(run_here: Run, tmp_path: Path) -> None:
    write_sources(tmp_path / "SOURCES.csv")
    write_plantings(tmp_path / "PLANTINGS.csv")
    write_list(tmp_path / "own.csv", PEOPLE[:60])
    made = run_here("init", "my case", "--lang", "zh")
    assert "来源.csv" in made.stderr.decode() and "SOURCES" not in made.stderr.decode()
    for arguments, said in (
        (["source", "import", "SOURCES.csv"], 'leaktrace -C "my case" source reference'),
        (["source", "reference", "S01", "own.csv"], 'leaktrace -C "my case" ingest'),
        (["canary", "import", "PLANTINGS.csv"], 'leaktrace -C "my case" ingest'),
        (["ingest", "own.csv"], 'leaktrace -C "my case" trace'),
    ):
        done = run_here("-C", "my case", *arguments)
        assert said in done.stderr.decode(), done.stderr
        assert "leaktrace -C" not in run_here(*arguments, cwd=tmp_path / "my case").stderr.decode()


def test_a_reference_shows_its_columns(run_here: Run, tmp_path: Path) -> None:
    write_sources(tmp_path / "SOURCES.csv")
    write_list(tmp_path / "own.csv", PEOPLE[:60])
    run_here("init", "case")
    run_here("-C", "case", "source", "import", "SOURCES.csv")
    shown = run_here("-C", "case", "source", "reference", "S01", "own.csv").stdout.decode()
    assert "taken for" in shown and "手机号" in shown and "(mobile)" in shown


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX alone")
def test_chinese_file_names_in_a_locale_without_chinese(run_cli: Run, tmp_path: Path) -> None:
    write_list(tmp_path / "客户名单.csv", PEOPLE[:60])
    (tmp_path / "m.csv").write_text("file,batch_id,seen_at\n客户名单.csv,批1,2026-01-01\n", "utf-8")
    made = run_cli("init", "case", env=PLAIN)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "case" / "templates" / "来源.csv").exists()
    done = run_cli("-C", "case", "ingest", "客户名单.csv", "--json", env=PLAIN)
    (batch,) = json.loads(done.stdout)["batches"]
    assert (done.returncode, batch["file"], batch["batch"]) == (0, "客户名单.csv", "客户名单")
    done = run_cli("-C", "case", "ingest", "--manifest", "m.csv", "--json", env=PLAIN)
    assert json.loads(done.stdout)["batches"][0]["batch"] == "批1", done.stderr
    again = run_cli("-C", "case", "ingest", "客户名单.csv", "--json")
    assert json.loads(again.stdout)["batches"][0]["status"] == "unchanged"
    done = run_cli("compare", "客户名单.csv", "客户名单.csv", "--json", env=PLAIN)
    assert json.loads(done.stdout)["a"] == "客户名单.csv"
