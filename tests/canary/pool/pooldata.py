"""Made-up numbers, and the tables that name them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

HEADER = (
    "number_id", "value", "kind", "custodian", "carrier", "region", "acquired_at", "contract_end",
    "topup_due", "cost", "quarantine_until", "note",
)  # fmt: skip

PLANTINGS = ("canary_id", "source_id", "planted_at", "mobile", "name")
HAPPENINGS = ("number_id", "at", "what", "to", "until", "note", "caller")


def mobile(number: int) -> str:
    """A number of an issued segment."""
    return f"1376123{number:04}"


def number(id_: str, value: str, **more: str) -> list[str]:
    """A line of NUMBERS."""
    said = {"number_id": id_, "value": value, **more}
    return [said.get(name, "") for name in HEADER]


def write(
    path: Path,
    *lines: Sequence[str],
    header: Sequence[str] = HEADER,
    encoding: str = "utf-8",
) -> Path:
    """The table of ``lines`` in ``path``."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path
