"""``python -m tests.benchmarks.calls [SEEDS [SCRIPTS]]``: scripts put together, and lists measured.

200 scripts in 20 readings each, with 15% of the characters replaced, and with 9% replaced, 3% left
out and 3% put in; intervals of 90% for the length of lists and for dials a day. Bounds were chosen
on the seeds 1 and 2; the figures are of the seeds from 11 on. A seed takes two to three minutes.
"""

from __future__ import annotations

import sys
import time

from leaktrace.calls.campaign import list_size
from leaktrace.calls.records import Interval
from leaktrace.calls.scripts import script_groups
from tests.benchmarks.calls.lists import FAMILIES, made_lists
from tests.benchmarks.calls.measures import pairwise
from tests.benchmarks.calls.transcripts import Noise, made_readings

FIRST_SEED = 11
NOISES = {"replaced": Noise(), "mixed": Noise(0.09, 0.03, 0.03)}
LISTS = 500


def scripts(seeds: int, count: int) -> None:
    """Print how well scripts are put together."""
    print(f"{'':24}{'seed':>5}{'precision':>11}{'recall':>9}{'F1':>9}{'seconds':>9}")
    for language in ("zh", "en"):
        for name, noise in NOISES.items():
            for seed in range(FIRST_SEED, FIRST_SEED + seeds):
                readings = made_readings(language, seed, count, noise=noise)
                begun = time.perf_counter()
                groups = script_groups([one.text for one in readings])
                took = time.perf_counter() - begun
                got = pairwise([one.script for one in readings], groups)
                print(
                    f"{language + ' ' + name:24}{seed:>5}{got.precision:>11.4f}{got.recall:>9.4f}"
                    f"{got.f1:>9.4f}{took:>9.1f}",
                    flush=True,
                )


def sizes(seeds: int) -> None:
    """Print how often intervals of 90% hold the truth."""
    print(f"\n{'':24}{'lists':>7}{'people':>9}{'dials a day':>13}{'people in all':>15}")
    for family in FAMILIES:
        people = dials = in_all = total = 0
        for seed in range(FIRST_SEED, FIRST_SEED + seeds):
            for made in made_lists(seed, LISTS, family):
                size = list_size(made.exposed, made.first_hits, made.dials_each)
                people += _holds(size.people, made.people)
                dials += _holds(size.dials_a_day, made.dials_a_day)
                in_all += _holds(size.people, made.in_all)
                total += 1
        print(
            f"{family:24}{total:>7}{people / total:>9.3f}{dials / total:>13.3f}"
            f"{in_all / total:>15.3f}",
            flush=True,
        )


def _holds(interval: Interval | None, truth: float) -> bool:
    return interval is not None and interval.low <= truth <= interval.high


def main(seeds: int = 3, count: int = 200) -> int:
    """Print both tables."""
    scripts(seeds, count)
    sizes(seeds)
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
