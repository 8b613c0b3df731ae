"""A file is written whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.privacy import restrict_to_owner
from leaktrace.graph.names import shown_text
from leaktrace.messages import _


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put ``data`` at ``path``: a reader sees the old file or the new one, never half of one.

    With ``private``, it is for its owner alone from the start.

    Raises
    ------
    LeaktraceError
        If the folder is missing or cannot be written, or the file is held open (Windows).
    """
    temporary = path.with_name(f".leaktrace-{secrets.token_hex(6)}.tmp")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o600 if private else 0o666), "wb") as file:
            file.write(data)
        if private:
            restrict_to_owner(temporary)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise LeaktraceError(_reason(path, error), code="unwritable") from None


def _reason(path: Path, error: OSError) -> str:
    if not path.parent.is_dir():
        return _("{file} cannot be written: its folder does not exist; make it first").format(
            file=shown_text(path.name)
        )
    if path.is_dir():
        return _("{file} is a folder: name a file").format(file=shown_text(path.name))
    return _("{file} cannot be written ({reason}); close it if it is open elsewhere").format(
        file=shown_text(path.name), reason=error.strerror or type(error).__name__
    )
