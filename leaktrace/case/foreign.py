"""What lies in a case's folders and is not named in its ledger."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from leaktrace.case.layout import LISTS, ORIGINALS
from leaktrace.case.ledger import read_ledger
from leaktrace.intake.refusals import shown

if TYPE_CHECKING:
    from leaktrace.case.case import Case

KNOWN_NAMES = ((LISTS, "SELECT digest FROM lists"), (ORIGINALS, "SELECT name FROM originals"))
"""The folders whose every entry the ledger names, and how it is asked for the names."""


def unnamed_entries(folder: Path, ledger: sqlite3.Connection) -> list[Path]:
    """What stands in the folders of the case ``folder`` beside all that its ``ledger`` names."""
    found = []
    for place, names in KNOWN_NAMES:
        named = {row[0] for row in ledger.execute(names)}
        inside = sorted((folder / place).iterdir()) if (folder / place).is_dir() else []
        found += [path for path in inside if path.name not in named]
    return found


def foreign_names(case: Case) -> list[str]:
    """The files among them, by their way from the case's folder on, identifiers masked.

    An empty folder stands for itself, with a slash at its end.
    """
    found = unnamed_entries(case.folder, case.ledger)
    if found:
        # A command that runs at the same time may have put them there since the case was opened.
        with closing(read_ledger(case.folder)) as ledger:
            found = unnamed_entries(case.folder, ledger)
    return [shown(name) for path in found for name in _files(case.folder, path)]


def _files(folder: Path, path: Path) -> Iterator[str]:
    if path.is_symlink() or not path.is_dir():
        yield path.relative_to(folder).as_posix()
        return
    for place, folders, files in os.walk(path):
        folders.sort()
        here = Path(place).relative_to(folder).as_posix()
        # A link to a folder is walked past: it counts as a file.
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        yield from (f"{here}/{name}" for name in sorted([*files, *links]))
        if not files and not folders:
            yield f"{here}/"
