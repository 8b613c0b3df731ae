"""Kill an ingest of several lists at random moments, and see that the next run finishes the work.

``python -m tests.case.kills 50`` does it until fifty kills met a running ingest, and prints the
figures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from leaktrace.case import create_case, open_case
from leaktrace.case.chain import chain_faults
from leaktrace.case.checksums import checksums_of, differing
from leaktrace.case.layout import LISTS, ORIGINALS, STAGING
from leaktrace.fingerprint.keys import Key
from tests.case.case_data import people, write_list

KEY = Key(bytes(range(32)))
_ALLOWED = {"leaktrace.sqlite", "leaktrace.sqlite-wal", "leaktrace.sqlite-shm", "writer.lock"}


@dataclass(frozen=True)
class Ground:
    """Where it happens: the lists, and what an undisturbed ingest of them gives and takes."""

    folder: Path
    batches: Any
    lists: dict[str, Any]
    lasts: float


@dataclass(frozen=True)
class Killed:
    """One kill: whether the ingest still ran, and how many lists were in by then."""

    ran: bool
    batches: int


def prepared(folder: Path, sizes: tuple[int, ...]) -> Ground:
    """Lists of so many people under ``folder``, taken in once without disturbance."""
    for number, size in enumerate(sizes):
        encoding = "gb18030" if number % 2 else "utf-8"
        write_list(folder / "seized" / f"list{number}.csv", people(size, number), encoding)
    case = create_case(folder / "undisturbed", KEY).folder
    process = _ingest(folder, case)
    _wait_for_the_first_list(process, case)
    began = time.monotonic()
    assert process.wait() == 0
    return Ground(folder, _batches(case), _lists(case), time.monotonic() - began)


def _wait_for_the_first_list(process: subprocess.Popen[bytes], case: Path) -> None:
    while process.poll() is None and not (case / STAGING).exists():
        time.sleep(0.002)


def killed_once(ground: Ground, number: int, share: float) -> Killed:
    """Kill an ingest into a new case at ``share`` of its work, then let another finish.

    Raises
    ------
    AssertionError
        If the case then differs from the undisturbed one in anything, or a file was left.
    """
    case = create_case(ground.folder / f"case{number}", KEY).folder
    process = _ingest(ground.folder, case)
    _wait_for_the_first_list(process, case)
    time.sleep(share * ground.lasts)
    ran = process.poll() is None
    process.kill()
    process.wait()
    found = len(_batches(case))
    again = _ingest(ground.folder, case)
    assert again.wait() == 0, "the next run does not finish the work"
    assert _batches(case) == ground.batches, "the counts differ"
    assert _lists(case) == ground.lists, "the stored lists differ"
    _check_nothing_left(ground.folder, case)
    return Killed(ran, found)


def _ingest(folder: Path, case: Path) -> subprocess.Popen[bytes]:
    scratch = folder / "tmp"
    scratch.mkdir(exist_ok=True)
    said = ["-C", str(case), "ingest", "seized", "--seen-at", "2026-01-01", "--keep-originals"]
    surroundings = {name: str(scratch) for name in ("TMPDIR", "TEMP", "TMP")}
    return subprocess.Popen(
        [sys.executable, "-m", "leaktrace", *said],
        cwd=folder,
        env={**os.environ, **surroundings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _batches(folder: Path) -> Any:
    with open_case(folder) as case:
        assert chain_faults(case.ledger, case.key) == []
        return [
            [one.id, one.sha256, one.rows, one.identified_rows, one.people, dict(one.identifiers)]
            for one in case.batches()
        ]


def _lists(folder: Path) -> dict[str, Any]:
    found = {path.name: checksums_of(path) for path in sorted((folder / LISTS).iterdir())}
    with open_case(folder) as case:
        for name, files in found.items():
            assert differing(case.list_checksums(name) or {}, files) == ()
    return found


def _check_nothing_left(folder: Path, case: Path) -> None:
    assert not (case / STAGING).exists(), "a staging folder is left"
    assert not list((folder / "tmp").iterdir()), "a temporary file is left"
    with open_case(case) as opened:
        lists = {row[0] for row in opened.ledger.execute("SELECT digest FROM lists")}
        originals = {row[0] for row in opened.ledger.execute("SELECT name FROM originals")}
        outcomes = [run.outcome for run in opened.runs()]
    assert {path.name for path in (case / LISTS).iterdir()} == lists
    assert {path.name for path in (case / ORIGINALS).iterdir()} == originals
    assert {path.name for path in case.iterdir() if path.is_file()} <= {*_ALLOWED, "README.txt"}
    assert outcomes.count("running") <= (0 if outcomes[-1] == "finished" else 1)


def _run(kills: int) -> None:
    random = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as room:
        os.environ["LEAKTRACE_KEYS"] = str(Path(room) / "keys")
        ground = prepared(Path(room), (300, 40_000, 3_000, 80_000, 50))
        done: list[Killed] = []
        while sum(one.ran for one in done) < kills:
            done.append(killed_once(ground, len(done), random.random()))
    figures = {
        "killed while it ran": kills,
        "ended before the kill": len(done) - kills,
        "lists in by then": {
            str(number): sum(one.ran and one.batches == number for one in done)
            for number in range(6)
        },
        "work of an undisturbed one, s": round(ground.lasts, 2),
        "finished, equal, nothing left": len(done),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    _run(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
