"""What a reading ran on, and who had it done."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict
from typing import Any

from leaktrace.intake.containers.limits import LIMITS
from leaktrace.intake.worker import Worker

EXAMINER = "LEAKTRACE_EXAMINER"


def examiner_name(said: str | None) -> str:
    """Who takes in lists: ``said``, else ``$LEAKTRACE_EXAMINER``, else nobody that is known."""
    return (said or os.environ.get(EXAMINER, "")).strip()


def environment() -> dict[str, str]:
    """What this version runs on, as far as a reading may depend on it."""
    import pyarrow

    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "pyarrow": pyarrow.__version__,
    }


def limits_of(worker: Worker) -> dict[str, Any]:
    """The limits within which ``worker`` reads, those on archives among them."""
    return {**worker.limits, "archives": asdict(LIMITS)}
