"""The demo: the whole job, beside the truth, in its own folder."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Run


def test_demo_leaves_a_case_and_its_report(run_cli: Run, tmp_path: Path) -> None:
    done = run_cli("demo", "here", "--json")
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    batches = outcome["batches"]
    assert outcome["right"] + outcome["wrong"] + outcome["undetermined"] == len(batches) > 5
    assert outcome["wrong"] == 0 and outcome["right"] > len(batches) / 2
    assert (tmp_path / "here" / "report.html").is_file()
    assert run_cli("-C", "here/case", "trace", "--json").returncode == 0
    keys = list(Path(tmp_path / "here").rglob("*.key"))
    assert keys == []


def test_demo_spares_what_is_not_its_own(run_cli: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine", encoding="utf-8")
    done = run_cli("demo", "mine")
    assert (done.returncode, done.stdout) == (1, b"")
    assert (mine / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt", reason="a console's interrupt cannot be sent to one process")
def test_an_interrupt_is_one_line(tmp_path: Path) -> None:
    # Whoever runs in the background ignores interrupts, and so would what it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "leaktrace", "demo", "here"], cwd=tmp_path, stderr=subprocess.PIPE
    )
    signal.signal(signal.SIGINT, before)
    while not (tmp_path / "here").exists() and process.poll() is None:
        time.sleep(0.05)
    # Python drops an interrupt that falls into a finaliser; whoever waits presses again.
    for _press in range(3):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=3)
            break
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 130
    assert said.startswith("leaktrace: interrupted") and said.count("\n") == 1
