"""``python -m tests.benchmarks.attribution [SEEDS [FIRST [FAMILY …]]]``: every method on the same
worlds, and what of the goal is reached."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.attribution.families import DEFAULT, members, single_families
from tests.benchmarks.attribution.keep import code_version, keep, kept_row
from tests.benchmarks.attribution.printing import as_text, as_values
from tests.benchmarks.attribution.rows import WorldRow
from tests.benchmarks.attribution.score import row_of

Job = tuple[str, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the worlds that are not kept yet, and print both tables; 1 if a world failed."""
    asked = _arguments(arguments)
    version = code_version()
    rows: dict[Job, WorldRow] = {}
    failed: list[Job] = []
    jobs = [
        (family, asked.first + number)
        for number in range(asked.seeds)
        for family in single_families(asked.families)
    ]
    for job, row in scored(jobs, version, asked.keep, asked.processes):
        if row is None:
            failed.append(job)
        else:
            rows[job] = row
    groups = {
        name: [rows[job] for job in jobs if job in rows and job[0] in members(name)]
        for name in asked.families
    }
    everything = [rows[job] for job in jobs if job in rows]
    if asked.json:
        print(json.dumps(as_values(groups, everything, version), indent=1))
    else:
        print("\n".join(as_text(groups, everything, version)))
    for family, seed in failed:
        print(f"failed: {family} {seed}", file=sys.stderr)
    return 1 if failed else 0


def scored(
    jobs: Sequence[Job], version: str, folder: Path | None, processes: int
) -> Iterator[tuple[Job, WorldRow | None]]:
    """Each job with its row, kept ones first; None for a world on which the code failed."""
    left = []
    for job in jobs:
        row = kept_row(folder, version, *job) if folder else None
        if row is None:
            left.append(job)
        else:
            yield job, row
    if not left:
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(row_of, *job, version): job for job in left}
        for number, done in enumerate(as_completed(running), 1):
            job = running[done]
            try:
                row = done.result()
            except Exception as error:
                print(f"{job[0]} {job[1]}: {type(error).__name__}: {error}", file=sys.stderr)
                yield job, None
                continue
            if folder:
                keep(folder, row)
            print(f"{number}/{len(left)} {job[0]} {job[1]}: {row.seconds:.1f} s", file=sys.stderr)
            yield job, row


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.attribution")
    parser.add_argument("seeds", nargs="?", type=int, default=5, help="worlds of each family")
    parser.add_argument("first", nargs="?", type=int, default=4_000, help="first seed")
    parser.add_argument(
        "families", nargs="*", default=None, metavar="FAMILY",
        help="a family of leaktrace.simulate, 'innocent' (each trap by itself) or 'untold'",
    )  # fmt: skip
    parser.add_argument("--keep", type=Path, help="folder of scored worlds, to stop and go on")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="both tables as one JSON document")
    asked = parser.parse_args(arguments)
    asked.families = tuple(asked.families) or DEFAULT
    return asked


if __name__ == "__main__":
    sys.exit(main())
