"""``ingest --explain``: counts and reasons in both languages, and no value of any cell."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.lists import PEOPLE
from tests.conftest import run_leaktrace


def test_reasons_with_counts_and_without_values(tmp_path: Path) -> None:
    rows = "".join(
        f"{name},{mobile},{14_000_000_000 + i},1.38E+10,1760000000000\n"
        for i, (name, mobile, *_more) in enumerate(PEOPLE[:20])
    )
    text = "姓名,手机号,订单号,备用,时间戳\n" + rows
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    env = {"LEAKTRACE_KEYS": str(tmp_path / "keys")}

    def run(*arguments: str) -> str:
        done = run_leaktrace(*arguments, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    run("init", "case")
    seen = ("--seen-at", "2026-03-01")
    told = run("-C", "case", "--lang", "en", "ingest", "list.csv", "--explain", *seen)
    plain = " ".join(told.split())
    assert "encoding utf-8, because" in plain
    assert "delimiter comma, because it cuts 21 of 21 sampled lines into 5 cells each" in plain
    assert "header in row 1, because 3 of its 5 cells" in plain
    assert "column 2 (手机号): mobile numbers, because 100% of 20 filled cells hold one" in plain
    assert "20 numbers left alone" in plain
    assert "20 cells damaged by Excel" in plain
    assert "13 digits: 20" in plain
    document = run("-C", "case", "--lang", "zh", "ingest", "list.csv", "--explain", "--json", *seen)
    (batch,) = json.loads(document)["batches"]
    assert [column["why"] for column in batch["columns"]][1:3] == ["content", "serial"]
    assert batch["columns"][1]["kinds"] == {"mobile": 20}
    assert all(column["explanation"] for column in batch["columns"])
    assert len(batch["explanation"]) == 4
    for _name, mobile, *_more in PEOPLE[:20]:
        assert str(mobile) not in told + document
