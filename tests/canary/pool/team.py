"""Three made-up years of a team, and what is then true of each of its numbers.

A plain model, day by day, of what happens to numbers and of what each is on each day. It shares no
code with what it is compared with.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST, LAST = date(2020, 9, 1), date(2023, 12, 31)
QUARANTINE, LIMIT, EVERY = 90, 45, 30
SOURCES, NUMBERS, CONTROLS = 300, 500, 60
ONE = timedelta(days=1)


@dataclass
class Event:
    """What happened to a number on a day; ``more`` is a date or a name that goes with it."""

    number: str
    what: str
    day: date
    more: str = ""


@dataclass
class Kept:
    """A number, and what is true of it now."""

    id: str
    acquired: date
    custodian: str
    contract_end: date | None
    topup_due: date | None
    canary: str = ""
    used: str = "quarantined"
    since: date = FIRST
    heard: date | None = None
    missed: bool = False
    lapsed: bool = False
    burnt: date | None = None
    returned: date | None = None
    next_test: date = FIRST
    acted: date | None = None
    retired: bool = False
    story: list[tuple[str, date]] = field(default_factory=list)

    def reasons_for_silence(self, day: date) -> set[str]:
        reasons = set()
        if self.lapsed:
            reasons.add("lapsed")
        if self.contract_end and day > self.contract_end:
            reasons.add("contract-ended")
        if self.used != "resting" and self.missed:
            reasons.add("missed-heartbeat")
        elif self.used in ("planted", "control"):
            last = max(self.since, self.heard or self.since)
            if (day - last).days >= LIMIT:
                reasons.add("no-heartbeat")
        return reasons

    def state(self, day: date) -> tuple[str, date | None, set[str]]:
        """Its code; since when, unless it is silent; why, if it is."""
        if self.returned:
            return "returned", self.returned, set()
        if self.burnt:
            return "burnt", self.burnt, set()
        reasons = self.reasons_for_silence(day)
        if reasons:
            return "silent", None, reasons
        if self.used == "quarantined" and day >= self.acquired + QUARANTINE * ONE:
            return "free", self.acquired + QUARANTINE * ONE, set()
        return self.used, self.since, set()

    def duties(self, day: date) -> set[str]:
        """What should have been done for it by ``day``."""
        if self.returned:
            return set()
        found = set()
        if self.contract_end and self.contract_end <= day:
            found.add("contract-end")
        if self.topup_due and self.topup_due <= day:
            found.add("topup")
        over = self.lapsed or (self.contract_end is not None and day > self.contract_end)
        if self.burnt or self.used == "resting" or over:
            return found
        fresh = self.heard is not None and (day - self.heard).days < EVERY
        return found if fresh and not self.missed else found | {"heartbeat"}


@dataclass
class Snapshot:
    """What is true of a number at the end of a day."""

    code: str
    since: date | None
    reasons: set[str]
    custodian: str
    contract_end: date | None
    topup_due: date | None


class Team:
    """The team's years, lived day by day."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.people = [f"custodian {one}" for one in range(12)]
        self.numbers: dict[str, Kept] = {}
        self.events: list[Event] = []
        self.plantings: list[tuple[str, str, date, str]] = []  # canary, source, day, number
        self.hands: list[tuple[date, str, list[str]]] = []
        self.began: dict[str, Snapshot] = {}
        self.truth: dict[date, dict[str, Snapshot]] = {}
        self._unplanted = [f"S{one:03}" for one in range(SOURCES)]
        self._controls = CONTROLS

    def live(self, keep: set[date]) -> None:
        """Live through all days; what is true at the end of those in ``keep`` is kept."""
        day = FIRST
        while day <= LAST:
            self._acquire(day)
            if day.day == 15 and day.month in (1, 4, 7, 10):
                self._plant(day)
            if day.day == 20 and day.month in (3, 9):
                self._custodian_leaves(day)
            for one in self.numbers.values():
                self._day_of(one, day)
            if day in keep:
                self.truth[day] = {
                    one.id: self._snapshot(one, day) for one in self.numbers.values()
                }
            day += ONE

    def _snapshot(self, one: Kept, day: date) -> Snapshot:
        code, since, reasons = one.state(day)
        return Snapshot(code, since, reasons, one.custodian, one.contract_end, one.topup_due)

    def _acquire(self, day: date) -> None:
        waves = {FIRST: 350, date(2021, 6, 3): 100, date(2022, 3, 7): 50}
        for _one in range(waves.get(day, 0)):
            id_ = f"N{len(self.numbers):03}"
            contract = self.chance.random() < 0.4
            kept = Kept(
                id_,
                day,
                self.chance.choice(self.people),
                day + self.chance.randint(300, 420) * ONE if contract else None,
                None if contract else day + self.chance.randint(100, 180) * ONE,
                since=day,
                next_test=day + self.chance.randint(5, 30) * ONE,
            )
            kept.story.append(("taken", day))
            kept.acted = day
            self.numbers[id_] = kept
            self.began[id_] = self._snapshot(kept, day)

    def _plant(self, day: date) -> None:
        free = [one for one in self.numbers.values() if one.state(day)[0] == "free"]
        self.chance.shuffle(free)
        for one in free[: max(0, len(free) - 10)]:
            if one.acted == day:
                continue
            control = self._controls > 0 and self.chance.random() < 0.25
            if control:
                self._controls -= 1
                source = ""
            elif self._unplanted:
                source = self._unplanted.pop()
            else:
                source = f"S{self.chance.randrange(SOURCES):03}"
            one.canary = f"C{len(self.plantings):03}"
            self.plantings.append((one.canary, source, day, one.id))
            one.used, one.since, one.acted = "planted" if source else "control", day, day
            one.story.append((one.used, day))

    def _custodian_leaves(self, day: date) -> None:
        leaving = self.chance.choice(self.people)
        self.people.remove(leaving)
        self.people.append(f"custodian {len(self.people) + day.year + day.month}")
        for heir in self.chance.sample(self.people, 2):
            mine = [
                one
                for one in self.numbers.values()
                if one.custodian == leaving and not one.returned and one.acted != day
            ]
            given = mine if heir == self.people[-1] else mine[: len(mine) // 2]
            for one in given:
                one.custodian, one.acted = heir, day
                one.story.append(("handed", day))
            if given:
                self.hands.append((day, heir, [one.id for one in given]))

    def _tell(self, one: Kept, what: str, day: date, more: str = "") -> None:
        self.events.append(Event(one.id, what, day, more))
        one.story.append((what, day))
        one.acted = day

    def _day_of(self, one: Kept, day: date) -> None:
        if one.returned or one.acted == day:
            return
        for act in (self._contract, self._topup, self._fate, self._test):
            act(one, day)
            if one.acted == day:
                return

    def _contract(self, one: Kept, day: date) -> None:
        if one.lapsed and self.chance.random() < 0.03:
            self._extend(one, day)
        if not one.contract_end:
            return
        left = (one.contract_end - day).days
        if self.chance.random() < {6: 0.8, -20: 0.5}.get(left, 0.0):
            self._extend(one, day)
        elif left == -60:
            one.returned = day
            self._tell(one, "returned", day)

    def _extend(self, one: Kept, day: date) -> None:
        one.contract_end, one.lapsed = day + self.chance.randint(300, 420) * ONE, False
        self._tell(one, "extended", day, one.contract_end.isoformat())

    def _topup(self, one: Kept, day: date) -> None:
        if one.topup_due == day:
            one.topup_due = day + 150 * ONE
            self._tell(one, "topup", day, one.topup_due.isoformat())

    def _fate(self, one: Kept, day: date) -> None:
        luck = self.chance.random()
        if one.state(day)[0] == "quarantined" and luck < 0.02:
            self._tell(one, "called", day)
        elif one.used == "planted" and one.burnt is None:
            if luck < 0.00003:
                one.burnt = day
                self._tell(one, "burnt", day, one.canary)
            elif luck < 0.00006:
                one.used, one.since, one.retired = "resting", day, True
                self._tell(one, "retired", day, one.canary)
            elif luck < 0.0004:
                one.used, one.since = "resting", day
                self._tell(one, "resting", day)
            elif luck < 0.0006 and not one.lapsed:
                one.lapsed = True
                self._tell(one, "lapsed", day)
        elif one.used == "resting" and not one.burnt and luck < 0.01 and not one.retired:
            one.used, one.since = "free", day
            self._tell(one, "freed", day)

    def _test(self, one: Kept, day: date) -> None:
        if day < one.next_test or one.used == "resting" or one.burnt:
            return
        luck = self.chance.random()
        if luck < 0.02:  # forgotten
            one.next_test = day + 50 * ONE
        elif luck < 0.06 or "contract-ended" in one.reasons_for_silence(day) or one.lapsed:
            one.missed, one.next_test = True, day + 4 * ONE
            self._tell(one, "missed", day)
        else:
            one.missed, one.heard, one.next_test = False, day, day + EVERY * ONE
            self._tell(one, "heartbeat", day)
