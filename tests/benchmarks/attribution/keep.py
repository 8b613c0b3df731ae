"""Scored worlds in a folder, so that a long run may be stopped and continued.

They are filed under the version of the code that made them: rows of other code are never mixed in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

import leaktrace
from tests.benchmarks.attribution.rows import WorldRow

# What decides the rows, beside the modules of this folder that make them.
_PARTS = ("attribution", "fingerprint", "identifiers", "simulate")
_MODULES = ("case/records.py", "times.py", "workflows/worldcase.py")
_HERE = ("families.py", "rows.py", "score.py", "truth.py", "baselines/*.py")


def code_version() -> str:
    """The first half of a hash over all code and data that the rows depend on."""
    whole = hashlib.blake2b(digest_size=8)
    for name, path in _files():
        content = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def _files() -> Iterator[tuple[str, Path]]:
    package, here = Path(leaktrace.__file__).parent, Path(__file__).parent
    for part in _PARTS:
        for path in sorted((package / part).rglob("*")):
            if path.suffix in (".py", ".json"):
                yield path.relative_to(package).as_posix(), path
    for name in _MODULES:
        if (package / name).is_file():
            yield name, package / name
    for pattern in _HERE:
        for path in sorted(here.glob(pattern)):
            yield path.relative_to(here).as_posix(), path


def kept_row(folder: Path, version: str, family: str, seed: int) -> WorldRow | None:
    """The row of a world, if it was kept whole."""
    try:
        return msgspec.json.decode(_file(folder, version, family, seed).read_bytes(), type=WorldRow)
    except (OSError, msgspec.MsgspecError):
        return None


def keep(folder: Path, row: WorldRow) -> None:
    """Keep a row; a run that is stopped leaves no half of it."""
    path = _file(folder, row.version, row.family, row.seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(msgspec.json.encode(row, order="sorted"))
    unfinished.replace(path)


def _file(folder: Path, version: str, family: str, seed: int) -> Path:
    return folder / version / f"{family}-{seed}.json"
