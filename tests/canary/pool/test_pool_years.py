"""Three years of a team through the commands: at the end every number is what it should be."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from leaktrace.canary.pool import read_entries
from leaktrace.canary.pool.states import in_order
from leaktrace.case import open_case
from leaktrace.case.chain import chain_faults
from leaktrace.cli.commands import canary
from leaktrace.cli.main import run
from tests.canary.pool.pooldata import HAPPENINGS, PLANTINGS, mobile, number, write
from tests.canary.pool.team import FIRST, LAST, SOURCES, Event, Snapshot, Team

DAYS = sorted(
    {date(year, month, day) for year in (2021, 2022, 2023) for month, day in ((3, 31), (9, 14))}
    | {date(2020, 10, 1), LAST}
)
BEATS, MARKS = {"heartbeat", "missed"}, {"burnt", "retired"}


class Desk:
    """Somebody who types commands and reads the answers."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._case = folder / "case"
        self.files = folder
        assert run(["init", str(self._case)]) == 0
        self.folder = self._case

    def does(self, *arguments: str) -> Any:
        self._capsys.readouterr()
        status = run(["-C", str(self._case), *arguments, "--json"])
        said = self._capsys.readouterr()
        assert status == 0, (arguments[:3], said)
        return json.loads(said.out)

    def imports(self, command: str, name: str, lines: list[Any], header: Any = None) -> None:
        if not lines:
            return
        encoding = random.Random(name).choice(["utf-8-sig", "gb18030"])
        more = {"header": header} if header else {}
        path = write(self.files / f"{name}.csv", *lines, encoding=encoding, **more)
        said = self.does(*command.split(), str(path))
        assert said["added"] == len(lines), (name, said)


