"""An ingest killed at random moments is finished by the next run; kills.py does many more."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.case.kills import killed_once, prepared

_SLEEPER = """
import os, time
from leaktrace.intake.worker import Worker
worker = Worker()
print(worker.call(os.getpid), flush=True)
worker.call(time.sleep, 60)
"""


def test_a_killed_ingest_is_finished_by_the_next_run(tmp_path: Path) -> None:
    ground = prepared(tmp_path, (300, 20_000, 50))
    for number, share in enumerate((0.2, 0.7)):
        killed_once(ground, number, share)


@pytest.mark.skipif(os.name != "posix", reason="asks POSIX whether a process is there")
def test_the_worker_ends_with_the_command_that_started_it() -> None:
    command = [sys.executable, "-c", _SLEEPER]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        assert _works(worker)
        process.kill()
        process.wait()
    end = time.monotonic() + 30
    while _works(worker) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _works(worker)


def _works(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    try:
        # Dead, and nobody has asked how it ended yet.
        return ") Z" not in status.read_text(encoding="utf-8")
    except FileNotFoundError:
        return not Path("/proc/self").exists()
