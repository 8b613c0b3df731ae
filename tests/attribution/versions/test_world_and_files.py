"""A world's cells in memory are those of its files: as the attribution compares them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leaktrace.attribution.case_model import CaseModel, model_of
from leaktrace.attribution.versions.agreement import Agreement
from leaktrace.case import attach_reference, create_case, import_sources, ingest, open_case
from leaktrace.intake.worker import Worker
from leaktrace.simulate import WorldSettings, reference_files, write_world
from leaktrace.workflows.worldcase import WorldCase

SETTINGS = WorldSettings(
    sources=5, batches=7, towns=1, town_people=(8_000, 12_000), blocks=(60, 150),
    population=(700, 2_000), batch_size=(200, 500), referenced=0.8, cells=1.0, retyped=0.4,
    unknown_sources=1, controls=0, same_day=0.0,
    mix={"pure": 0.4, "mixed": 0.3, "twin": 0.2, "resold": 0.2},
)  # fmt: skip


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CaseModel, CaseModel]]:
    folder = tmp_path_factory.mktemp("roads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEAKTRACE_KEYS", str(folder / "keys"))
        world = write_world(folder / "world", seed=11, settings=SETTINGS)
        with open_case(create_case(folder / "case").folder) as case, Worker() as worker:
            import_sources(case, folder / "world" / "SOURCES.csv", worker=worker)
            for source, path in reference_files(folder / "world").items():
                attach_reference(case, source, path, None, worker=worker)
            ingest(case, manifest=folder / "world" / "BATCHES.csv", worker=worker)
            yield model_of(WorldCase(world)), model_of(case)


def by_kind(columns: tuple[Agreement, ...]) -> dict[str, Agreement]:
    return {one.kind: one for one in columns}


def test_what_is_compared_is_the_same(models: tuple[CaseModel, CaseModel]) -> None:
    compared = 0
    for memory, files in zip(models[0].observations, models[1].observations, strict=True):
        assert memory.batch.id == files.batch.id
        assert files.versions.keys() <= memory.versions.keys()
        for source, one in memory.versions.items():
            if source not in files.versions:
                assert {column.kind for column in one.columns} <= {"name", "text"}
                continue
            first, second = by_kind(one.columns), by_kind(files.versions[source].columns)
            # Without a header nothing tells that two columns of texts were meant to be one.
            assert set(second) <= set(first)
            assert set(first) - set(second) <= {"text"}
            for kind, agreement in second.items():
                other = first[kind]
                compared += 1
                # Some cells of a file are blank or damaged.
                assert agreement.people == pytest.approx(other.people, rel=0.06, abs=3)
                for name in ("same", "typed", "alone", "apart"):
                    counts = getattr(agreement, name), getattr(other, name)
                    assert counts[0] == pytest.approx(counts[1], rel=0.06, abs=4), (kind, name)
    assert compared > 20


def test_what_it_says_is_nearly_the_same(models: tuple[CaseModel, CaseModel]) -> None:
    said = []
    for memory, files in zip(models[0].observations, models[1].observations, strict=True):
        for source, other in files.versions.items():
            one = memory.versions[source]
            for share in (0.3, 1.0):
                said.append(one.log_ratio(share))
                # Lists without a header are compared with more doubt.
                assert other.log_ratio(share) == pytest.approx(said[-1], abs=1.8)
    assert min(said) < -2 < 2 < max(said)
