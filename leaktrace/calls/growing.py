"""A log that somebody is still writing: its last line may not be whole.

Cut off in its time, a line would be a call at another time, and stay one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

FINISHED_AFTER_S = 3600.0
"""A log that nobody has written to for so long has no half line at its end."""

# Workbooks and XML have no lines: where they are not whole, they are refused.
_NO_LINES = (b"PK", b"\xd0\xcf\x11\xe0", b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")
_LONGEST_MARK = 4


@dataclass(frozen=True, slots=True)
class LogEnd:
    """How a log ends, and how big it is and when it was written to, by which growth shows."""

    whole: bool
    size: int
    written: int


def log_end(path: Path) -> LogEnd:
    """How the log ``path`` ends now; one that cannot be read is for its reader to refuse."""
    try:
        found = path.stat()
        old = time.time() - found.st_mtime > FINISHED_AFTER_S
        return LogEnd(old or not path.is_file() or _whole(path), found.st_size, found.st_mtime_ns)
    except OSError:
        return LogEnd(True, 0, 0)


def _whole(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_LONGEST_MARK)
        if not head or head.startswith(_NO_LINES):
            return True
        file.seek(-min(2, file.seek(0, 2)), 2)
        # In UTF-16 every other byte of a line's end is 0.
        return file.read().rstrip(b"\0").endswith((b"\n", b"\r"))
