"""The process that opens hostile files: results, refusals, limits, silence."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import deeds
import pytest

from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.intake.worker import Worker
from leaktrace.messages import choose_language

BAD = Path("lists/bad.xlsx")


@pytest.fixture(scope="module")
def worker():
    with Worker(memory=400 << 20, seconds=30) as worker:
        yield worker


def test_one_process_answers_many_calls(worker):
    first = worker.call(deeds.process_id)
    assert worker.call(deeds.double, 21) == 42
    assert worker.call(deeds.process_id) == first != os.getpid()


def test_progress_reaches_the_observer(worker):
    seen = []

    class Watch:
        def begin(self, stage, total=None):
            seen.append((stage, total))

        def advance(self, amount=1):
            seen.append(amount)

        def end(self):
            seen.append("end")

    assert worker.call(deeds.count, 5000, on_progress=Watch()) == 5000
    assert seen[0] == ("counting", 5000)
    assert seen[-1] == "end"
    assert sum(seen[1:-1]) == 5000
    assert len(seen) < 100


def test_our_errors_keep_their_class_and_fields(worker):
    with pytest.raises(InputRefused) as refused:
        worker.call(deeds.refuse, BAD)
    assert (refused.value.code, refused.value.place, refused.value.message) == (
        "empty",
        "row 1",
        "no",
    )
    with pytest.raises(LeaktraceError) as failed:
        worker.call(deeds.fail)
    assert failed.value.code == "key-missing"
    assert not isinstance(failed.value, InputRefused)


def test_other_errors_say_nothing_of_the_file(worker):
    with pytest.raises(InputRefused) as refused:
        worker.call(deeds.quote_the_file, BAD)
    assert refused.value.code == "unreadable"
    assert "bad.xlsx" in refused.value.message
    assert deeds.MOBILES[0] not in str(refused.value)


def test_a_crash_refuses_the_file_and_the_work_goes_on(worker):
    with pytest.raises(InputRefused) as refused:
        worker.call(deeds.die, BAD)
    assert refused.value.code == "crashed"
    assert worker.call(deeds.double, 4) == 8


def test_a_file_that_swells_is_stopped(worker):
    before = time.monotonic()
    with pytest.raises(InputRefused) as refused:
        worker.call(deeds.swell, BAD)
    assert refused.value.code == "too-big"
    assert time.monotonic() - before < 20
    assert worker.call(deeds.double, 4) == 8


def test_a_file_that_never_ends_is_stopped():
    with Worker(seconds=0.3) as worker, pytest.raises(InputRefused) as refused:
        worker.call(deeds.sleep, BAD)
    assert refused.value.code == "timeout"


def test_a_result_that_cannot_be_pickled_is_refused(worker, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"13912345678\n")
    with pytest.raises(InputRefused) as refused:
        worker.call(deeds.open_list, path)
    assert refused.value.code == "unreadable"
    assert worker.call(deeds.double, 4) == 8


def test_the_child_is_silent_and_speaks_the_language(worker, capfd):
    choose_language("zh")
    try:
        assert worker.call(deeds.shout) == "zh"
    finally:
        choose_language("en")
    assert capfd.readouterr() == ("", "")


def test_an_interrupt_ends_the_process():
    class Impatient:
        def begin(self, stage, total=None):
            raise KeyboardInterrupt

        def advance(self, amount=1):
            pass

        def end(self):
            pass

    with Worker() as worker:
        child = worker.call(deeds.process_id)
        with pytest.raises(KeyboardInterrupt):
            worker.call(deeds.count, 10, on_progress=Impatient())
        assert worker.call(deeds.process_id) != child


def test_a_script_without_a_guard_is_not_run_twice(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import math\nfrom leaktrace.intake.worker import Worker\nprint('once')\n"
        "with Worker() as worker:\n    print(worker.call(math.sqrt, 9.0))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr, done.returncode) == ("once\n3.0\n", "", 0)
