"""``python -m tests.benchmarks.attribution.calibrate [SEEDS [FIRST]]``: the shipped validation.

Writes ``leaktrace/attribution/validation.json``. The seeds are never those that
accuracy is reported on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from leaktrace.workflows.calibration import (
    Trial,
    fitted_laws,
    fitted_validation,
    raw_trials,
    spoken_trials,
)

FAMILIES = (
    "standard", "easy", "twins", "unknown-third", "superset", "old-cut", "recycled", "purged",
    "hard",
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Fit on ``SEEDS`` worlds of each family, from seed ``FIRST`` on."""
    seeds = int(arguments[0]) if arguments else 3
    first = int(arguments[1]) if len(arguments) > 1 else 2_000
    jobs = [(family, first + number) for number in range(seeds) for family in FAMILIES]
    raw = _gathered(raw_trials, jobs)
    laws = fitted_laws([one for one in raw if one.listed])
    shipped = files("leaktrace.attribution").joinpath("validation.json")
    path = Path(str(shipped))
    document = json.loads(path.read_text(encoding="utf-8"))
    document["laws"] = {kind: [law.slope, law.shift] for kind, law in laws.items()}
    _write(path, document)  # what is said under them is asked of fresh processes
    spoken = _gathered(spoken_trials, jobs)
    seeds_used = (first, first + seeds - 1)
    _write(path, fitted_validation(laws, spoken, FAMILIES, seeds_used))


def _gathered(
    trials_of: Callable[[str, int], list[Trial]], jobs: list[tuple[str, int]]
) -> list[Trial]:
    trials: list[Trial] = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for done in pool.map(trials_of, *zip(*jobs, strict=True)):
            trials.extend(done)
    return trials


def _write(path: Path, document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
