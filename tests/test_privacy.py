"""Nobody in the lists leaks a second time: not from the case, the exports, or any output."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from leaktrace.simulate import World, WorldSettings, reference_files, write_world
from leaktrace.simulate.people import name_texts
from tests.inside import run_inside

_SMALL = WorldSettings(
    sources=4, batches=6, towns=1, town_people=(20_000, 30_000), blocks=(60, 90),
    population=(1_000, 2_500), batch_size=(150, 400), canaries=(6, 12), controls=4,
)  # fmt: skip
_RUNS = re.compile(rb"\d{11,18}")


@pytest.fixture(scope="module")
def worked_case(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, list[Path], bytes]:
    """A whole job by the command line: the world, what is left behind, and all that was said."""
    room = tmp_path_factory.mktemp("privacy")
    env = {"LEAKTRACE_KEYS": str(room / "keys"), "LEAKTRACE_LANG": "zh"}
    world = write_world(room / "world", seed=5, settings=_SMALL)
    (room / "world" / "lists" / "13900000001.csv").write_text("手机\n13812312312", "utf-8")
    (room / "world" / "broken.xlsx").write_bytes(b"PK\x03\x04 13812312312")
    said = b""
    commands: list[list[object]] = [
        ["init", "case"],
        ["-C", "case", "source", "import", "world/SOURCES.csv"],
    ]
    for source, file in sorted(reference_files(room / "world").items()):
        commands.append(["-C", "case", "source", "reference", source, file])
    commands += [
        ["-C", "case", "canary", "import", "world/PLANTINGS.csv"],
        ["-C", "case", "ingest", "--manifest", "world/BATCHES.csv"],
        ["-C", "case", "ingest", "world/lists/13900000001.csv", "world/broken.xlsx", "no-such.csv"],
        ["-C", "case", "source", "reference", "S99", "world/lists/13900000001.csv"],
        ["-C", "case", "canary", "import", "world/lists/13900000001.csv"],
        ["-C", "case", "trace"],
        ["-C", "case", "--lang", "en", "trace", "--json"],
        ["-C", "case", "report", "out/report.html"],
        ["-C", "case", "graph", "export", "out/graph.graphml"],
        ["-C", "case", "graph", "export", "out/graph.gexf"],
        ["-C", "case", "graph", "export", "out/graph.json"],
    ]  # fmt: skip
    (room / "out").mkdir()
    for command in commands:
        done = run_inside(*command, cwd=room, env=env)
        assert done.returncode in (0, 1, 3), done.stderr
        said += done.stdout + done.stderr
    left = [
        path for folder in ("case", "out") for path in (room / folder).rglob("*") if path.is_file()
    ]
    assert len(left) > 20
    return world, sorted(left), said


def _secrets(world: World) -> set[bytes]:
    mobiles = {str(number).encode() for number in world.people.mobile}
    return mobiles | {str(number).encode() for number in world.people.id_number}


def _shown(data: bytes) -> set[bytes]:
    """Every run of digits that could be an identifier, also in UTF-16."""
    found = set()
    for form in (data, data.replace(b"\0", b"")):
        for run in _RUNS.findall(form):
            found |= {run[start : start + size] for size in (11, 17) for start in range(len(run))}
    return found


def test_no_identifier_in_anything_that_is_left_or_said(
    worked_case: tuple[World, list[Path], bytes],
) -> None:
    world, left, said = worked_case
    secrets = _secrets(world)
    assert not _shown(said) & (secrets | {b"13900000001", b"13812312312"})
    for path in left:
        assert not _shown(path.read_bytes()) & secrets, path.name
        assert "13900000001" not in path.name


def test_no_mobile_is_stored_as_a_number(worked_case: tuple[World, list[Path], bytes]) -> None:
    world, left, _said = worked_case
    mobiles = np.unique(world.people.mobile)
    for path in left:
        data = path.read_bytes()
        for shift in range(8):
            numbers = np.frombuffer(data[shift : shift + (len(data) - shift) // 8 * 8], dtype="<u8")
            assert not np.isin(numbers, mobiles).any(), path.name


def test_no_canary_name_in_clear(worked_case: tuple[World, list[Path], bytes]) -> None:
    world, left, said = worked_case
    people = [canary.person for canary in world.canaries]
    names = {name for name in name_texts(world.people.name[people]) if len(name) >= 3}
    for data in (said, *(path.read_bytes() for path in left)):
        for name in names:
            assert name.encode("utf-8") not in data
            assert name.encode("utf-16-le") not in data


def test_the_search_would_find_them() -> None:
    assert b"13812312312" in _shown("电话13812312312".encode("utf-16-le"))
    assert b"13812312312" in _shown(b"x13812312312,y")
