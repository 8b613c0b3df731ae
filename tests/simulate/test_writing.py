"""Worlds on disk: files that parse, the same bytes every time, everyone readable."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from leaktrace.errors import LeaktraceError
from leaktrace.simulate import (
    World,
    WorldSettings,
    draw_world,
    preset,
    reference_files,
    save_world,
    write_world,
)
from leaktrace.simulate.numbers import id_texts
from leaktrace.simulate.settings import STANDARD_MIX
from leaktrace.times import read_moment

SMALL = WorldSettings(
    sources=7, batches=30, population=(800, 3_000), batch_size=(200, 600), canaries=(8, 12),
    town_people=(30_000, 60_000), blocks=(30, 60), last_four=0.5,
    mix={**STANDARD_MIX, "masked": 0.2},
)  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Path]:
    folder = tmp_path_factory.mktemp("world") / "w"
    world = draw_world(SMALL, seed=11)
    save_world(world, folder)
    return world, folder


def text_of(path: Path) -> str:
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        return "\n".join(
            "\t".join("" if cell is None else str(cell) for cell in row)
            for row in sheet.iter_rows(values_only=True)
        )
    data = path.read_bytes()
    for encoding in ("utf-16",) if data[:2] == b"\xff\xfe" else ("utf-8-sig", "gbk"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"{path.name}: no encoding fits")


def digits(text: str) -> str:
    return text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))


def mobiles(text: str) -> set[str]:
    bare = re.sub(r"(?<!\d)(?:\+86|86-)", " ", digits(text))
    plain = re.sub(r"(?<=\d)[ -](?=\d)", "", bare)
    return set(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", plain))


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(path))))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_world(tmp_path / name, seed=3, settings=SMALL)
    write_world(tmp_path / "c", seed=4, settings=SMALL)
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*"))
    assert len(files) > 30
    assert any(path.suffix == ".xlsx" for path in files)
    for path in files:
        assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()
    assert (tmp_path / "a" / "PLANTINGS.csv").read_bytes() != (
        tmp_path / "c" / "PLANTINGS.csv"
    ).read_bytes()


def test_every_person_of_every_batch_is_readable_and_nobody_else(
    written: tuple[World, Path],
) -> None:
    world, folder = written
    files = {line["batch_id"]: line["file"] for line in table(folder / "BATCHES.csv")}
    for batch in world.seen:
        text = text_of(folder / files[batch.id])
        numbers = [str(number) for number in world.people.mobile[batch.people].tolist()]
        if batch.form == "full":
            assert mobiles(text) == set(numbers)
        elif batch.form == "masked":
            assert not mobiles(text)
            shown = set(re.findall(r"1\d\d\*{4}\d{4}", text))
            assert shown == {f"{number[:3]}****{number[-4:]}" for number in numbers}
        else:
            assert not mobiles(text)
            assert all(f"{number[-4:]}" in text for number in numbers)
    assert {batch.form for batch in world.seen} == {"full", "masked", "last-four"}


def test_reference_lists_hold_their_people(written: tuple[World, Path]) -> None:
    world, folder = written
    files = reference_files(folder)
    given = {holder.id: holder.reference for holder in world.sources if holder.reference}
    assert set(files) == set(given)
    for source, reference in given.items():
        text = text_of(files[source])
        assert mobiles(text) == {str(n) for n in world.people.mobile[reference.people].tolist()}
        dated = "登记时间" in text or "registered_at" in text
        assert dated == (reference.registered is not None)


def test_tables_name_what_the_world_holds(written: tuple[World, Path]) -> None:
    world, folder = written
    sources = table(folder / "SOURCES.csv")
    assert [line["id"] for line in sources] == [holder.id for holder in world.sources]
    plantings = table(folder / "PLANTINGS.csv")
    assert len(plantings) == sum(max(len(it.plantings), 1) for it in world.canaries)
    planted = {(line["canary_id"], line["source_id"]): line["planted_at"] for line in plantings}
    for canary in world.canaries:
        for source, day in canary.plantings:
            assert read_moment(planted[canary.id, source]).day == day
    batches = table(folder / "BATCHES.csv")
    assert [read_moment(line["seen_at"]).day for line in batches] == [
        batch.seen_day for batch in world.seen
    ]
    assert all((folder / line["file"]).is_file() for line in batches)


def test_the_truth_is_that_of_the_world_and_names_nobody(written: tuple[World, Path]) -> None:
    world, folder = written
    text = (folder / "TRUTH.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert set(found["batches"]) == {batch.id for batch in world.seen}
    for batch in world.seen:
        said = found["batches"][batch.id]
        assert said["contributors"] == pytest.approx(world.shares(batch), abs=1e-6)
        assert said["sources"] == sorted(world.contributors(batch))
        assert read_moment(said["cut_at"]).day == batch.cut_day
    leaked = {name for name, said in found["sources"].items() if said["leaked"]}
    assert leaked == world.leaked()
    assert found["sources"]["unknown:T1"]["twin_of"] in found["sources"]
    assert not mobiles(text)


def test_id_numbers_have_their_check_digit() -> None:
    # The worked example of GB 11643-1999, annex A.
    assert id_texts(np.array([11010519491231002, 44052418800101001], np.uint64)).tolist() == [
        "11010519491231002X",
        "440524188001010014",
    ]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(LeaktraceError, match="not empty"):
        write_world(tmp_path, settings=SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_numbers_of_sources_and_batches_override_the_family(tmp_path: Path) -> None:
    world = write_world(tmp_path / "w", family="hard", sources=3, batches=5)
    assert len(world.sources) == 3
    assert len(world.seen) == 5
    assert world.settings.mix == preset("hard").mix
