"""``python -m tests.benchmarks.attribution.calibrate [SEEDS [FIRST]]``: the shipped validation.

Prints what belongs into ``leaktrace/attribution/validation.json``. The seeds are never those that
accuracy is reported on.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from leaktrace.workflows.calibration import Trial, fitted_temperature, trials_of, upper_bound

FAMILIES = (
    "standard", "easy", "twins", "unknown-third", "superset", "old-cut", "recycled", "purged",
    "hard",
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Fit on ``SEEDS`` worlds of each family, from seed ``FIRST`` on."""
    seeds = int(arguments[0]) if arguments else 3
    first = int(arguments[1]) if len(arguments) > 1 else 2_000
    jobs = [(family, first + number) for number in range(seeds) for family in FAMILIES]
    trials: list[Trial] = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for done in pool.map(trials_of, *zip(*jobs, strict=True)):
            trials.extend(done)
    validation = {
        "temperature": fitted_temperature(trials),
        "log10_lr_cap": upper_bound(trials),
        "worlds": len(jobs),
        "statements": len(trials),
        "families": list(FAMILIES),
        "seeds": [first, first + seeds - 1],
    }
    print(json.dumps(validation, indent=1, sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1:])
