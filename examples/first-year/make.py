"""Make the tables and lists of this folder anew: ``python examples/first-year/make.py``.

Everybody in them is made up; names and numbers are drawn as ``leaktrace simulate`` draws them. The
sheet is the one that the README's plan asks for. The same program gives the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from leaktrace.canary.planning import (
    Assumed,
    LeakAssumed,
    Means,
    PlannedPlanting,
    PlannedSource,
    make_plan,
    plan_lines,
)
from leaktrace.canary.planning.lawful import lawful_reason
from leaktrace.canary.planning.sheet import COLUMNS, SheetRow, SheetSource, sheet_rows
from leaktrace.case.records import Source
from leaktrace.identifiers.segments import REGIONS, carrier_of, region_of
from leaktrace.simulate.numbers import draw_mobiles, draw_space
from leaktrace.simulate.tables import GIVEN, SURNAMES

SEED = 20250106
SOURCES = (
    ("S01", "山湾花园看房登记", "property-viewing", 2400),
    ("S02", "恒居房产中介", "agency", 1800),
    ("S03", "明齿口腔", "dental", 1500),
    ("S04", "树人教育", "education", 2000),
    ("S05", "速通快递", "logistics", 3000),
    ("S06", "安顺人寿", "life-insurance", 2600),
)
NUMBERS = [f"N{place + 1:02}" for place in range(60)]
EARLY, LEAKED, CAUGHT = "N60", "S04", 4
CARRIERS = ("", "中国移动", "中国联通", "中国电信")
COURSES = ("数学", "英语", "物理", "作文")
GOT, PLANTED, FIRST_TEST = date(2025, 1, 6), date(2025, 4, 15), date(2025, 4, 7)
TESTS = [date(2025, month, 12) for month in range(5, 12)]
DEAD_SINCE = date(2025, 9, 1)
PLANTERS = ("Wang Jing", "Li Min")


def main(folder: Path) -> None:
    """Write all files into ``folder``."""
    rng = np.random.default_rng(SEED)
    people = _people(rng, 1_400)
    own = dict(zip(NUMBERS, (mobile for _name, mobile in people), strict=False))
    sheet = _sheet(own)
    _write(folder / "SOURCES.csv", ("id", "name", "kind", "population"), SOURCES)
    _write_numbers(folder / "NUMBERS.csv", own)
    _write_quarantine(folder / "QUARANTINE.csv")
    strangers = people[len(NUMBERS) :]
    # Whoever had the last number before is still in somebody's list.
    march = [*strangers[:299], (strangers[299][0], own[EARLY])]
    _write(folder / "march.csv", ("姓名", "手机号"), _mixed(rng, march))
    _write(folder / "SHEET.csv", COLUMNS, [_filled(row) for row in sheet])
    dead = next(row.number_id for row in sheet if row.source == "S02")
    _write_tests(folder / "HEARTBEATS.csv", dead)
    pupils = [
        (row.persona.name, row.value) for row in sheet if row.source == LEAKED and row.persona
    ]
    rows = _mixed(rng, [*strangers[300 : 1_300 - CAUGHT], *pupils[:CAUGHT]])
    sold = [(*row, COURSES[place % len(COURSES)]) for place, row in enumerate(rows)]
    _write(folder / "november.csv", ("家长姓名", "手机号", "意向课程"), sold)


def _people(rng: np.random.Generator, count: int) -> list[tuple[str, str]]:
    space = draw_space(rng, 1, (40, 60))
    carrier = rng.choice(np.array([1, 2, 3], np.uint8), count)
    mobiles = draw_mobiles(rng, space, np.zeros(count, np.uint8), carrier)
    surnames = rng.integers(0, len(SURNAMES), count).tolist()
    given = rng.integers(0, len(GIVEN), count).tolist()
    names = [SURNAMES[one] + GIVEN[two] for one, two in zip(surnames, given, strict=True)]
    return list(zip(names, map(str, mobiles.tolist()), strict=True))


def _mixed(rng: np.random.Generator, people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [people[place] for place in rng.permutation(len(people)).tolist()]


def _sheet(own: dict[str, str]) -> tuple[SheetRow, ...]:
    """What ``leaktrace canary plan --leaks 1 --rows 1000 --controls 4`` and ``sheet`` give."""
    sources = [
        PlannedSource(
            one, name, kind, people, lawful=lawful_reason(Source(one, name, kind, people))
        )
        for one, name, kind, people in SOURCES
    ]
    means = Means(tuple(one for one in NUMBERS if one != EARLY), controls=4)
    lines: tuple[PlannedPlanting, ...] = plan_lines(
        make_plan(sources, means, assumed=Assumed(leaks=1), leak=LeakAssumed(rows=1_250))
    )
    known = {one.id: SheetSource(one.name, one.kind, one.lawful) for one in sources}
    return sheet_rows(lines, seed=SEED, sources=known, values=own)


def _filled(row: SheetRow) -> Sequence[str]:
    """A line as it comes back: planted, unless only a true registrant could."""
    cells = list(row.cells())
    if not row.lawful:
        at = int(row.source[1:]) - 1
        day = PLANTED + timedelta(days=at)
        cells[-3:] = [day.isoformat(), PLANTERS[at % len(PLANTERS)], "Zhou Lan"]
    return cells


def _write_numbers(path: Path, own: dict[str, str]) -> None:
    header = ["number_id", "value", "custodian", "carrier", "region"]
    header += ["acquired_at", "topup_due", "cost"]
    mobiles = np.array([int(one) for one in own.values()], np.uint64)
    carriers, regions = carrier_of(mobiles), region_of(mobiles)
    rows = [
        (
            number,
            mobile,
            PLANTERS[place % len(PLANTERS)],
            CARRIERS[carriers[place]],
            REGIONS[regions[place]],
            GOT.isoformat(),
            "2025-10-31" if place < 6 else "",
            "8",
        )
        for place, (number, mobile) in enumerate(own.items())
    ]
    _write(path, header, rows)


def _write_quarantine(path: Path) -> None:
    calls = [
        ("N07", "2025-01-20", "called", "asked for the former owner's parcel"),
        (EARLY, "2025-02-14", "called", "a loan for the former owner"),
    ]
    tests = [(number, FIRST_TEST.isoformat(), "heartbeat", "") for number in NUMBERS]
    _write(path, ("number_id", "at", "what", "note"), [*calls, *tests])


def _write_tests(path: Path, dead: str) -> None:
    rows = [
        (number, day.isoformat(), "missed" if number == dead and day > DEAD_SINCE else "heartbeat")
        for day in TESTS
        for number in NUMBERS
        if number != EARLY
    ]
    _write(path, ("number_id", "at", "what"), rows)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])


if __name__ == "__main__":
    main(Path(__file__).parent)
