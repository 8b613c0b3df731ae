"""Lists that wait on the disk come out as lists in memory do."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaktrace.engines.large import linking, mobiles, scatter, spill, tables
from leaktrace.engines.large.arrays import ArrayFile
from leaktrace.engines.large.arrowfile import ArrowFile
from leaktrace.engines.local import build_list, store_file
from leaktrace.engines.occurrences import Occurrences
from leaktrace.fingerprint.cellstore import cells_into
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.sketch import sketch_of
from leaktrace.fingerprint.sketchfile import sketch_bytes
from leaktrace.fingerprint.store import staged, write_parts
from leaktrace.identifiers.sweep import swept

from .conftest import Row, reading_of

KEY = Key(bytes(range(32)))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def stored(rows: Sequence[Row], folder: Path, large: int) -> dict[str, bytes]:
    with staged(folder) as staging, cells_into(staging) as cells:
        built = build_list(reading_of(rows), KEY, sink=cells, folder=staging, large=large)
        write_parts(staging, built)
        assert (built.folder is None) == (large >= len(rows) or not rows)
        sketch = sketch_bytes(sketch_of(built, KEY, 10))
        cells.close()
    return {"sketch": sketch, "summary": repr(built.summary).encode(), **files(folder)}


def check(rows: Sequence[Row]) -> None:
    with tempfile.TemporaryDirectory() as name:
        small = stored(rows, Path(name) / "small", 10**9)
        for large in {0, len(rows) // 2}:
            found = stored(rows, Path(name) / f"large{large}", large)
            assert found.keys() == small.keys()
            for file, data in small.items():
                assert found[file] == data, file


NAMES = ("张三", "李四", "王五", "赵六", "钱七", "孙八", "周九")
MOBILES = st.integers(0, 4).map(lambda n: 13812340000 + n)
IDS = st.integers(0, 8).map(lambda n: 11010119900307000 + n)


def several(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(values, st.lists(values, min_size=1, max_size=3))


ROW = st.fixed_dictionaries(
    {},
    optional={
        "mobile": several(MOBILES),
        "id_number": several(IDS),
        "email": several(st.sampled_from(["a@b.cn", "b@b.cn", "somebody.long@example.cn"])),
        "landline": st.integers(0, 2).map(lambda n: 2112345678 + n),
        "mobile_masked": st.integers(0, 2).map(lambda n: 1385678 + n),
        "id_number_masked": st.sampled_from(["110101*0017", "110101*001X"]),
        "id_number_suspect": st.sampled_from(["110101199003070011", "11010119900307001Y"]),
        "hotline": st.just(95588),
        "name_last4": st.tuples(st.sampled_from(NAMES), st.integers(0, 2)),
        "name": st.sampled_from(NAMES),
        "excluded": st.sampled_from([("mobile",), ("email", "mobile"), ("id_number",)]),
        "cells": st.sampled_from([["x"], ["甲", ""]]),
        "day": st.integers(-3, 20_000),
        "further": st.just(True),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROW, min_size=1, max_size=24))
def test_any_list_comes_out_the_same(rows: list[Row]) -> None:
    check([{**rows[0], "further": False}, *rows[1:]])


def test_rows_that_are_gone_through_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking, columns and runs cut the list where they like."""
    monkeypatch.setattr(linking, "CHUNK", 7)
    monkeypatch.setattr(tables, "CHUNK", 5)
    monkeypatch.setattr(scatter, "_RUN", 11)
    monkeypatch.setattr(mobiles, "_RUN", 13)
    monkeypatch.setattr(spill, "ROOM", 500)
    random = np.random.default_rng(5)
    rows: list[Row] = []
    for number in range(300):
        row: dict[str, object] = {}
        if random.random() < 0.8:
            row["mobile"] = [
                13812340000 + int(n) for n in random.integers(0, 200, random.integers(1, 3))
            ]
        if random.random() < 0.3:
            row["id_number"] = [
                11010119900307000 + int(n) for n in random.integers(0, 99, random.integers(1, 3))
            ]
        if random.random() < 0.3:
            row["email"] = f"{random.integers(0, 40)}@b.cn"
        row["name"] = NAMES[int(random.integers(0, 7))]
        row["further"] = number > 0 and random.random() < 0.1
        row["day"] = int(random.integers(0, 9_000))
        rows.append(row)
    check(rows)


SIMPLE = st.fixed_dictionaries(
    {},
    optional={
        "mobile": MOBILES,
        "hotline": st.just(95588),
        "id_number_suspect": st.just("11010119900307001Y"),
        "excluded": st.just(("mobile",)),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SIMPLE | ROW, min_size=1, max_size=20) | st.lists(SIMPLE, min_size=1, max_size=20))
def test_sets_alone_are_the_same_sets(rows: list[Row]) -> None:
    """Whether or not nobody need be known: sketches and counts tell no difference."""
    rows = [{**rows[0], "further": False}, *rows[1:]]
    with tempfile.TemporaryDirectory() as name:
        small, large = (
            build_list(
                reading_of(rows),
                KEY,
                rows=False,
                facts=False,
                folder=Path(name),
                large=most,
                owners=False,
            )
            for most in (10**9, 0)
        )
        assert sketch_bytes(sketch_of(small, KEY, 10)) == sketch_bytes(sketch_of(large, KEY, 10))
        assert small.summary == large.summary
        for kind, index in small.held.index.items():
            tokens = large.held.index[kind].tokens
            assert np.unique(index.tokens).tolist() == np.unique(tokens).tolist()
        del large


