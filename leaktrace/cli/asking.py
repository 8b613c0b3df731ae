"""Asking before something is done that cannot be undone, or shown that was hidden."""

from __future__ import annotations

import sys

from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.messages import _

_AGREED = ("y", "yes", "是", "好", "同意")


def agreed(question: str, *, yes: bool) -> None:
    """Ask ``question`` on the terminal, unless ``--yes`` was given.

    Raises
    ------
    UsageError
        If nobody can be asked.
    LeaktraceError
        ``"declined"``.
    """
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            _("{question} Nobody can be asked here: say so with --yes").format(question=question)
        )
    sys.stderr.write(_("{question} Go on? y/N ").format(question=question))
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in _AGREED:
        raise LeaktraceError(_("nothing was done"), code="declined")