@pytest.fixture
def desk(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    # The commands are built once: that takes longer than all else.
    monkeypatch.setattr(canary, "command", cache(canary.command))
    return Desk(tmp_path, capsys)


def test_three_years_of_a_team(desk: Desk) -> None:
    team = Team(seed=20)
    team.live(set(DAYS))
    _check_that_enough_happens(team)
    _type_it_in(desk, team)
    for day in DAYS:
        _compare_states(desk, team.truth[day], day)
    _compare_histories(desk, team)
    _compare_duties(desk, team)


def _check_that_enough_happens(team: Team) -> None:
    assert (len(team.numbers), len({source for _c, source, _d, _n in team.plantings} - {""})) == (
        500,
        SOURCES,
    )
    assert sum(not source for _c, source, _d, _n in team.plantings) == 60
    codes = Counter(one.code for day in DAYS for one in team.truth[day].values())
    assert set(codes) == {
        "quarantined", "free", "planted", "control", "silent", "burnt", "resting", "returned",
    }  # fmt: skip
    reasons = Counter(r for day in DAYS for one in team.truth[day].values() for r in one.reasons)
    assert min(reasons.values()) >= 5 and len(reasons) == 4
    whats = Counter(event.what for event in team.events)
    assert min(whats.values()) >= 5 and len(whats) == 11, whats


def _type_it_in(desk: Desk, team: Team) -> None:
    lines = [(f"S{one:03}", f"source {one}", "agency", "100000") for one in range(SOURCES)]
    desk.imports("source import", "sources", lines, ("id", "name", "kind", "population"))
    halves: dict[str, list[Event]] = defaultdict(list)
    for event in team.events:
        late = 1 if int(event.number[1:]) % 7 == 0 and event.what == "heartbeat" else 0
        halves[_half(event.day, late)].append(event)
    for half in sorted({*halves, *map(_half, _days(team))}):
        _type_in_numbers(desk, team, half)
        planted = [one for one in team.plantings if _half(one[2]) == half]
        _type_in_happenings(desk, half, halves[half], before=True)
        desk.imports(
            "canary import",
            f"plantings{half}",
            [(c, s, day.isoformat(), _mobile(n), f"人{c}") for c, s, day, n in planted],
            PLANTINGS,
        )
        _type_in_happenings(desk, half, halves[half], before=False)
        for day, heir, ids in team.hands:
            if _half(day) == half:
                said = desk.does("canary", "hand", *ids, "--to", heir, "--at", day.isoformat())
                assert said == {"added": len(ids), "unchanged": 0}


def _type_in_numbers(desk: Desk, team: Team, half: str) -> None:
    # As the table was written then: what the numbers have become since is no part of it.
    lines = [
        number(
            one.id,
            _mobile(one.id),
            custodian=team.began[one.id].custodian,
            acquired_at=one.acquired.isoformat(),
            contract_end=_iso(team.began[one.id].contract_end),
            topup_due=_iso(team.began[one.id].topup_due),
        )
        for one in team.numbers.values()
        if _half(one.acquired) == half
    ]
    desk.imports("canary pool import", f"numbers{half}", lines)


def _type_in_happenings(desk: Desk, half: str, events: list[Event], *, before: bool) -> None:
    """What puts a number aside comes before its next planting is typed in, the rest after it."""
    asked = [one for one in events if (one.what in ("resting", "freed", "called")) == before]
    random.Random(half).shuffle(asked)
    beats = [one for one in asked if one.what in BEATS]
    lines = [(one.number, one.day.isoformat(), one.what, "", "", "", "") for one in beats]
    desk.imports("canary heartbeat --from", f"beats{half}{before}", lines, HAPPENINGS)
    for one in (one for one in asked if one.what in MARKS):
        verb = ["burn", "--yes"] if one.what == "burnt" else ["retire"]
        desk.does("canary", *verb, one.more, "--why", "x", "--at", one.day.isoformat())
    rest = [one for one in asked if one.what not in BEATS | MARKS]
    lines = [(one.number, one.day.isoformat(), one.what, "", one.more, "", "") for one in rest]
    desk.imports("canary pool log", f"log{half}{before}", lines, HAPPENINGS)


def _compare_states(desk: Desk, truth: dict[str, Snapshot], day: date) -> None:
    said = desk.does("canary", "pool", "list", "--at", day.isoformat())["numbers"]
    assert [one["id"] for one in said] == sorted(truth)
    for one in said:
        true = truth[one["id"]]
        found = (one["state"], one["custodian"], one["contract_end"], one["topup_due"])
        wanted = (true.code, true.custodian, _none(true.contract_end), _none(true.topup_due))
        assert found == wanted, (day, one, true)
        if true.code == "silent":
            assert one["reason"] in true.reasons, (day, one, true)
        else:
            assert one["since"] == _none(true.since), (day, one, true)


def _compare_histories(desk: Desk, team: Team) -> None:
    with open_case(desk.folder) as case:
        entries = read_entries(case.ledger, case.sealer)
        assert chain_faults(case.ledger, case.key) == []
    for entry in entries:
        found = [(one.what, one.at.text) for one in in_order(entry.history)]
        story = team.numbers[entry.number.id].story
        assert found == [(what, day.isoformat()) for what, day in story], entry.number.id
    for id_ in ("N000", "N123", "N499"):
        said = desk.does("canary", "pool", "show", id_)
        assert [one["what"] for one in said["history"]] == [
            what for what, _day in team.numbers[id_].story
        ]
        assert _mobile(id_) not in json.dumps(said)


def _days(team: Team) -> list[date]:
    return [FIRST, *(one.acquired for one in team.numbers.values())]


def _compare_duties(desk: Desk, team: Team) -> None:
    said = desk.does("canary", "due", "--at", LAST.isoformat(), "--within", "0")["due"]
    found: dict[str, set[str]] = {one: set() for one in team.numbers}
    for one in said:
        assert one["custodian"] == team.numbers[one["number"]].custodian
        found[one["number"]].add(one["what"])
    assert found == {one.id: one.duties(LAST) for one in team.numbers.values()}
    assert {what for whats in found.values() for what in whats} >= {"heartbeat", "contract-end"}


def _half(day: date, later: int = 0) -> str:
    count = day.year * 2 + (day.month - 1) // 6 + later
    return f"{count // 2}H{count % 2 + 1}"


def _mobile(id_: str) -> str:
    return mobile(int(id_[1:]))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _none(day: date | None) -> str | None:
    return day.isoformat() if day else None
