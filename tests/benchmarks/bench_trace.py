"""A big case traced: how long each part takes, and how that grows.

``python -m tests.benchmarks.bench_trace [BATCHES SOURCES PEOPLE]``: 1,000 batches, 200 sources,
half of them with a list, 50,000,000 people in those lists (:mod:`tests.benchmarks.bigcase`). Each
size is then halved by itself.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from leaktrace.attribution import Trace, trace_case
from tests.benchmarks.bigcase import big_case
from tests.benchmarks.measure import cores

BATCHES, SOURCES, PEOPLE = 1_000, 200, 50_000_000
PARTS = ("observe", "infer", "lineage", "explain", "rest")


@dataclass
class Watch:
    """A progress observer that notes when stages begin and end."""

    moments: list[tuple[str, float]] = field(default_factory=list)

    def begin(self, stage: str, total: int | None = None) -> None:
        self.moments.append((f"begin {stage}", time.perf_counter()))

    def advance(self, amount: int = 1) -> None:
        pass

    def end(self) -> None:
        self.moments.append(("end", time.perf_counter()))


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of each of :data:`PARTS`, and what came out."""

    batches: int
    sources: int
    people: int
    seconds: dict[str, float]
    stated: int
    parents: int

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    def line(self) -> str:
        """What was found, in words."""
        parts = ", ".join(f"{name} {self.seconds[name]:.1f}" for name in PARTS)
        return (
            f"{self.batches} batches x {self.sources} sources x {self.people:,} people: "
            f"{self.total:.1f} s ({parts}); {self.stated} sources stated, {self.parents} parents"
        )


def measure(batches: int = BATCHES, sources: int = SOURCES, people: int = PEOPLE) -> Result:
    """One run, everything explained; building the case is not counted."""
    case = big_case(batches, sources, people)
    watch, begin = Watch(), time.perf_counter()
    trace = trace_case(case, progress=watch)
    end = time.perf_counter()
    moments = [moment for _name, moment in watch.moments]
    # Stages: comparing the lists, weighing (again, where batches lend), leaving out.
    marks = [begin, moments[1], moments[3], moments[-2], moments[-1], end]
    seconds = {name: marks[place + 1] - marks[place] for place, name in enumerate(PARTS)}
    return Result(batches, sources, people, seconds, *_counts(trace))


def _counts(trace: Trace) -> tuple[int, int]:
    stated = sum(one.posterior >= 0.95 for batch in trace.batches for one in batch.sources)
    return stated, sum(len(batch.parents) for batch in trace.batches)


def growth(batches: int, sources: int, people: int) -> list[Result]:
    """The whole, and with each size halved by itself."""
    sizes = [
        (batches, sources, people),
        (batches // 2, sources, people),
        (batches, sources // 2, people),
        (batches, sources, people // 2),
    ]
    return [measure(*one) for one in sizes]


if __name__ == "__main__":
    told = [int(one) for one in sys.argv[1:4]]
    asked = (*told, *(BATCHES, SOURCES, PEOPLE)[len(told) :])
    print(f"{cores()} cores")
    whole, *halves = growth(*asked)
    print(whole.line())
    for name, half in zip(("batches", "sources", "people"), halves, strict=True):
        print(half.line())
        print(f"  twice the {name} take {whole.total / half.total:.2f} times as long")
