"""How much memory a process has taken, and how it is kept from taking more."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

GIB = 2**30
# Arenas and stacks of threads count as data though nothing is written to them.
_SLACK = 2 * GIB
GLANCE = 0.03 if sys.platform.startswith("linux") else 0.5
"""Seconds between two looks at a process's memory. A bomb writes about 2 GB a second; the hard
limit of the process itself catches what is faster. Where a look costs a process, fewer."""


def default_memory() -> int:
    """Bytes that a worker may take: 4 GiB, or three quarters of the machine's memory."""
    limit = 4 * GIB
    if sys.platform != "win32":
        with suppress(ValueError, OSError):
            total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
            limit = min(limit, total * 3 // 4) if total > 0 else limit
    return limit


def resident(pid: int) -> int:
    """Bytes of memory that the process ``pid`` holds now; 0 where that cannot be told.

    On Windows this is 0: the job object that :func:`confine` makes is the limit there.
    """
    if sys.platform.startswith("linux"):
        try:
            pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
        except (OSError, IndexError, ValueError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return 0
    try:
        command = ["ps", "-o", "rss=", "-p", str(pid)]
        told = subprocess.run(command, capture_output=True, check=False, timeout=5).stdout
        return int(told.strip() or b"0") * 1024
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def confine_self(memory: int) -> None:
    """Let the system refuse this process much more than ``memory`` bytes, where it can.

    The limit is on data (Linux counts private mappings in it), not on address space, which Arrow
    reserves freely.
    """
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        wanted = memory + _SLACK
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    with suppress(ValueError, OSError):
        # A crash must not leave the file's contents on the disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def confine(pid: int, memory: int) -> object:
    """Hold the child ``pid`` to ``memory`` bytes from outside; keep the result as long as it lives.

    On Windows the result is a job object that also ends the child when this process ends;
    elsewhere there is nothing to hold.
    """
    if sys.platform != "win32":
        return None
    from leaktrace.intake.job_object import JobObject

    return JobObject(pid, memory)
