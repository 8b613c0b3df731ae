"""Files that stand beside a case: receipts, proofs, answers of time-stamping authorities."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from leaktrace.errors import InputRefused
from leaktrace.intake.refusals import shown
from leaktrace.messages import _


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """A file, opened to read its bytes.

    Raises
    ------
    InputRefused
        ``"missing"`` where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise unreadable(path, error.strerror or type(error).__name__) from error


def unreadable(path: Path, reason: str, code: str = "missing") -> InputRefused:
    """The refusal of a file that cannot be read."""
    message = _("{file} cannot be read: {reason}").format(file=shown(path), reason=reason)
    return InputRefused(message, code=code, file=shown(path))
