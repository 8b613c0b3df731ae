"""A case with a small pool, two sources and some canaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.canary import import_plantings
from leaktrace.canary.pool import import_numbers
from leaktrace.case import Case, import_sources
from leaktrace.intake.worker import Worker
from tests.canary.pool.pooldata import PLANTINGS, mobile, number, write

_SOURCES = ("id", "name", "kind", "population")


@pytest.fixture
def pool(case: Case, worker: Worker, tmp_path: Path) -> Case:
    """N1 is planted at S1 (C1), N2 is a control (C2), N3 and the mailbox M1 are in no use."""
    sources = write(
        tmp_path / "S.csv", ("S1", "a", "agency", ""), ("S2", "b", "dental", ""), header=_SOURCES
    )
    numbers = write(
        tmp_path / "N.csv",
        number("N1", mobile(1), custodian="王五", acquired_at="2024-01-01"),
        number(
            "N2", mobile(2), custodian="王五", acquired_at="2024-01-01", contract_end="2024-12-31"
        ),
        number("N3", mobile(3), custodian="李四", acquired_at="2024-03-01", topup_due="2024-06-10"),
        number("M1", "box@example.org", custodian="李四", acquired_at="2024-01-01"),
    )
    planted = write(
        tmp_path / "P.csv",
        ("C1", "S1", "2024-05-01", mobile(1), "白晨曦"),
        ("C2", "", "2024-05-02", mobile(2), ""),
        header=PLANTINGS,
    )
    assert import_sources(case, sources, worker=worker).added == 2
    assert import_numbers(case, numbers, worker=worker).added == 4
    assert import_plantings(case, planted, worker=worker).added == 2
    return case
