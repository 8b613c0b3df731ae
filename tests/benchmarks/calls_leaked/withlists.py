"""Lists and calls together: what calls on the canaries change in what is said of the lists.

A simulated world with lists (``leaktrace.simulate``) is made a case; calls on its canaries are
drawn beside it: a background with uneven lines, the sources that ring their own registrants, and
the leaks of the world's truth, of which some never ring. The case is traced with them and without.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from leaktrace.attribution import trace_case
from leaktrace.attribution.case_model import shipped_settings
from leaktrace.attribution.result import Trace
from leaktrace.calls import import_calls
from leaktrace.calls.sectors import SECTOR_OF_KIND
from leaktrace.canary import import_plantings
from leaktrace.case import attach_reference, import_sources, ingest, open_case
from leaktrace.case.case import Case
from leaktrace.case.creation import create_case
from leaktrace.intake.worker import Worker
from leaktrace.simulate import preset, reference_files, write_world
from tests.benchmarks.calls_leaked.callers import mobile
from tests.benchmarks.calls_leaked.running import own_keys
from tests.benchmarks.calls_leaked.words import SECTORS, weighted

_DAYS, _AFTER = 420, 60
STATED, LIKELY = 0.95, 0.5


@dataclass(frozen=True, slots=True)
class Counted:
    """Pairs of batch and source: true ones, stated ones and likely ones, right and wrong."""

    true: int
    stated: int
    false: int
    likely: int
    unlikely: int

    @property
    def f1(self) -> float:
        """F1 of the likely ones."""
        return 2 * self.likely / max(self.true + self.likely + self.unlikely, 1)


def compare(seed: int, family: str = "hard") -> tuple[Counted, Counted]:
    """A world's pairs, traced without calls and with them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        settings = preset(family)
        write_world(folder / "world", seed=seed, settings=settings)
        truth = json.loads((folder / "world" / "TRUTH.json").read_text(encoding="utf-8"))
        write_calls(folder / "world", truth, seed)
        with own_keys(folder):
            create_case(folder / "case")
            with open_case(folder / "case") as case:
                _fill(case, folder / "world")
                deaf = replace(shipped_settings(), without=frozenset({"calls"}))
                without = trace_case(case, settings=deaf, explain=False)
                both = trace_case(case, explain=False)
    return counted(without, truth), counted(both, truth)


def _fill(case: Case, world: Path) -> None:
    with Worker() as worker:
        import_sources(case, world / "SOURCES.csv", worker=worker)
        for source, path in reference_files(world).items():
            attach_reference(case, source, path, None, worker=worker)
        import_plantings(case, world / "PLANTINGS.csv", worker=worker)
        ingest(case, manifest=world / "BATCHES.csv", worker=worker)
        found = import_calls(case, world / "CALLS.csv", worker=worker)
        assert not found.refused, found.refused[:1]


def counted(trace: Trace, truth: Mapping[str, Any]) -> Counted:
    """The pairs that ``trace`` names, against the truth."""
    true = {(name, source) for name, one in truth["batches"].items() for source in one["sources"]}
    said = {
        (batch.batch, one.source): one.posterior for batch in trace.batches for one in batch.sources
    }
    stated = {pair for pair, chance in said.items() if chance >= STATED}
    likely = {pair for pair, chance in said.items() if chance >= LIKELY}
    return Counted(
        len(true),
        len(stated & true),
        len(stated - true),
        len(likely & true),
        len(likely - true),
    )


def write_calls(world: Path, truth: Mapping[str, Any], seed: int) -> None:
    """CALLS.csv of a world with lists."""
    rng = np.random.default_rng([seed, 4711])
    plantings = _rows(world / "PLANTINGS.csv")
    kinds = {row["id"]: row["kind"] for row in _rows(world / "SOURCES.csv")}
    days = [_day(one["seen_at"]) for one in truth["batches"].values()]
    end = max(days) + timedelta(days=_AFTER)
    start = end - timedelta(days=_DAYS)
    rows: list[list[str]] = []
    for number in sorted({row["mobile"] for row in plantings if row["mobile"]}):
        for _ in range(rng.poisson(rng.gamma(0.7, 1 / 0.7) * _DAYS / 20)):
            when = start + timedelta(days=float(rng.uniform(0, _DAYS)))
            rows.append(_row(number, mobile(rng), when, weighted(rng, SECTORS), rng))
    for source in sorted(kinds):
        mine = [row for row in plantings if row["source_id"] == source and row["mobile"]]
        own = SECTOR_OF_KIND.get(kinds[source], "")
        if own and rng.random() < 0.5:
            rows += _own_calls(mine, own, start, end, rng)
        cuts = [
            _day(one["cut_at"]) for one in truth["batches"].values() if source in one["sources"]
        ]
        if cuts and rng.random() < 0.75:
            rows += _leak_calls(mine, own, min(cuts), start, end, rng)
    rows.sort(key=lambda row: row[2])
    with (world / "CALLS.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["callee", "caller", "started_at", "kind", "sector"])
        writer.writerows(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _leak_calls(
    mine: list[dict[str, str]],
    own: str,
    cut: datetime,
    start: datetime,
    end: datetime,
    rng: np.random.Generator,
) -> list[list[str]]:
    got = [row["mobile"] for row in mine if _day(row["planted_at"]) < cut and rng.random() < 0.6]
    rows = []
    for _buyer in range(1 + rng.poisson(2)):
        begun = max(cut, start) + timedelta(days=float(rng.exponential(50)))
        sector = own if own and rng.random() < 0.3 else weighted(rng, SECTORS)
        for number in got:
            for _ in range(rng.poisson(0.8)):
                when = begun + timedelta(days=float(rng.exponential(20)))
                if when < end:
                    rows.append(_row(number, mobile(rng), when, sector, rng))
    return rows


def _own_calls(
    mine: list[dict[str, str]], own: str, start: datetime, end: datetime, rng: np.random.Generator
) -> list[list[str]]:
    rows = []
    desk = [mobile(rng) for _ in range(3)]
    for row in mine:
        begun = max(_day(row["planted_at"]), start)
        for _ in range(rng.poisson(2.5)):
            when = begun + timedelta(days=float(rng.exponential(90)))
            if when < end:
                rows.append(_row(row["mobile"], str(rng.choice(desk)), when, own, rng))
    return rows


def _row(
    number: str, caller: str, when: datetime, sector: str, rng: np.random.Generator
) -> list[str]:
    kind = "robot" if rng.random() < 0.7 else "human"
    return [
        number,
        caller,
        when.isoformat(timespec="seconds"),
        kind,
        sector if rng.random() < 0.7 else "",
    ]


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text[:10] + "T09:00:00+08:00")


def table(seeds: range, family: str) -> str:
    """The table over ``seeds``."""
    found = [compare(seed, family) for seed in seeds]
    lines = [f"{len(found)} worlds ({family}); pairs of batch and source"]
    lines.append(f"{'':16}{'true':>6}{'stated':>8}{'false':>7}{'recall':>8}{'F1 at .5':>10}")
    for name, at in (("lists alone", 0), ("with calls", 1)):
        rows = [one[at] for one in found]
        true, stated = sum(one.true for one in rows), sum(one.stated for one in rows)
        false = sum(one.false for one in rows)
        f1 = np.mean([one.f1 for one in rows])
        lines.append(f"{name:16}{true:6}{stated:8}{false:7}{stated / true:8.3f}{f1:10.3f}")
    return "\n".join(lines)
