"""Bad input: a reason and a cure for each, the rest taken in, no identifier in any message."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.cli.lists import PEOPLE, write_list, write_sources
from tests.conftest import Run
from tests.inside import run_inside

SECRET = "13977778888"
SOURCES = "id,name,kind,population"
PLANTINGS = "canary_id,source_id,planted_at,mobile"


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["手机号"])
    for _name, mobile in PEOPLE[:50]:
        book.active.append([str(mobile)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.png", b"\x89PNG\r\n" + SECRET.encode())
    return stream.getvalue()


BAD_LISTS = {
    "empty.csv": b"",
    "binary.csv": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40,
    "truncated.xlsx": _workbook()[:-900],
    "archive.csv": _archive(),
    "wide.csv": (",".join([SECRET, "x"] * 50_000) + "\n").encode() * 2,
    "one-line.csv": SECRET.encode() * 1_700_000,
    "noise.csv": SECRET.encode() + b"\x81\xff\x80\xfe\x0c\xff\n" * 400,
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("bad")
    write_sources(room / "SOURCES.csv")
    for name, data in BAD_LISTS.items():
        (room / name).write_bytes(data)
    write_list(room / "good.csv", PEOPLE[:60])
    surroundings = {"LEAKTRACE_KEYS": str(room / "keys")}
    assert run_inside("init", "case", cwd=room, env=surroundings).returncode == 0
    arguments = ("source", "import", "SOURCES.csv", "-C", "case")
    assert run_inside(*arguments, cwd=room, env=surroundings).returncode == 0
    return room


@pytest.fixture
def room(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    shutil.copytree(template / "keys", os.environ["LEAKTRACE_KEYS"], dirs_exist_ok=True)
    return tmp_path


def test_bad_lists_do_not_keep_a_good_one_out(run_here: Run, room: Path) -> None:
    names = [*BAD_LISTS, "missing.csv"]
    done = run_here("-C", "case", "ingest", *names, "good.csv", "--json")
    assert done.returncode == 3, done.stderr
    taken = json.loads(done.stdout)
    assert [batch["file"] for batch in taken["batches"]] == ["good.csv"]
    assert sorted(item["file"] for item in taken["refused"]) == sorted(names)
    for item in taken["refused"]:
        assert item["code"] and "\n" not in item["reason"]
        assert item["file"] in item["reason"] and len(item["reason"]) > len(item["file"]) + 20
    assert SECRET.encode() not in done.stdout + done.stderr
    assert run_here("-C", "case", "trace", "--json").returncode == 0


@pytest.mark.parametrize("name", ["empty.csv", "truncated.xlsx", "missing.csv"])
def test_a_bad_list_alone_is_one_line(run_here: Run, room: Path, name: str) -> None:
    for arguments in (
        ["-C", "case", "ingest", name],
        ["-C", "case", "source", "reference", "S01", name],
        ["compare", name, "good.csv"],
    ):
        done = run_here(*arguments)
        lines = done.stderr.decode().splitlines()
        assert done.returncode == 1
        assert lines[0].startswith("leaktrace: ") and name in lines[0]
        assert not any("Traceback" in line for line in lines)


@pytest.mark.parametrize(
    ("command", "header", "line", "said"),
    [
        ("source", SOURCES, "S09,x,loan-app,many", "population"),
        ("canary", PLANTINGS, f"C1,S01,2024-02-30,{SECRET}", "date"),
        (
            "canary",
            "canary_id,source_id,planted_at,mobile",
            f"C1,S99,2024-02-20,{SECRET}",
            "source",
        ),
        ("canary", PLANTINGS, "C1,S01,2024-02-20,1.38E+10", "Excel"),
    ],
)
def test_a_bad_line_of_a_table(
    run_here: Run, room: Path, command: str, header: str, line: str, said: str
) -> None:
    (room / "table.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    done = run_here("-C", "case", command, "import", "table.csv", "--json")
    (refused,) = json.loads(done.stdout)["refused"]
    assert done.returncode == 1
    assert (refused["file"], refused["row"]) == ("table.csv", 2)
    assert said in refused["reason"]
    assert done.stderr.count(b"\n") == 1 and b"table.csv" in done.stderr
    assert SECRET.encode() not in done.stdout + done.stderr


def test_a_reference_for_an_unknown_source(run_here: Run, room: Path) -> None:
    done = run_here("-C", "case", "source", "reference", "S99", "good.csv")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"S99" in done.stderr and done.stderr.count(b"\n") == 1


def test_a_list_that_excel_has_emptied_is_refused_everywhere(run_here: Run, room: Path) -> None:
    (room / "damaged.csv").write_text("手机号\n" + "1.38E+10\n" * 50, encoding="utf-8")
    for arguments in (
        ["-C", "case", "ingest", "damaged.csv"],
        ["-C", "case", "source", "reference", "S01", "damaged.csv"],
        ["compare", "good.csv", "damaged.csv"],
        ["-C", "case", "fingerprint", "damaged.csv", "-o", "damaged.sketch"],
    ):
        done = run_here(*arguments)
        assert (done.returncode, done.stdout) == (1, b""), arguments
        (line,) = done.stderr.decode().splitlines()
        assert line.count("damaged.csv") == 1 and "手机号" in line
        assert "format the column as text" in line and "export it again" in line
    assert not (room / "damaged.sketch").exists()
    done = run_here("-C", "case", "ingest", "damaged.csv", "good.csv", "--json")
    (refused,) = json.loads(done.stdout)["refused"]
    assert (done.returncode, refused["code"]) == (3, "excel-damaged")


def test_a_picture_is_called_one_once(run_here: Run, room: Path) -> None:
    (room / "scan.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    done = run_here("-C", "case", "ingest", "scan.csv")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"looks like a picture") == 1


def test_a_kind_that_is_none_is_wrong_usage(run_here: Run, room: Path) -> None:
    for command in (["ingest", "good.csv"], ["source", "reference", "S01", "good.csv"]):
        done = run_here("--lang", "zh", "-C", "case", *command, "--map", "2=什么")
        assert (done.returncode, done.stdout) == (2, b"")
        assert "手机号 (mobile)" in done.stderr.decode() and b"good.csv" not in done.stderr
