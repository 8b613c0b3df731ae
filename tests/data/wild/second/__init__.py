"""A set of twenty lists: ``make(folder)`` writes them and tells what stands in each."""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path
from typing import Any

from tests.data.wild.second import common

NUMBER = 20


def make(folder: Path, number: int) -> tuple[str, dict[str, Any]]:
    """Write list ``number`` (from 1) into ``folder``; its name, and its truth."""
    for earlier in range(len(common.STARTS), number):
        with tempfile.TemporaryDirectory() as scratch:
            _build(Path(scratch), earlier)
    return _build(folder, number)


def _build(folder: Path, number: int) -> tuple[str, dict[str, Any]]:
    common.take_up(number)
    module = importlib.import_module(f"tests.data.wild.second.list{number:02d}")
    name, truth = module.build(folder)
    common.lay_down(number)
    return name, dict(truth)
