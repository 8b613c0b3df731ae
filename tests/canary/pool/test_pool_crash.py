"""A crash in the midst of the pool's writing leaves the case as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from leaktrace.canary.pool import import_numbers, read_pool
from leaktrace.case import open_case
from leaktrace.case.chain import chain_faults
from leaktrace.intake.worker import Worker
from tests.canary.pool.pooldata import mobile, number, write

_DYING = """
import os, sys
from pathlib import Path
from leaktrace.canary.pool import taking
from leaktrace.case import open_case

if __name__ == "__main__":
    told = taking.happen
    def dying(*given, **more):
        told(*given, **more)
        if given[2] == "N2":
            os._exit(9)
    taking.happen = dying
    with open_case(Path(sys.argv[1])) as case:
        taking.import_numbers(case, Path(sys.argv[2]))
"""


def test_a_crashed_import_left_nothing_and_the_next_one_finishes(
    folder: Path, worker: Worker, tmp_path: Path
) -> None:
    lines = [number(f"N{one}", mobile(one), acquired_at="2024-01-01") for one in range(1, 5)]
    path = write(tmp_path / "NUMBERS.csv", *lines)
    script = tmp_path / "dying.py"
    script.write_text(_DYING, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(folder), str(path)], env=os.environ, check=False
    )
    assert done.returncode == 9
    with open_case(folder) as case:
        assert read_pool(case) == () == case.runs()
        assert import_numbers(case, path, worker=worker).added == 4
        assert len(read_pool(case)) == 4
        assert chain_faults(case.ledger, case.key) == []


def test_a_changed_history_is_found(folder: Path, worker: Worker, tmp_path: Path) -> None:
    import sqlite3

    path = write(tmp_path / "NUMBERS.csv", number("N1", mobile(1), acquired_at="2024-01-01"))
    with open_case(folder) as case:
        import_numbers(case, path, worker=worker)
    ledger = sqlite3.connect(folder / "leaktrace.sqlite")
    with ledger:
        ledger.execute("UPDATE happenings SET earliest = earliest - 86400")
        ledger.execute("UPDATE numbers SET kind = 'landline'")
    ledger.close()
    with open_case(folder) as case:
        found = {(one.code, one.subject) for one in chain_faults(case.ledger, case.key)}
    assert found == {("changed", "happenings"), ("changed", "numbers")}
