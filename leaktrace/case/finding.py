"""Finding an original again: where it was, or in the folder that somebody names."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path, PurePath, PureWindowsPath

from leaktrace.case.stored import Original
from leaktrace.errors import InputRefused
from leaktrace.intake.digest import sha256_of
from leaktrace.intake.refusals import legible, on_disk


class Finder:
    """Finds originals; below ``place`` (a folder, or the one file) where one is given.

    A folder is looked through once, to the bottom, and no link in it is followed. A file is known
    by its SHA-256, whatever it is called now; only where none has it, by its name.
    """

    def __init__(self, place: Path | None = None) -> None:
        self._place = place
        self._sizes: dict[int, list[Path]] | None = None
        self._hashes: dict[Path, str] = {}

    def find(self, original: Original) -> Path | None:
        """Where the original is, or what stands in its place; None where nothing does."""
        if self._place is None:
            path = Path(on_disk(original.path))
            return path if original.path and path.is_file() else None
        if self._place.is_file():
            return self._place
        same_size = self._by_size().get(original.size, [])
        for path in same_size:
            if self.sha256(path) == original.sha256:
                return path
        return self._by_name(PureWindowsPath(original.path).name)

    def sha256(self, path: Path) -> str:
        """Of a file; empty where it cannot be read."""
        if path not in self._hashes:
            try:
                self._hashes[path] = sha256_of(path)[0]
            except InputRefused:
                self._hashes[path] = ""
        return self._hashes[path]

    def _by_name(self, name: str) -> Path | None:
        found = [path for paths in self._by_size().values() for path in paths]
        named = sorted(path for path in found if legible(PurePath(path).name) == name)
        return named[0] if named else None

    def _by_size(self) -> dict[int, list[Path]]:
        if self._sizes is None:
            self._sizes = defaultdict(list)
            for folder, names, files in os.walk(self._place or "."):
                names.sort()
                for name in sorted(files):
                    path = Path(folder) / name
                    if path.is_file() and not path.is_symlink():
                        self._sizes[path.stat().st_size].append(path)
        return self._sizes