@pytest.mark.parametrize("seed", range(4))
def test_sweeps_are_found_across_parts(tmp_path: Path, seed: int) -> None:
    """What decides whether a number is made up may stand in another part."""
    random = np.random.default_rng(seed)
    edge = mobiles._LOWEST + 57 * mobiles._WIDTH
    values = np.concatenate(
        (
            random.integers(13_000_000_000, 20_000_000_000, 5_000),
            edge + random.integers(-20_000, 20_000, 8_000),
            np.arange(edge - 300 * 7, edge + 300 * 7, 7) + 5,
            [13_000_000_000, 19_999_999_999],
            np.arange(edge + mobiles._WIDTH - 40, edge + mobiles._WIDTH + 3),
        )
    )[: 4_000 * (seed + 1)]
    values = random.permutation(values).astype(np.uint64)
    rows = np.arange(len(values))
    spilled = mobiles.Mobiles(tmp_path)
    for start in range(0, len(values), 1_000):
        part = slice(start, start + 1_000)
        none = np.zeros(len(rows[part]), dtype=np.bool_)
        spilled.add(Occurrences(values[part], rows[part] - start, none, values[part]), start)
    spilled.finish(len(values))
    assert spilled.swept_rows(len(values)).tolist() == swept(values).tolist()
    data = (tmp_path / "mobile-numbers").read_bytes()
    assert len(data) == 8 * len(values)
    assert not any(int(v).to_bytes(8, "little") in data for v in values[:200])


def test_arrow_files_have_the_bytes_that_arrow_writes(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    for rows in (0, 1, 3_000, 100_000):
        numbers = random.integers(0, 2**63, rows, dtype=np.uint64)
        flags = random.integers(0, 2, rows, dtype=np.uint8)
        offsets = np.concatenate(([0], np.cumsum(random.integers(0, 3, rows)))).astype(np.int32)
        values = random.integers(0, 99, int(offsets[-1]), dtype=np.uint64)
        lists = pa.ListArray.from_arrays(pa.array(offsets), pa.array(values))
        table = pa.table({"numbers": numbers, "flags": flags, "lists": lists})
        with pa.ipc.new_file(str(tmp_path / "arrow"), table.schema) as writer:
            writer.write_table(table.combine_chunks())
        types = {"numbers": np.uint64, "flags": np.uint8}
        with ArrowFile(tmp_path / "ours", rows, types, {"lists": (np.uint64, len(values))}) as file:
            file.fill("lists", [values])
            file.fill("lists", [offsets], offsets=True)
            file.fill("numbers", [numbers[:100], numbers[100:]])
            file.fill("flags", [flags])
        assert (tmp_path / "ours").read_bytes() == (tmp_path / "arrow").read_bytes()


def test_array_files_are_those_of_numpy(tmp_path: Path) -> None:
    for count in (0, 5, 12_345_678 % 100_000):
        values = np.arange(count, dtype=np.uint64) * np.uint64(3)
        file = ArrayFile(tmp_path / "ours.npy", np.uint64)
        file.add(values[:2])
        file.add(values[2:])
        file.finish()
        np.save(tmp_path / "numpy.npy", values)
        assert (tmp_path / "ours.npy").read_bytes() == (tmp_path / "numpy.npy").read_bytes()


class Watch:
    """Notes the stages of long work."""

    def __init__(self) -> None:
        self.stages: list[list[int | None]] = []

    def begin(self, stage: str, total: int | None = None) -> None:
        self.stages.append([0, total])

    def advance(self, amount: int = 1) -> None:
        done, total = self.stages[-1]
        assert done is not None
        self.stages[-1] = [done + amount, total]

    def end(self) -> None:
        pass


def test_progress_knows_its_end(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "姓名,手机号\n" + "".join(f"张三,{13800000000 + n}\n" for n in range(3_000)),
        encoding="utf-8",
    )
    watch = Watch()
    store_file(path, KEY.secret, tmp_path / "store", progress=watch)
    assert watch.stages == [[path.stat().st_size, path.stat().st_size]]


def test_a_failure_leaves_no_thread_and_no_file(tmp_path: Path) -> None:
    def broken() -> object:
        yield from reading_of([{"mobile": 13812340000 + n} for n in range(9)]).blocks
        raise OSError("gone")

    reading = reading_of([])
    reading.blocks = broken()  # type: ignore[assignment]
    with pytest.raises(OSError, match="gone"), staged(tmp_path / "list") as staging:
        build_list(reading, KEY, rows=False, folder=staging, large=0)
    assert not list(tmp_path.iterdir())


def test_a_list_of_mobiles_alone_needs_no_owners(tmp_path: Path) -> None:
    rows = [{"mobile": 13812340000 + n % 7} for n in range(20)]
    built = build_list(
        reading_of(rows), KEY, rows=False, facts=False, folder=tmp_path, large=0, owners=False
    )
    assert set(built.held.index["mobile"].people.tolist()) == {0xFFFFFFFF}
    assert (built.held.size, built.summary.duplicate_rows) == (7, 13)
