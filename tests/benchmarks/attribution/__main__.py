"""``python -m tests.benchmarks.attribution [SEEDS [FIRST [FAMILY …]]]``."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.benchmarks.attribution.baselines import BASELINES
from tests.benchmarks.attribution.score import OURS, Row, line, own_lines, rows_of

FAMILIES = ("standard", "twins", "unknown-third", "hard")


def main(arguments: list[str]) -> None:
    """Score ``SEEDS`` worlds of each family, from seed ``FIRST`` on."""
    seeds = int(arguments[0]) if arguments else 5
    first = int(arguments[1]) if len(arguments) > 1 else 90_000
    families = tuple(arguments[2:]) or FAMILIES
    jobs = [(family, first + number) for family in families for number in range(seeds)]
    rows: list[Row] = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for done in pool.map(rows_of, *zip(*jobs, strict=True)):
            rows.extend(done)
    for family in (*families, "all"):
        chosen = [row for row in rows if family in (row.family, "all")]
        print(f"{family}: {seeds} seeds from {first}")
        for method in (OURS, *BASELINES):
            print(line(method, chosen))
        print("\n".join(own_lines(chosen)))


if __name__ == "__main__":
    main(sys.argv[1:])
