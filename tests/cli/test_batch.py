"""``batch list``, ``show`` and ``count`` in processes of their own."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.lists import PEOPLE, write_list
from tests.inside import run_inside

Batch = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """``leaktrace batch`` in a case of two lists, of which one went to a buyer."""
    room = tmp_path_factory.mktemp("batches")
    write_list(room / "A.csv", PEOPLE[:40])
    write_list(room / "B.csv", PEOPLE[30:50], encoding="gbk")
    (room / "BATCHES.csv").write_text(
        "file,batch_id,seen_at,buyer\nA.csv,A,2026-03-01,\nB.csv,B,2026-03-02,甲公司\n",
        encoding="utf-8",
    )

    def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
        return run_inside(*arguments, cwd=room, env={"LEAKTRACE_KEYS": str(room / "keys")})

    assert run("init", "case").returncode == 0
    done = run("-C", "case", "ingest", "--manifest", "BATCHES.csv")
    assert done.returncode == 0, done.stderr
    return lambda *arguments, lang="en": run("-C", "case", "--lang", lang, "batch", *arguments)


def test_list_and_show(batch: Batch) -> None:
    listed = json.loads(batch("list", "--json").stdout)
    assert [one["batch"] for one in listed["batches"]] == ["A", "B"]
    shown = json.loads(batch("show", "B", "--json").stdout)
    assert shown["tables"][0]["style"]["encoding"] == "gb18030"
    assert [c["header"] for c in shown["tables"][0]["columns"]] == ["姓名", "手机号"]


def test_count_in_json_and_as_a_table(batch: Batch, tmp_path: Path) -> None:
    counted = json.loads(batch("count", "--json", "--buyers", "-o", tmp_path / "out.csv").stdout)
    assert counted["together"]["people"] == 50
    assert counted["buyers"][0]["buyer"] == "甲公司"
    assert sum(counted["pieces"].values()) == 50
    assert counted["rules"]["name"] == "法释〔2017〕10号"
    assert any("courts decide" in note for note in counted["notes"])
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert [row[0] for row in rows] == ["batch", "A", "B", "together", "buyer 甲公司"]
    assert rows[3][5] == "50"


@pytest.mark.parametrize(
    ("arguments", "lang", "said"),
    [(["show", "A"], "zh", "手机号"), (["count", "--tier", "姓名=征信信息"], "en", "征信信息")],
)
def test_people_read_it_and_nobodys_number(
    batch: Batch, arguments: list[str], lang: str, said: str
) -> None:
    done = batch(*arguments, lang=lang)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert said in text
    assert not any(str(mobile) in text or name in text for name, mobile in PEOPLE[:50])


def test_wrong_usage_is_told(batch: Batch) -> None:
    for arguments in (["--tier", "姓名"], ["--tier", "没有=50"], ["--buyer", "C=甲"]):
        done = batch("count", *arguments)
        assert done.returncode == 2 and b"Traceback" not in done.stderr
    assert batch("show", "Z").returncode == 1


def test_rows_that_count_nobody_are_said(tmp_path: Path) -> None:
    rows = [("某公司", 4_001_234_567), ("某银行", 95_588), *PEOPLE[:5]]
    write_list(tmp_path / "list.csv", rows)
    env = {"LEAKTRACE_KEYS": str(tmp_path / "keys")}

    def run(*arguments: object) -> str:
        done = run_inside(*arguments, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    run("init", "case")
    run("-C", "case", "ingest", "list.csv")
    told = run("-C", "case", "--lang", "en", "batch", "count", "-o", "out.csv")
    assert "2 rows count nobody: their only identifiers are widely known" in " ".join(told.split())
    counted = json.loads(run("-C", "case", "batch", "count", "--json"))
    assert counted["together"]["people"] == 5
    assert counted["together"]["rows_of_nobody"] == counted["batches"][0]["rows_of_nobody"] == 2
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    titles, line, *_more = csv.reader(io.StringIO(text))
    assert len(titles) == len(line)
