"""A written world through the library: what ``trace --json`` answers."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from time import perf_counter

from leaktrace.calls import import_calls
from leaktrace.canary.plantings import import_plantings
from leaktrace.canary.pool import import_numbers
from leaktrace.canary.pool.logbook import import_happenings
from leaktrace.case.case import open_case
from leaktrace.case.creation import create_case
from leaktrace.case.outcomes import ImportOutcome
from leaktrace.case.sources import import_sources
from leaktrace.cli.main import run
from leaktrace.intake.worker import Worker

Leaked = dict[str, float | None]
_DONE = (0, 3)
_TIME_COLUMN = {"CALLS": "started_at", "HAPPENINGS": "at"}
_IMPORTS: Mapping[str, Callable[..., ImportOutcome]] = {
    "SOURCES": import_sources,
    "NUMBERS": partial(import_numbers, quarantine_days=0),
    "PLANTINGS": import_plantings,
    "HAPPENINGS": import_happenings,
    "CALLS": import_calls,
}


def build(folder: Path, *, logs: bool = True) -> dict[str, float]:
    """The case ``folder/case`` out of the files in ``folder``; seconds by table.

    ``logs``: with heartbeats and calls.
    """
    with own_keys(folder):
        create_case(folder / "case")
    names = [name for name in _IMPORTS if logs or name not in _TIME_COLUMN]
    return take(folder, {name: folder / f"{name}.csv" for name in names})


def take(folder: Path, files: Mapping[str, Path]) -> dict[str, float]:
    """Take tables in, in their order; seconds by table.

    Raises
    ------
    RuntimeError
        Where a line is refused.
    """
    seconds = {}
    with own_keys(folder), Worker() as worker, open_case(folder / "case") as case:
        for name, file in files.items():
            begun = perf_counter()
            found = _IMPORTS[name](case, file, worker=worker)
            seconds[name] = perf_counter() - begun
            if found.refused:
                first = found.refused[0]
                raise RuntimeError(f"{file.name}: {len(found.refused)} refused: {first.reason}")
    return seconds


def traced(folder: Path) -> tuple[Leaked, float]:
    """``leaked`` of every source, and the seconds of the trace; the answer is kept beside."""
    begun = perf_counter()
    with own_keys(folder):
        text = _call(folder, "-C", str(folder / "case"), "trace", "--json")
    (folder / "trace.json").write_text(text, encoding="utf-8")
    found = {one["source"]: one["leaked"] for one in json.loads(text)["sources"]}
    return found, perf_counter() - begun


def months(folder: Path) -> Iterator[tuple[str, dict[str, Path]]]:
    """The logs cut by month: the month, and its files by table."""
    rows: dict[str, dict[str, list[list[str]]]] = {}
    headers = {}
    for name, column in _TIME_COLUMN.items():
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            headers[name] = next(reader)
            place = headers[name].index(column)
            for row in reader:
                rows.setdefault(row[place][:7], {}).setdefault(name, []).append(row)
    for month in sorted(rows):
        files = {}
        for name, lines in rows[month].items():
            files[name] = folder / f"{name}-{month}.csv"
            with files[name].open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([headers[name], *lines])
        yield month, files


@contextmanager
def own_keys(folder: Path) -> Iterator[None]:
    """The keys beside the case, English, for so long."""
    before = {name: os.environ.get(name) for name in ("LEAKTRACE_KEYS", "LEAKTRACE_LANG")}
    os.environ.update(LEAKTRACE_KEYS=str(folder / "keys"), LEAKTRACE_LANG="en")
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _call(folder: Path, *arguments: str) -> str:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")
    errors = io.StringIO()
    with redirect_stdout(out), redirect_stderr(errors):
        status = run(arguments)
        sys.stdout.flush()
    text = raw.getvalue().decode("utf-8")
    if status not in _DONE:
        raise RuntimeError(f"{folder.name}: {' '.join(arguments)}: {errors.getvalue()[-600:]}")
    return text
