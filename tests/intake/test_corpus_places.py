"""What stands in folders and is no file; files that change; passwords; the command line."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from leaktrace.intake.worker import Worker
from tests.data.make import all_cases, write
from tests.data.make.case import Case
from tests.data.make.containers import lists, zipped
from tests.data.make.headers import csv
from tests.data.make.locked import CODES, PASSWORD
from tests.data.make.packing import aes_zip
from tests.data.make.people import people
from tests.intake.corpus import seen

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
_N = 15
_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


Taken = tuple[int, Mapping[str, Any]]


@pytest.fixture
def take_in(run_here: Run) -> Callable[..., Taken]:
    """``ingest --json`` into a new case: the exit status and the answer."""
    return into_a_case(run_here)


@pytest.fixture
def take_in_apart(run_cli: Run) -> Callable[..., Taken]:
    """The same in a process of its own, which ends if it waits for ever."""
    return into_a_case(run_cli)


def into_a_case(run: Run) -> Callable[..., Taken]:
    assert run("init", "case").returncode == 0

    def take(*arguments: object) -> Taken:
        done = run("-C", "case", "ingest", "--json", *arguments)
        assert b"Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout)

    return take


@cache
def corpus() -> dict[str, Case]:
    return {f"{case.family}/{case.name}": case for case in all_cases()}


def total(answer: Mapping[str, Any]) -> int:
    """Mobiles over all batches."""
    return sum(batch["identifiers"].get("mobile", 0) for batch in answer["batches"])


def folder_of_lists(folder: Path) -> None:
    """Two lists, one of them further down."""
    (folder / "deeper" / "deepest").mkdir(parents=True)
    (name, first), (_name, second) = lists(13_000)
    (folder / name).write_bytes(first)
    (folder / "deeper" / "deepest" / "名单.csv").write_bytes(second)


def test_a_folder_is_read_to_its_bottom(take_in: Any, tmp_path: Path) -> None:
    folder = tmp_path / "seized"
    folder_of_lists(folder)
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._list1.csv").write_bytes(b"\0\5\x16\7" + bytes(78))
    (folder / "empty.csv").write_bytes(b"")
    (folder / "lists.zip").write_bytes(zipped(lists(13_001)))
    status, answer = take_in("seized")
    assert status == 3
    assert [refusal["code"] for refusal in answer["refused"]] == ["empty"]
    assert total(answer) == 4 * _N


@_POSIX
def test_links_in_a_circle_end(take_in: Any, tmp_path: Path) -> None:
    folder = tmp_path / "seized"
    folder_of_lists(folder)
    (folder / "deeper" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to(folder / "self")
    (folder / "gone.csv").symlink_to(folder / "nowhere.csv")
    status, answer = take_in("seized")
    assert status in (0, 3)
    assert total(answer) == 2 * _N


@_POSIX
def test_pipes_and_sockets_are_not_waited_on(take_in_apart: Any, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder_of_lists(folder)
    os.mkfifo(folder / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket may not be long
        try:
            server.bind("socket.csv")
        finally:
            os.chdir(here)
    status, answer = take_in_apart("s")
    assert status in (0, 3)
    assert total(answer) == 2 * _N
    assert {refusal["code"] for refusal in answer["refused"]} <= {"not-a-file"}


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="permissions bind nobody here"
)
def test_what_may_not_be_read_is_named(take_in: Any, tmp_path: Path) -> None:
    folder = tmp_path / "seized"
    folder_of_lists(folder)
    (folder / "list1.csv").chmod(0)
    (folder / "deeper" / "deepest").chmod(0)
    try:
        status, answer = take_in("seized")
    finally:
        (folder / "deeper" / "deepest").chmod(0o700)
    assert status == 1
    assert "permission" in {refusal["code"] for refusal in answer["refused"]}


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    folk = people(13_100, 3000)
    path = tmp_path / "growing.csv"
    path.write_bytes(csv([("姓名", "手机号"), *((p.name, p.mobile) for p in folk[:1000])]) * 20)
    stop = threading.Event()
    more = csv([(p.name, p.mobile) for p in folk[1000:]])

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(more)
                stop.wait(0.002)

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        with Worker(seconds=60) as worker:
            got = worker.call(seen, path, (), tmp_path / "spool")
    finally:
        stop.set()
        thread.join()
    if got.counts is None:
        assert got.codes <= {"changed", "grows"} and not got.failure
    else:
        assert 1000 <= got.counts.identifiers["mobile"] <= 3000
        assert isinstance(got.counts.rows, int) and got.counts.rows >= 20_000


def test_passwords_by_the_command_line(take_in: Any, tmp_path: Path) -> None:
    (tmp_path / "locked.zip").write_bytes(aes_zip(lists(13_200), PASSWORD))
    status, answer = take_in("locked.zip")
    assert status == 1
    assert {refusal["code"] for refusal in answer["refused"]} <= CODES | {"nothing-read"}
    status, answer = take_in("locked.zip", "--password", PASSWORD)
    assert (status, total(answer)) == (0, 2 * _N)


_BY_COMMAND = (
    "containers/zip-in-zip.zip", "structured/mysql.sql", "structured/contacts-3.vcf",
    "markup/html-gbk.xls", "prose/cards.txt", "books/three-sheets.xlsx",
)  # fmt: skip


@pytest.mark.parametrize("name", _BY_COMMAND)
def test_some_of_the_corpus_by_the_command_line(take_in: Any, tmp_path: Path, name: str) -> None:
    case = corpus()[name]
    status, answer = take_in(write(case, tmp_path))
    assert status == 0
    (batch,), (counts,) = answer["batches"], case.reads
    assert batch["identifiers"] == counts.identifiers
    assert (batch["rows"], batch["identified_rows"]) == (counts.rows, counts.identified)
    assert batch["rows"] == sum(
        batch[part] for part in ("identified_rows", "unidentified_rows", "refused_rows")
    )


def test_a_bomb_leaves_nothing_behind(take_in: Any, tmp_path: Path) -> None:
    case = corpus()["bombs/flat.zip"]
    before = set((tmp_path / "case").rglob("*"))
    status, answer = take_in(write(case, tmp_path))
    assert status == 1
    assert {refusal["code"] for refusal in answer["refused"]} <= case.refuses | {"nothing-read"}
    after = set((tmp_path / "case").rglob("*")) - before
    assert {path.name for path in after} <= {"writer.lock"}
