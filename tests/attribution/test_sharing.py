"""One process or two: the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from leaktrace.attribution import sharing, to_json, trace, trace_case
from leaktrace.attribution.sharing import Helper
from leaktrace.messages import choose_language
from leaktrace.progress import SILENT
from leaktrace.simulate.drawing import draw_world
from leaktrace.simulate.presets import preset
from leaktrace.workflows.worldcase import WorldCase

# After a while the process that worked it out.
_WHO = "__import__('time').sleep(0.05) or __import__('os').getpid()"


@dataclass(frozen=True)
class Double:
    """A task; of negative numbers only the caller's own process makes anything."""

    home: int

    def __call__(self, number: int) -> int:
        if number < 0 and os.getpid() != self.home:
            raise ValueError(number)
        return 2 * number


class Counting:
    """Counts how far the work is."""

    def __init__(self) -> None:
        self.count = 0

    def begin(self, stage: str, total: int | None = None) -> None:
        pass

    def advance(self, amount: int = 1) -> None:
        self.count += amount

    def end(self) -> None:
        pass


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch) -> None:
    monkeypatch.setattr(sharing, "_CHUNK", 2)


def test_one_and_two_processes_give_the_same_bytes(monkeypatch) -> None:
    helpers = []

    class Kept(Helper):
        def __init__(self, processes: int) -> None:
            super().__init__(processes)
            helpers.append(self)

    monkeypatch.setattr(trace, "Helper", Kept)
    settings = preset("hard").with_changes(batches=14, sources=8, towns=2)
    choose_language("zh")
    case = WorldCase(draw_world(settings, 1003))
    alone, shared = (to_json(trace_case(case, processes=count)) for count in (1, 2))
    assert alone == shared
    assert helpers[0].elsewhere == 0 < helpers[1].elsewhere


def test_both_processes_do_some() -> None:
    with Helper(2) as helper:
        found = helper.map(eval, [_WHO] * 60, SILENT)
        assert helper.elsewhere == 60 - found.count(os.getpid()) > 0
    assert len(set(found)) == 2


def test_items_come_back_in_order_and_all_are_counted() -> None:
    watch = Counting()
    with Helper(2) as helper:
        for _again in range(2):
            assert helper.map(Double(os.getpid()), range(31), watch) == list(range(0, 62, 2))
    assert watch.count == 62


def test_what_fails_in_the_other_process_is_done_here() -> None:
    with Helper(2) as helper:
        assert helper.map(Double(os.getpid()), range(-9, 9), SILENT) == list(range(-18, 18, 2))
        assert helper.map(Double(os.getpid()), range(9), SILENT) == list(range(0, 18, 2))


def test_where_no_process_starts_all_is_done_here(monkeypatch) -> None:
    def refuse(self: Helper) -> None:
        raise OSError

    monkeypatch.setattr(Helper, "_start", refuse)
    with Helper(2) as helper:
        assert helper.map(Double(os.getpid()), range(9), SILENT) == list(range(0, 18, 2))


def test_what_fails_here_too_is_raised() -> None:
    with Helper(2) as helper, pytest.raises(ValueError, match="-5"):
        helper.map(Double(0), [-5] * 9, SILENT)


@dataclass(frozen=True)
class Fail:
    """A task that fails everywhere, as a wrong index does."""

    def __call__(self, number: int) -> int:
        return [number][number + 1]


def test_a_wrong_index_within_the_task_is_no_end_of_the_work() -> None:
    for processes in (1, 2):
        with Helper(processes) as helper, pytest.raises(IndexError):
            helper.map(Fail(), range(9), SILENT)


def test_few_batches_are_not_worth_a_process() -> None:
    assert sharing.processes_for(sharing.WORTH_SHARING - 1) == 1
    assert sharing.processes_for(sharing.WORTH_SHARING) in (1, 2)


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import math\n"
        "from leaktrace.attribution.sharing import Helper\n"
        "from leaktrace.progress import SILENT\n"
        "print('begun')\n"
        "with Helper(2) as helper:\n"
        "    print(sum(helper.map(math.sqrt, [4.0] * 100, SILENT)))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["begun", "200.0"]
