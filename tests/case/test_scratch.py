"""Temporary folders of commands: gone with them, and after a kill with the next command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaktrace.case import open_case
from leaktrace.case.scratch import clear_scratch, scratch_folder
from leaktrace.errors import LeaktraceError

_SLEEPER = """
import sys, time
from leaktrace.case.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "list0").mkdir()
    (folder / "list0" / "rows.arrow").write_bytes(b"x")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    made = tmp_path / "tmp"
    made.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(made))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield made
    tempfile.tempdir = None


def test_it_is_removed_with_all_that_is_in_it(room: Path) -> None:
    with scratch_folder() as folder:
        assert folder.parent == room
        (folder / "deep").mkdir()
        (folder / "deep" / "a").write_bytes(b"x")
        clear_scratch()
        assert (folder / "deep" / "a").is_file()
    assert list(room.iterdir()) == []


def test_what_a_killed_command_left_goes_with_the_next_one(room: Path, folder: Path) -> None:
    command = [sys.executable, "-c", _SLEEPER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        assert left.parent == room
        with open_case(folder):
            pass
        assert (left / "list0" / "rows.arrow").is_file(), "taken from a command that runs"
        process.kill()
        process.wait()
    assert left.is_dir()
    with open_case(folder):
        pass
    assert list(room.iterdir()) == []


def test_folders_of_others_are_left(room: Path) -> None:
    (room / "leaktrace-other").mkdir()
    (room / "leaktrace-other" / "scratch.txt").write_bytes(b"x")
    (room / "other").mkdir()
    (room / "other" / "scratch.lock").write_bytes(b"")
    if os.name == "posix":
        (room / "leaktrace-link").symlink_to(room / "other", target_is_directory=True)
    before = sorted(room.rglob("*"))
    clear_scratch()
    assert sorted(room.rglob("*")) == before


def test_many_at_once_do_not_clear_each_other_away(room: Path) -> None:
    lost: list[Path] = []

    def work() -> None:
        for _turn in range(20):
            clear_scratch()
            with scratch_folder() as folder:
                (folder / "a").write_bytes(b"x")
                clear_scratch()
                if not (folder / "a").is_file():
                    lost.append(folder)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lost == []
    assert list(room.iterdir()) == []


def test_a_temporary_folder_that_cannot_be_used_is_named(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(room / "gone"))
    clear_scratch()
    with pytest.raises(LeaktraceError, match="TMPDIR"), scratch_folder():
        pass
