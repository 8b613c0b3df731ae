"""The files that the intake must get right; ``python -m tests.data.make OUT`` writes them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from tests.data.make.case import Case

FAMILIES = (
    "matrix",
    "headers",
    "oddities",
    "books",
    "markup",
    "structured",
    "prose",
    "containers",
    "locked",
    "bombs",
    "texts",
    "documents",
    "far",
    "broken",
)


def all_cases() -> list[Case]:
    """Every file of the corpus."""
    cases: list[Case] = []
    for name in FAMILIES:
        cases.extend(import_module(f"tests.data.make.{name}").cases())
    return cases


def write(case: Case, folder: Path) -> Path:
    """Make the file of ``case`` in its family's folder."""
    path = folder / case.family / case.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(case.data())
    return path


def write_all(cases: Iterable[Case], folder: Path) -> None:
    """Make the files of ``cases``, and the file that none of them may bring in."""
    from tests.data.make.documents import SECRET

    for case in cases:
        path = write(case, folder)
        (path.parent / "outside-secret.txt").write_text(SECRET, encoding="ascii")
