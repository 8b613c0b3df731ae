"""Temporary folders outside the case, for commands that write nothing to it.

Each holds a lock for as long as its command runs; what a killed command left is locked by nobody
and is removed when a case is opened next.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from leaktrace.case.locks import held_lock
from leaktrace.errors import LeaktraceError
from leaktrace.intake.refusals import shown
from leaktrace.messages import _

_PREFIX = "leaktrace-"
_LOCK = "scratch.lock"
_WAIT_S = 5.0
_ATTEMPTS = 3


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of this process alone, removed with all that is in it at the end of the ``with``
    block, or once the process is dead.

    Raises
    ------
    LeaktraceError
        ``write`` where the system's temporary folder cannot be used.
    """
    folder, lock = _made()
    try:
        yield folder
    finally:
        _remove(folder, lock)


def clear_scratch() -> None:
    """Remove the temporary folders of commands that were killed."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for path in sorted(Path(entry.path) for entry in found if _is_ours(entry)):
            with suppress(sqlite3.Error):
                _remove(path, held_lock(path / _LOCK, 0))


def _made() -> tuple[Path, sqlite3.Connection]:
    for _attempt in range(_ATTEMPTS):
        folder = _new()
        with suppress(sqlite3.Error):
            lock = held_lock(folder / _LOCK, _WAIT_S)
            # Between its making and its locking another command may have cleared it away.
            if (folder / _LOCK).is_file():
                return folder, lock
            lock.close()
    raise _unusable(tempfile.gettempdir(), _("nothing in it can be locked"))


def _new() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=_PREFIX))
    except OSError as error:
        raise _unusable(str(error.filename), error.strerror or type(error).__name__) from error


def _unusable(folder: str, problem: str) -> LeaktraceError:
    return LeaktraceError(
        _(
            "the temporary folder {folder} cannot be used ({problem}); set TMPDIR (on Windows "
            "TEMP) to one that can"
        ).format(folder=shown(folder), problem=problem),
        code="write",
    )


def _is_ours(entry: os.DirEntry[str]) -> bool:
    try:
        # Others may put into a shared temporary folder what they like.
        return (
            entry.name.startswith(_PREFIX)
            and entry.is_dir(follow_symlinks=False)
            and (os.name != "posix" or entry.stat(follow_symlinks=False).st_uid == os.getuid())
            and (Path(entry.path) / _LOCK).is_file()
        )
    except OSError:
        return False


def _remove(folder: Path, lock: sqlite3.Connection) -> None:
    """Remove ``folder``; where Windows says that a file in it is open, the next command does."""
    path = folder / _LOCK
    with suppress(OSError):
        with closing(lock):
            # The lock last: what is left without one would stay for ever.
            for inside in folder.iterdir():
                if inside != path:
                    _remove_one(inside)
            # While it is held, where the system lets an open file go.
            with suppress(OSError):
                path.unlink()
        path.unlink(missing_ok=True)
        folder.rmdir()


def _remove_one(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
