"""A watch that is killed loses nothing, and repeats at most what it had just told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from leaktrace.case import Case
from leaktrace.case.chain import chain_faults
from tests.workflows.watching.killed import PLACES
from tests.workflows.watching.logbook import Logbook


def _started(*command: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", *map(str, command)], stdout=subprocess.PIPE)


def _calls(said: bytes) -> list[str]:
    return [one["call"] for one in json.loads(said)["calls"]] if said else []


def test_wherever_it_is_killed_each_call_is_told(
    watched: Case, tmp_path: Path, news: Any, figures: dict[str, float]
) -> None:
    log = Logbook(tmp_path / "log.csv")
    told: list[list[str]] = []
    for where in PLACES:
        log.grow(5)
        process = _started("tests.workflows.watching.killed", where, watched.folder, log.path)
        said, _err = process.communicate(timeout=90)
        assert process.returncode not in (0, 1, 4), "it was not killed"
        told.append(_calls(said))
    log.grow(5)
    status, found = news("--import", log.path)
    told.append([one["call"] for one in found["calls"]])
    assert status == 4 and news("--import", log.path)[0] == 0
    # Killed before it tells it says nothing; killed before it remembers it says all once more.
    assert [len(one) for one in told] == [0, 0, 15, 20, 25, 5]
    counts = Counter(call for one in told for call in one)
    assert Counter(counts.values()) == {3: 15, 2: 5, 1: 10} and len(counts) == log.calls
    watched.refresh()
    assert chain_faults(watched.ledger, watched.key) == []


def test_killed_at_any_moment_it_loses_nothing_and_repeats_nothing_else(
    watched: Case, tmp_path: Path, news: Any
) -> None:
    log = Logbook(tmp_path / "log.csv")
    log.grow(4)
    first = {one["call"] for one in news("--import", log.path)[1]["calls"]}
    log.grow(4)
    command = ("leaktrace", "-C", watched.folder, "watch", "--import", log.path, "--json")
    process = _started(*command)
    time.sleep(1.5)
    process.kill()
    second = _calls(process.communicate()[0])
    log.grow(1)
    third = [one["call"] for one in news("--import", log.path)[1]["calls"]]
    assert len({*first, *second, *third}) == log.calls
    assert not first & {*second, *third}
    assert len(third) in ((1, 5) if second else (5,))
