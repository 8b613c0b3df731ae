"""Worlds made, run, and told how they went."""

from __future__ import annotations

import calendar
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.calls_leaked import baselines, running
from tests.benchmarks.calls_leaked.world import make_world, write_world

SAID = 0.95


@dataclass(frozen=True)
class Job:
    """A world to score: made anew, or traced again out of ``folder``."""

    preset: str
    seed: int
    folder: Path | None = None
    days: bool = False
    retrace: bool = False


@dataclass(frozen=True)
class Row:
    """How one world went.

    Attributes
    ----------
    preset, seed
    leaked : mapping of str to float
        What leaktrace gives each source that is not public.
    truth : mapping of str to mapping
        TRUTH.json's ``sources``, those of ``leaked``.
    said : mapping of str to frozenset of str
        What each baseline says.
    days : mapping of str to float
        Days from the first sale to the first trace that says so, of sources rung because they
        leaked that were found; only where it was asked.
    calls : int
    seconds : mapping of str to float
        By table, and of the trace.
    """

    preset: str
    seed: int
    leaked: Mapping[str, float]
    truth: Mapping[str, Mapping[str, Any]]
    said: Mapping[str, frozenset[str]]
    calls: int
    seconds: Mapping[str, float]
    days: Mapping[str, float] = field(default_factory=dict)

    @property
    def leakers(self) -> frozenset[str]:
        """Those that leaked, whether anybody rang for it or not."""
        return frozenset(one for one, about in self.truth.items() if about["leaks"])

    def rung(self, calls: int = 1) -> frozenset[str]:
        """Those whose leaks rang their canaries so many times in all: a dead phone is not rung."""
        return frozenset(one for one in self.leakers if self.truth[one]["leak_calls"] >= calls)

    @property
    def honest_callers(self) -> frozenset[str]:
        """Those that did not leak, and rang canaries of theirs."""
        return frozenset(
            one for one, about in self.truth.items() if not about["leaks"] and about["own_calls"]
        )

    def at(self, threshold: float = SAID) -> frozenset[str]:
        """Those of which leaktrace says that they leaked."""
        return frozenset(one for one, value in self.leaked.items() if value >= threshold)


def rows_of(jobs: Sequence[Job], processes: int = 1) -> tuple[list[Row], int]:
    """The rows of ``jobs``, and how many failed; each is told on standard error."""
    if processes == 1:
        return _collected(map(_tried, jobs))
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return _collected(pool.map(_tried, jobs))


def _collected(results: Iterable[Row | str]) -> tuple[list[Row], int]:
    rows: list[Row] = []
    failed = 0
    for result in results:
        if isinstance(result, Row):
            rows.append(result)
            took = ", ".join(f"{name} {took:.1f}" for name, took in result.seconds.items())
            print(
                f"{result.preset} {result.seed}: {result.calls} calls, s: {took}", file=sys.stderr
            )
        else:
            failed += 1
            print(result, file=sys.stderr)
    return rows, failed


def _tried(job: Job) -> Row | str:
    try:
        return row_of(job)
    except Exception as error:
        return (
            f"failed: {job.preset} {job.seed} {job.folder or ''}: {type(error).__name__}: {error}"
        )


def row_of(job: Job) -> Row:
    """How the world of ``job`` goes."""
    with ExitStack() as stack:
        if job.folder is None:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="calls-leaked-")))
        else:
            folder = job.folder if job.retrace else job.folder / f"{job.preset}-{job.seed}"
        seconds: dict[str, float] = {}
        days: dict[str, float] = {}
        kept = folder / "complete"
        if job.days:
            days = _by_month(job, folder / "months")
        if not job.retrace and not kept.exists():
            write_world(make_world(job.seed, job.preset), folder)
            seconds = running.build(folder)
            kept.touch()
        values, seconds["trace"] = running.traced(folder)
        return _row(folder, values, seconds, days)


def _row(
    folder: Path, values: running.Leaked, seconds: dict[str, float], days: dict[str, float]
) -> Row:
    truth = json.loads((folder / "TRUTH.json").read_text(encoding="utf-8"))
    leaked = {one: value for one, value in values.items() if value is not None}
    about = {one: truth["sources"][one] for one in leaked}
    said = {name: frozenset(found & set(leaked)) for name, found in baselines.said(folder).items()}
    return Row(
        truth["preset"], truth["seed"], leaked, about, said, len(truth["calls"]), seconds, days
    )


def _by_month(job: Job, folder: Path) -> dict[str, float]:
    """Days from the first sale to the end of the month from which on leaktrace says so."""
    world = make_world(job.seed, job.preset)
    if not (folder / "SOURCES.csv").exists():
        write_world(world, folder)
        running.build(folder, logs=False)
    truth = json.loads((folder / "TRUTH.json").read_text(encoding="utf-8"))["sources"]
    found: dict[str, float] = {}
    for month, files in running.months(folder):
        running.take(folder, files)
        values, _seconds = running.traced(folder)
        for source, value in values.items():
            sold = [one["first_sold"] for one in truth[source]["leaks"] if one["first_sold"]]
            if value is not None and value >= SAID and sold and source not in found:
                found[source] = _days_between(min(sold), month)
    return {source: days for source, days in found.items() if days >= 0}


def _days_between(sold: str, month: str) -> float:
    year, number = map(int, month.split("-"))
    start = datetime.fromisoformat(sold)
    end = datetime(year, number, calendar.monthrange(year, number)[1], 23, 59, tzinfo=start.tzinfo)
    return (end - start).total_seconds() / 86_400
