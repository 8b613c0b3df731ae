"""A list larger than memory from file to exact set and FracMinHash, against readers alone.

``python -m tests.benchmarks.bench_size [MOBILES] [TIMES]``: 100,000,000 mobiles, one a line, are
1.2 GB. pyarrow reads the same file into memory as strings; pandas reads a tenth of it, which is
counted ten times, its start once.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.lists import write_mobiles
from tests.benchmarks.measure import Run, best

MOBILES = 100_000_000
PART = 10
_OURS = "tests.benchmarks.our_way"
_PYARROW = """
import sys
from pyarrow import csv, string
table = csv.read_csv(
    sys.argv[1],
    csv.ReadOptions(column_names=["mobile"], block_size=int(sys.argv[2])),
    convert_options=csv.ConvertOptions(column_types={"mobile": string()}),
)
print(len(table))
"""
_PANDAS = """
import sys
import pandas
print(len(pandas.read_csv(sys.argv[1], dtype=str, header=None)))
"""
# The fastest of 1, 2, 4, 16 and 64 MiB, with threads; streaming is slower.
_BLOCK = 4 << 20
_START = "import pandas"


@dataclass(frozen=True, slots=True)
class Result:
    """Exact set and sketch, the list store, and the two readers."""

    mobiles: int
    sets: Run
    store: Run
    pyarrow: Run
    pandas: Run
    start: Run

    @property
    def whole_pandas(self) -> float:
        """Seconds that pandas would take for all: ten times the reading, once the start."""
        reading = max(self.pandas.seconds - self.start.seconds, 0.0)
        return PART * reading + self.start.seconds

    def lines(self) -> list[str]:
        """What was found, in words; of each run the seconds, and those of processor time."""
        found = [f"{self.mobiles} mobiles: pyarrow reads them {_said(self.pyarrow)}"]
        found.append(f"  pandas reads a tenth {_said(self.pandas)}")
        for name, run in (("exact set and FracMinHash", self.sets), ("list store", self.store)):
            found.append(
                f"  {name} {_said(run)}: {run.seconds / self.pyarrow.seconds:.2f} times pyarrow "
                f"({run.busy / self.pyarrow.busy:.2f} of processor time), "
                f"{run.seconds / self.whole_pandas:.2f} times pandas"
            )
        return found


def measure(mobiles: int = MOBILES, times: int = 3) -> Result:
    """The best of ``times`` runs each, taking turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, part = folder / "mobiles.txt", folder / "part.txt"
        write_mobiles(path, mobiles)
        write_mobiles(part, mobiles // PART)
        runs = best(
            {
                "pyarrow": ["-c", _PYARROW, str(path), str(_BLOCK)],
                "sets": ["-m", _OURS, "mobiles", str(path), str(folder / "sets")],
                "store": ["-m", _OURS, "store", str(path), str(folder / "store")],
                "pandas": ["-c", _PANDAS, str(part)],
                "start": ["-c", _START],
            },
            times,
        )
    return Result(
        mobiles, runs["sets"], runs["store"], runs["pyarrow"], runs["pandas"], runs["start"]
    )


def _said(run: Run) -> str:
    return f"in {run.seconds:.2f} s ({run.busy:.1f} s busy, peak {run.peak:.0f} MiB)"


if __name__ == "__main__":
    print("\n".join(measure(*map(int, sys.argv[1:3])).lines()))
