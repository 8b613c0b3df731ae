"""A set of twenty lists: ``make(folder)`` writes them and tells what stands in each."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

NUMBER = 20


def make(folder: Path, number: int) -> tuple[str, dict[str, Any]]:
    """Write list ``number`` (from 1) into ``folder``; its name, and its truth."""
    module = importlib.import_module(f"tests.data.wild.first.list{number:02d}")
    name, truth = module.build(folder)
    return name, dict(truth)
