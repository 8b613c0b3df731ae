"""``python -m tests.benchmarks.calls_leaked world|score|retrace|lists``: see each ``--help``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.calls_leaked.knobs import PRESETS


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a world, or score worlds."""
    asked = _parser().parse_args(arguments)
    if asked.what == "world":
        from tests.benchmarks.calls_leaked.world import make_world, write_world

        write_world(make_world(asked.seed, asked.preset), asked.folder)
        return 0
    if asked.what == "lists":
        from tests.benchmarks.calls_leaked.withlists import table

        print(table(range(asked.first, asked.first + asked.seeds), asked.family))
        return 0
    from tests.benchmarks.calls_leaked.printing import as_text
    from tests.benchmarks.calls_leaked.scoring import Job, rows_of

    if asked.what == "score":
        jobs = [
            Job(asked.preset, seed, asked.keep, days=asked.days)
            for seed in range(asked.first, asked.first + asked.seeds)
        ]
    else:
        jobs = [Job("", 0, folder, retrace=True) for folder in asked.folders]
    rows, failed = rows_of(jobs, asked.processes)
    print(as_text(rows))
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.calls_leaked")
    commands = parser.add_subparsers(dest="what", required=True)
    world = commands.add_parser("world", help="write one world")
    world.add_argument("seed", type=int)
    world.add_argument("folder", type=Path)
    world.add_argument("preset", nargs="?", default="main", choices=PRESETS)
    score = commands.add_parser("score", help="score worlds, and print one table")
    score.add_argument("seeds", type=int, help="how many worlds")
    score.add_argument("first", type=int, help="the first one's seed")
    score.add_argument("preset", nargs="?", default="main", choices=PRESETS)
    score.add_argument("--keep", type=Path, help="folder for the cases, to trace them again")
    score.add_argument(
        "--days", action="store_true",
        help="days from first sale to detection, too: a trace at the end of every month",
    )  # fmt: skip
    retrace = commands.add_parser("retrace", help="trace kept cases again, and print one table")
    retrace.add_argument("folders", type=Path, nargs="+")
    lists = commands.add_parser("lists", help="worlds with lists, traced without calls and with")
    lists.add_argument("seeds", type=int, help="how many worlds")
    lists.add_argument("first", type=int, help="the first one's seed")
    lists.add_argument("family", nargs="?", default="hard", help="of leaktrace simulate")
    for one in (score, retrace):
        one.add_argument("--processes", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
