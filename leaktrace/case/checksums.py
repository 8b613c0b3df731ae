"""The checksums of a stored list's files, by which later damage to them shows."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from leaktrace.intake.digest import sha256_of

_SIDE_BY_SIDE = 2

Checksums = Mapping[str, list[str | int]]


def checksums_of(folder: Path) -> dict[str, list[str | int]]:
    """The SHA-256 and the size of each file in ``folder``, by its name in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        found = list(pool.map(sha256_of, files))
    return {
        path.relative_to(folder).as_posix(): [sha256, size]
        for path, (sha256, size) in zip(files, found, strict=True)
    }


def differing(before: Checksums, after: Checksums) -> tuple[str, ...]:
    """The names of the files that are missing, new or other than ``before``."""
    names = sorted({*before, *after})
    return tuple(name for name in names if list(before.get(name, ())) != list(after.get(name, ())))
