from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.case import Case, attach_reference, import_sources
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.sketch import sketch_of
from leaktrace.fingerprint.sketchfile import save_sketch
from leaktrace.intake.worker import Worker
from tests.case.case_data import people, write_list, write_table


@pytest.fixture
def sources(case: Case, worker: Worker, tmp_path: Path) -> Case:
    path = write_table(
        tmp_path / "SOURCES.csv",
        "id,name,kind,population",
        ("S01", "x", "agency", "100"),
        ("S02", "y", "dental", "100"),
    )
    import_sources(case, path, worker=worker)
    return case


def test_a_list_is_attached_and_the_newest_is_current(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    old = write_list(tmp_path / "old.csv", people(30, 1))
    new = write_list(tmp_path / "new.csv", people(50, 2))
    for path, status, size in (
        (old, "added", 30),
        (old, "unchanged", 30),
        (new, "replaced", 50),
    ):
        outcome = attach_reference(sources, "S01", path, worker=worker)
        assert (outcome.status, outcome.reference.people) == (status, size)
        assert outcome.reference.scaled == 1 and outcome.reference.rows == size
        assert [column.kind for column in outcome.columns][:2] == ["name", "mobile"]
    (reference,) = sources.references()
    assert (reference.source, Path(reference.file).name) == ("S01", "new.csv")
    assert len(sources.held_reference("S01").people) == 50
    kept = sources.ledger.execute("SELECT current FROM list_references ORDER BY id").fetchall()
    assert [row[0] for row in kept] == [0, 1]


def test_what_is_unchanged_leaves_the_ledger_alone(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "old.csv", people(30))
    attach_reference(sources, "S01", path, worker=worker)
    before = list(sources.ledger.iterdump())
    attach_reference(sources, "S01", path, worker=worker)
    assert list(sources.ledger.iterdump()) == before


def test_an_unknown_source_is_refused(sources: Case, worker: Worker, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="source import") as refused:
        attach_reference(sources, "S09", write_list(tmp_path / "a.csv", people(3)), worker=worker)
    assert refused.value.code == "unknown-source"
    with pytest.raises(InputRefused) as missing:
        attach_reference(sources, "S01", tmp_path / "gone.csv", worker=worker)
    assert missing.value.code == "missing"
    assert sources.references() == ()


def test_a_sketch_is_kept_as_it_was_found(sources: Case, worker: Worker, tmp_path: Path) -> None:
    attach_reference(sources, "S01", write_list(tmp_path / "all.csv", people(2000)), worker=worker)
    sketch = tmp_path / "S02.sketch"
    save_sketch(sketch_of(sources.held_reference("S01"), sources.key, 10), sketch)
    outcome = attach_reference(sources, "S02", sketch, worker=worker)
    assert (outcome.status, outcome.reference.scaled) == ("added", 10)
    assert outcome.reference.people == 2000
    held = sources.held_reference("S02")
    assert held.scaled == 10 and held.size == 2000 and 100 < len(held.index["mobile"].tokens) < 300
    stored = list((sources.folder / "lists").rglob("*.sketch"))
    assert [path.read_bytes() for path in stored] == [sketch.read_bytes()]
    assert attach_reference(sources, "S02", sketch, worker=worker).status == "unchanged"


def test_a_sketch_under_another_key_or_damaged_is_refused(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    attach_reference(sources, "S01", write_list(tmp_path / "all.csv", people(50)), worker=worker)
    foreign = tmp_path / "foreign.sketch"
    save_sketch(sketch_of(sources.held_reference("S01"), Key.new(), 10), foreign)
    before = sources.references()
    with pytest.raises(InputRefused, match="another key") as other:
        attach_reference(sources, "S02", foreign, worker=worker)
    assert other.value.code == "other-key"
    foreign.write_bytes(foreign.read_bytes()[:-1])
    with pytest.raises(InputRefused, match=r"foreign\.sketch"):
        attach_reference(sources, "S02", foreign, worker=worker)
    assert sources.references() == before


def test_a_list_that_excel_has_emptied_is_refused(
    sources: Case, worker: Worker, tmp_path: Path
) -> None:
    lost = write_table(tmp_path / "lost.csv", "姓名,手机号", *[("张三", "1.38E+10")] * 30)
    with pytest.raises(InputRefused) as refused:
        attach_reference(sources, "S01", lost, worker=worker)
    assert refused.value.code == "excel-damaged" and not sources.references()
