"""Giving back an original that the case keeps."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from leaktrace.case.custody import CustodyRecord, custody_records
from leaktrace.case.kept import KeptOriginal, kept_original
from leaktrace.case.layout import ORIGINALS
from leaktrace.errors import LeaktraceError
from leaktrace.intake.refusals import shown
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.case.case import Case


def restore_original(case: Case, batch: str, out: Path) -> CustodyRecord:
    """Write the original of a batch, byte for byte, to ``out``, for its owner alone to read.

    Raises
    ------
    LeaktraceError
        ``"unknown-batch"``, ``"not-kept"``, ``"exists"`` (nothing is overwritten), ``"damaged"``
        or ``"unwritable"``; then there is no file.
    """
    record = custody_records(case, [batch])[-1]
    kept = kept_original(case.folder / ORIGINALS, case.key, record.sha256)
    if not record.kept or not kept.path.is_file():
        raise LeaktraceError(
            _(
                "the case does not keep the original of batch {batch}; take the list in again "
                "with --keep-originals"
            ).format(batch=batch),
            code="not-kept",
        )
    if out.exists():
        raise LeaktraceError(
            _("{file} exists, and nothing is overwritten; name a new file").format(file=shown(out)),
            code="exists",
        )
    try:
        _write(kept, record.sha256, out)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LeaktraceError(
            _("{file} cannot be written: {reason}").format(file=shown(out), reason=reason),
            code="unwritable",
        ) from error
    return record


def _write(kept: KeptOriginal, sha256: str, out: Path) -> None:
    partial = out.with_name(f".leaktrace-{secrets.token_hex(6)}.tmp")
    digest = hashlib.sha256()
    try:
        handle = os.open(
            partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(handle, "wb") as file:
            for piece in kept.pieces():
                digest.update(piece)
                file.write(piece)
        if digest.hexdigest() != sha256:
            raise LeaktraceError(
                _("the kept original is damaged; go back to a copy of the case folder"),
                code="damaged",
            )
        partial.rename(out)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
