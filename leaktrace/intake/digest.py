"""What a file is: the digest and the size of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_STEP = 1 << 20


def sha256_of(path: Path | Material) -> tuple[str, int]:
    """The SHA-256 (64 hex digits) of the bytes of a file, and their number.

    Raises
    ------
    InputRefused
        If the file is missing, is no file, or may not be read.
    """
    with opening(path) as file:
        digest, size = hashlib.sha256(), 0
        while piece := file.read(_STEP):
            digest.update(piece)
            size += len(piece)
        return digest.hexdigest(), size
