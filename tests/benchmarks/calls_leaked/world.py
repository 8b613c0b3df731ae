"""A whole year out of a seed, and its files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.calls_leaked import honest, year
from tests.benchmarks.calls_leaked.cast import (
    DAYS,
    Number,
    draw_firms,
    draw_numbers,
    draw_sources,
    plant,
)
from tests.benchmarks.calls_leaked.knobs import PRESETS, draw_knobs
from tests.benchmarks.calls_leaked.leaks import Leak, leak
from tests.benchmarks.calls_leaked.year import Ring, Year

BEGIN = datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=8)))
_FIRMS = 90
_HEARTBEAT_DAYS = 14


@dataclass
class World:
    """The year, its leaks, and the boom's sector and first day."""

    seed: int
    preset: str
    year: Year
    leaks: list[Leak]
    boom: tuple[str, float]


def make_world(seed: int, preset: str = "main") -> World:
    """The world of ``seed``: the same each time."""
    rng = np.random.default_rng([seed, sorted(PRESETS).index(preset)])
    size = PRESETS[preset][0]
    knobs = draw_knobs(rng, preset)
    numbers = draw_numbers(rng, size, knobs)
    sources = draw_sources(rng, size, knobs)
    plant(rng, size, numbers, sources)
    made = Year(rng, knobs, numbers, sources, draw_firms(rng, knobs, _FIRMS))
    year.ring_out_of_the_blue(made)
    year.ring_in_storms(made)
    year.ring_in_sweeps(made)
    boom = year.ring_in_a_boom(made)
    year.ring_for_former_owners(made)
    honest.ring_registrants(made)
    honest.ring_from_public_lists(made)
    honest.send_texts(made)
    leaks = leak(made)
    made.rings.sort(key=lambda one: (one.day, one.number.place, one.caller))
    return World(seed, preset, made, leaks, boom)


def write_world(world: World, folder: Path) -> None:
    """SOURCES, PLANTINGS, NUMBERS, HAPPENINGS and CALLS as CSV, and TRUTH.json."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = sorted(world.year.numbers, key=lambda one: one.place)
    _table(folder / "SOURCES.csv", "id,name,kind,population,access,recipients,own_numbers", (
        (one.id, one.name, one.kind, one.population or "", "public" if one.public else "restricted",
         ";".join(firm.name for firm in one.recipients), ";".join(one.declared))
        for one in world.year.sources
    ))  # fmt: skip
    _table(folder / "PLANTINGS.csv", "canary_id,source_id,planted_at,mobile,name,address", (
        (one.id, source, moment(day), one.mobile, one.name, one.address)
        for one in numbers
        for source, day in sorted(one.planted.items()) or [("", 0.0)]
    ))  # fmt: skip
    pooled = [one for one in numbers if one.pooled]
    _table(folder / "NUMBERS.csv", "number_id,value,kind,acquired_at", (
        (f"N{one.id[1:]}", one.mobile, "mobile", "2024-09-01") for one in pooled
    ))  # fmt: skip
    _table(folder / "HAPPENINGS.csv", "number_id,at,what", _heartbeats(pooled))
    _table(
        folder / "CALLS.csv",
        "callee,caller,started_at,duration_s,kind,sector,claims_to_be,transcript",
        (
            (one.number.mobile, one.caller, moment(one.day), one.duration, one.kind, one.sector,
             one.claims, one.transcript)
            for one in world.year.rings
        ),
    )  # fmt: skip
    text = json.dumps(truth(world), ensure_ascii=False, indent=1)
    (folder / "TRUTH.json").write_text(text, encoding="utf-8")


def moment(day: float) -> str:
    """ISO 8601 of a day of the year and its fraction, to the second."""
    return (BEGIN + timedelta(days=float(day))).isoformat(timespec="seconds")


def _heartbeats(numbers: Iterable[Number]) -> Iterable[tuple[str, str, str]]:
    for one in numbers:
        days = [*np.arange(one.place % _HEARTBEAT_DAYS / 24, DAYS, _HEARTBEAT_DAYS), DAYS - 0.01]
        for day in days:
            yield f"N{one.id[1:]}", moment(day), "missed" if one.dead(day) else "heartbeat"


def truth(world: World) -> dict[str, Any]:
    """Who leaked, and why each line of CALLS rang."""
    made = world.year
    return {
        "seed": world.seed,
        "preset": world.preset,
        "knobs": made.knobs,
        "boom": {"sector": world.boom[0], "from": moment(world.boom[1])},
        "calls": [[one.cause, one.source] for one in made.rings],
        "numbers": {
            one.id: {
                "sources": {source: moment(day) for source, day in sorted(one.planted.items())},
                "recycled": one.recycled,
                "pooled": one.pooled,
                "silent": [moment(day) for day in one.silent or ()],
            }
            for one in made.numbers
        },
        "sources": {
            one.id: {
                "public": one.public,
                "first_party": one.caller is not None,
                "declared": len(one.declared),
                "named": one.caller.names_itself if one.caller else None,
                "leaks": [_leak(it) for it in world.leaks if it.source == one.id],
                **_rung(made.rings, one.id),
            }
            for one in made.sources
        },
    }


def _leak(one: Leak) -> dict[str, Any]:
    late = max(one.first_sold - DAYS, 0.0) > 0
    return {
        "at": moment(one.day),
        "first_sold": None if late else moment(one.first_sold),
        "feed": one.feed,
        "buyers": one.sectors,
    }


def _rung(rings: Sequence[Ring], source: str) -> dict[str, Any]:
    """How many of its canaries rang because of its leaks, since when; and its own calls."""
    found = [one for one in rings if one.source == source]
    leaked = [one for one in found if one.cause == "leak"]
    return {
        "leak_calls": len(leaked),
        "leak_canaries": len({one.number.place for one in leaked}),
        "first_leak_call": moment(leaked[0].day) if leaked else None,
        "own_calls": sum(one.cause == "first-party" for one in found),
    }


def _table(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
