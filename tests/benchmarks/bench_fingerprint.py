"""A list from file to fingerprints, against the usual way, in processes of their own.

``python -m tests.benchmarks.bench_fingerprint [ROWS] [TIMES]``
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.lists import write_leads
from tests.benchmarks.measure import Run, best

ROWS = 2_000_000
ENCODINGS = ("utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class Result:
    """One encoding: the usual way, exact sets with sketches, and the whole list store."""

    encoding: str
    usual: Run
    sets: Run
    store: Run

    def lines(self) -> list[str]:
        """What was found, in words."""
        found = [f"{self.encoding}: the usual way {self.usual.seconds:.2f} s, {_size(self.usual)}"]
        for name, run in (("exact sets and sketches", self.sets), ("list store", self.store)):
            ratio = self.usual.seconds / run.seconds
            found.append(f"  {name} {run.seconds:.2f} s ({ratio:.1f} times), {_size(run)}")
        return found


def measure(rows: int = ROWS, times: int = 3) -> list[Result]:
    """Run all three ways on a list of ``rows``, the best of ``times`` runs each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [_measure(folder, encoding, rows, times) for encoding in ENCODINGS]


def _measure(folder: Path, encoding: str, rows: int, times: int) -> Result:
    path = folder / f"{encoding}.csv"
    write_leads(path, rows, encoding=encoding)
    ours = "tests.benchmarks.our_way"
    runs = best(
        {
            "usual": ["-m", "tests.benchmarks.usual_way", str(path), encoding],
            "sets": ["-m", ours, "sets", str(path), str(folder / "sets")],
            "store": ["-m", ours, "store", str(path), str(folder / "store")],
        },
        times,
    )
    path.unlink()
    return Result(encoding, runs["usual"], runs["sets"], runs["store"])


def _size(run: Run) -> str:
    return f"{run.busy:.1f} s of processor time, peak {run.peak:.0f} MiB"


if __name__ == "__main__":
    for result in measure(*map(int, sys.argv[1:3])):
        print("\n".join(result.lines()))
