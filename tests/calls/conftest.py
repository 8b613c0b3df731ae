"""A case with sources, canaries and a control, and files of calls to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from leaktrace.canary import import_plantings
from leaktrace.case import Case, import_sources
from leaktrace.intake.worker import Worker
from tests.calls.made import CANARIES, write
from tests.case.conftest import case, folder, keys, worker

__all__ = ["case", "folder", "keys", "watched", "worker"]

_SOURCES = (
    ("S01", "阳光看房", "property-viewing", "12000"),
    ("S02", "快贷", "loan-app", "50000"),
    ("S03", "无人知", "dental", ""),
)
_NAMES = {"C1": "白晨曦", "C2": "江语桐", "C3": "苏锦程"}


@pytest.fixture
def watched(case: Case, worker: Worker, tmp_path: Path) -> Case:
    sources = write(tmp_path / "SOURCES.csv", "id,name,kind,population", *_SOURCES)
    assert import_sources(case, sources, worker=worker).added == 3
    plantings: list[Sequence[str]] = [
        (canary, source, "2025-03-01", number, _NAMES.get(canary, ""))
        for canary, (source, number) in CANARIES.items()
    ]
    path = write(tmp_path / "P.csv", "canary_id,source_id,planted_at,mobile,name", *plantings)
    assert import_plantings(case, path, worker=worker).added == len(CANARIES)
    return case
