"""Broken files through the way in, in a worker: no crash, no hang, no identifier told.

``python -m tests.intake.fuzz [N] [SEED] [FOLDER]`` runs N inputs (2,000 by default) on both cores,
prints the figures, and keeps in FOLDER, where it is given, the inputs that were found wanting.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from leaktrace.errors import InputRefused
from leaktrace.intake.worker import Worker
from tests.data.make import all_cases
from tests.intake.fuzzbatch import SLOW, Figures, Finding, attempt, seeds_in
from tests.intake.mutations import made

MEMORY = 1 << 30
BATCH = 200
_LARGEST_SEED = 12_000
_KEPT = 3


def plant(folder: Path) -> None:
    """Write the small files of the corpus as seeds."""
    folder.mkdir()
    for case in all_cases():
        few = case.family == "matrix" and ("comma" not in case.name or "bare" in case.name)
        # Keys take long to derive: of what is locked one file a form is enough.
        few = few or (case.family == "locked" and ".right" not in case.name)
        data = b"" if callable(case.content) and case.family == "bombs" else case.data()
        if 0 < len(data) <= _LARGEST_SEED and not few:
            (folder / f"{case.family}-{case.name}").write_bytes(data)


class Fuzzer:
    """Runs batches in workers and gathers what they find."""

    def __init__(self, folder: Path, seed: int, kept: Path | None = None) -> None:
        self.folder, self.seed, self.kept = folder, seed, kept
        self._known: Counter[str] = Counter()
        self.figures = Figures()
        self._lock = threading.Lock()

    def run(self, number: int, threads: int = 2) -> Figures:
        """``number`` inputs."""
        plant(self.folder / "seeds")
        began = time.monotonic()
        starts = iter(range(0, number, BATCH))
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(self._work, starts, number) for _ in range(threads)]:
                done.result()
        self.figures.seconds = time.monotonic() - began
        return self.figures

    def _next(self, starts: object) -> int | None:
        with self._lock:
            return next(starts, None)  # type: ignore[call-overload, no-any-return]

    def _work(self, starts: object, number: int) -> None:
        while (start := self._next(starts)) is not None:
            # A fresh process now and then: what grows slowly is no fault of one input.
            with Worker(memory=MEMORY, seconds=60) as worker:
                for _batch in range(40):
                    self._batch(worker, start, min(start + BATCH, number))
                    following = self._next(starts)
                    if following is None:
                        return
                    start = following
                self._batch(worker, start, min(start + BATCH, number))

    def _batch(self, worker: Worker, start: int, end: int) -> None:
        first = start
        while start < end:
            try:
                self._add(worker.call(attempt, self.folder, self.seed, start, end - start))
                return
            except InputRefused as error:
                place = self.folder / f"at-{start}"
                at = int(place.read_text(encoding="ascii")) if place.exists() else start
                self._add(Figures(at - start + 1))
                self._alone(worker, at, error.code if first <= at else "lost")
                start = at + 1

    def _alone(self, worker: Worker, index: int, code: str) -> None:
        """Look at the input again by itself, at which a batch was lost."""
        name, _data = made(self.seed, index, seeds_in(self.folder / "seeds"))
        try:
            with Worker(memory=MEMORY, seconds=SLOW + 2) as own:
                figures = own.call(attempt, self.folder, self.seed, index, 1)
            what = f"lost its batch ({code}), not alone"
            self._add(Figures(0, findings=[*figures.findings, Finding(index, name, what)]))
        except InputRefused as error:
            what = f"the worker was lost: {error.code}"
            self._add(Figures(0, findings=[Finding(index, name, what)]))

    def _add(self, other: Figures) -> None:
        with self._lock:
            mine = self.figures
            mine.inputs += other.inputs
            mine.outcomes.update(other.outcomes)
            mine.findings += other.findings
            mine.slowest = max(mine.slowest, other.slowest)
            mine.memory = max(mine.memory, other.memory)
            for finding in other.findings if self.kept else ():
                self._keep(finding, self.kept)

    def _keep(self, finding: Finding, target: Path) -> None:
        """Write a line on the finding, and the input, where it is among the first of its kind."""
        target.mkdir(parents=True, exist_ok=True)
        with (target / f"findings-{self.seed}.tsv").open("a", encoding="utf-8") as file:
            file.write(f"{self.seed}\t{finding.index}\t{finding.name}\t{finding.what}\n")
        self._known[finding.what] += 1
        if self._known[finding.what] <= _KEPT:
            _name, data = made(self.seed, finding.index, seeds_in(self.folder / "seeds"))
            (target / f"{self.seed}-{finding.index}.bin").write_bytes(data)


def main() -> int:
    """``python -m tests.intake.fuzz [N] [SEED] [FOLDER]``."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="fuzz-", dir=memory if memory.is_dir() else None
    ) as folder:
        kept = Path(sys.argv[3]) if len(sys.argv) > 3 else None
        figures = Fuzzer(Path(folder), seed, kept).run(number)
        print("\n".join(figures.lines()))
    return 1 if figures.findings else 0


if __name__ == "__main__":
    sys.exit(main())
