"""Made-up cases by other means than the simulator's: other columns, other layouts, other noise.

English headers; addresses in one column or over three; facts that every holder has right (an area,
a birthday) beside amounts that are jittered, rounded or the same at all; dates a few days apart;
half the sellers retype, with typing errors, other formats and fewer columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.samples import ReferenceSet
from leaktrace.attribution.versions.compared import versions_of
from leaktrace.attribution.versions.holders import HolderCells, laws_of
from leaktrace.attribution.versions.ratio import VersionEvidence
from leaktrace.fingerprint.held import UInt32, UInt64
from leaktrace.fingerprint.heldcells import CellColumn, HeldCells
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.lookup import match_people
from leaktrace.fingerprint.tokens import Tokeniser
from tests.attribution.made_case import held_list

Texts = dict[str, list[str]]
Ints = npt.NDArray[np.int64]
TOKENISER = Tokeniser(Key(bytes(range(32))))
HEADERS = {
    "name": ("Client", "Full name", "姓名"), "address": ("Address", "Home", "住址"),
    "estate": ("Estate", "小区"), "building": ("Building", "楼栋"), "room": ("Room", "房号"),
    "price": ("Deal value", "Price", "总价"), "visited": ("Visited on", "Date", "到访日期"),
    "city": ("City", "城市"), "area": ("Area", "面积"), "born": ("Birthday", "出生日期"),
    "agent": ("Agent", "顾问"), "note": ("Notes", "备注"),
}  # fmt: skip
_DATES: tuple[Callable[[np.datetime64], str], ...] = (
    lambda day: str(day),
    lambda day: str(day).replace("-", "/"),
    lambda day: str(day).replace("-", ""),
    lambda day: f"{str(day)[:4]}年{int(str(day)[5:7])}月{int(str(day)[8:])}日",
    lambda day: f"{day} {int(str(day)[-2:]) % 12 + 8:02d}:30",
)
_AMOUNTS: tuple[Callable[[float], str], ...] = (
    lambda amount: f"{amount:.0f}",
    lambda amount: f"{amount:,.2f}",
    lambda amount: f"{amount / 10_000:.2f}万",
    lambda amount: f"¥{amount:.1f}",
)
_ADDRESSES: tuple[Callable[[str, int, int], str], ...] = (
    lambda estate, building, room: f"{estate}{building}幢{room}",
    lambda estate, building, room: f"{estate} {building}-{room}",
    lambda estate, building, room: f"江城市{estate}{building}号楼1单元{room}室",
    lambda estate, building, room: f"{estate}第{building}栋{room}房",
)
_ESTATES = ("望江苑", "北辰府", "桂语山居", "听涛雅筑", "玺悦台", "春晓花园", "Riverside里")
_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "一丁之乐书亦仁仪任佑佳依俊信倩偲元光克全冰冲凌凡利劲"


@dataclass
class Holder:
    """Who registered whom, and how it writes: texts of each of its people by column."""

    people: Ints
    texts: Texts
    referenced: bool


@dataclass
class Batch:
    """A leaked list: people in its order, their texts, and the share of each holder."""

    people: Ints
    texts: Texts
    shares: dict[int, float]
    retyped: bool


@dataclass
class Outsider:
    """One made-up case; everything is drawn from ``seed``."""

    seed: int
    holders: list[Holder] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)
        self._facts()
        for place in range(6):
            self.holders.append(self._holder(place))
        for place in range(14):
            self.batches.append(self._batch(place))

    def _facts(self) -> None:
        rng, count = self._rng, 4_000
        self._name = rng.integers(0, len(_NAMES) * len(_GIVEN) ** 2, count)
        self._estate = rng.integers(0, len(_ESTATES), count)
        self._building = rng.integers(1, 30, count)
        self._room = rng.integers(1, 25, count) * 100 + rng.integers(1, 5, count)
        self._price = np.round(np.exp(rng.normal(14.0, 0.4, count)), -3)
        self._visited = rng.integers(19_000, 20_500, count)
        self._born = rng.integers(-7_000, 12_000, count)
        self._area = np.round(rng.normal(95, 20, count), 1)
        self._same_price = bool(rng.random() < 0.2)

    def _holder(self, place: int) -> Holder:
        """The first four gave lists; the fifth is the unseen twin of the first."""
        rng = self._rng
        if place == 4:
            first = self.holders[0].people
            people = first[rng.random(len(first)) < 0.93]
        else:
            start = int(rng.integers(0, 2_200))
            pool = rng.permutation(np.arange(start, start + 1_800))
            people = np.sort(pool[: int(rng.integers(700, 1_500))])
        return Holder(people, self._texts(people), place < 4)

    def _texts(self, people: Ints) -> Texts:
        rng = self._rng
        split = rng.random() < 0.4
        columns = [one for one in HEADERS if rng.random() < 0.55]
        columns = [one for one in columns if one not in ("address", "estate", "building", "room")]
        if rng.random() < 0.75:
            columns += ["estate", "building", "room"] if split else ["address"]
        columns += [] if "name" in columns or rng.random() < 0.2 else ["name"]
        wrong, misspelt = rng.uniform(0.02, 0.2), rng.uniform(0.0, 0.06)
        moved = rng.random(len(people)) < wrong
        room = self._room[people] + np.where(moved, rng.integers(1, 9, len(people)) * 100, 0)
        building = self._building[people]
        estates = [_ESTATES[one] for one in self._estate[people]]
        lag = rng.geometric(1 / rng.uniform(1.5, 20), len(people)) - 1
        jitter = rng.normal(1, rng.uniform(0.005, 0.05), len(people))
        price = self._price[people] * (1.0 if self._same_price else jitter)
        price = np.round(price, -int(rng.integers(2, 4)))
        rooms, buildings = room.tolist(), building.tolist()
        write = _ADDRESSES[rng.integers(len(_ADDRESSES))]
        words = ("回访", "有意向", "再联系", "price too high", "")
        made: Texts = {
            "name": self._spelt(people, misspelt),
            "address": [write(*one) for one in zip(estates, buildings, rooms, strict=True)],
            "estate": estates,
            "building": [f"{one}幢" if split else str(one) for one in buildings],
            "room": [str(one) for one in rooms],
            "price": self._amounts(price),
            "visited": self._dates(self._visited[people] + lag),
            "city": ["江城" if one % 9 else "海城" for one in people.tolist()],
            "area": [f"{one:.1f}" for one in self._area[people]],
            "born": self._dates(self._born[people]),
            "agent": [f"顾问{one}" for one in rng.integers(0, 12, len(people)).tolist()],
            "note": [words[one] for one in rng.integers(0, len(words), len(people)).tolist()],
        }
        return {one: made[one] for one in sorted(set(columns))}

    def _spelt(self, people: Ints, misspelt: float) -> list[str]:
        rng, size = self._rng, len(_GIVEN)
        codes = self._name[people] + (rng.random(len(people)) < misspelt)
        return [
            _NAMES[one // size**2 % len(_NAMES)] + _GIVEN[one // size % size] + _GIVEN[one % size]
            for one in codes.tolist()
        ]

    def _dates(self, days: Ints) -> list[str]:
        write = _DATES[self._rng.integers(len(_DATES))]
        return [write(day) for day in days.astype("datetime64[D]")]

    def _amounts(self, amounts: npt.NDArray[np.float64]) -> list[str]:
        write = _AMOUNTS[self._rng.integers(len(_AMOUNTS))]
        return [write(one) for one in amounts.tolist()]

    def _batch(self, place: int) -> Batch:
        rng = self._rng
        first = (place if place < 4 else 4 if place < 8 else int(rng.integers(6))) % 6
        second = int(rng.integers(6)) if place >= 9 else first
        parts = []
        shares: dict[int, float] = {}
        for holder, share in ((first, 0.6), (second, 0.4)):
            own = self.holders[holder].people
            size = int(min(len(own), rng.integers(250, 700)) * share)
            rows = np.sort(rng.choice(len(own), size, replace=False))
            parts.append((holder, rows))
            shares[holder] = shares.get(holder, 0.0) + size
        return self._packed(parts, shares, place)

    def _packed(
        self, parts: Sequence[tuple[int, Ints]], sizes: dict[int, float], place: int
    ) -> Batch:
        rng = self._rng
        columns = [one for one in self.holders[parts[0][0]].texts if rng.random() < 0.85]
        people: list[int] = []
        texts: Texts = {one: [] for one in columns}
        known: set[int] = set()
        for holder, rows in parts:
            own = self.holders[holder]
            for row in rows.tolist():
                if int(own.people[row]) not in known:
                    known.add(int(own.people[row]))
                    people.append(int(own.people[row]))
                    for one in columns:
                        texts[one].append(own.texts[one][row] if one in own.texts else "")
        retyped = place % 2 == 1
        if retyped:
            texts = {one: self._retyped(one, cells) for one, cells in texts.items()}
        total = sum(sizes.values())
        shares = {holder: size / total for holder, size in sizes.items()}
        return Batch(np.array(people), texts, shares, retyped)

    def _retyped(self, column: str, cells: list[str]) -> list[str]:
        """Another format, one cell in forty mistyped."""
        rng = self._rng
        marks = str(rng.choice(["-", "/", "."]))
        found = []
        for cell in cells:
            if column in ("visited", "born") and len(cell) >= 10 and cell[4] in "-/":
                cell = cell[:10].replace("-", marks).replace("/", marks)
            if column == "price" and cell.isdigit():
                cell = f"{int(cell):,}"
            if cell and rng.random() < 0.025:
                spot = int(rng.integers(len(cell)))
                cell = cell[:spot] + str(rng.integers(10)) + cell[spot + 1 :]
            found.append(cell)
        return found

    def evidence(self) -> list[tuple[int, int, float, float, VersionEvidence]]:
        """(batch, source, the source's true share, its apparent share, evidence) of every pair."""
        given = {f"S{at}": one for at, one in enumerate(self.holders) if one.referenced}
        held = {name: held_list(one.people.tolist()) for name, one in given.items()}
        cells = {name: self._held(one.people, one.texts) for name, one in given.items()}
        holders = HolderCells(ReferenceSet(held), cells)
        laws = laws_of(holders)
        found = []
        for at, batch in enumerate(self.batches):
            list_ = held_list(batch.people.tolist())
            members = {name: match_people(list_, one) for name, one in held.items()}
            made = versions_of(
                self._held(batch.people, batch.texts), members, np.ones(len(batch.people), bool),
                dict.fromkeys(held, 1.0), holders, laws, 0.004, names=True,
            )  # fmt: skip
            for name, one in sorted(made.items()):
                share = batch.shares.get(int(name[1:]), 0.0)
                found.append((at, int(name[1:]), share, one.people / len(batch.people), one))
        return found

    def _held(self, people: Ints, texts: Texts) -> HeldCells:
        """Cells in the order of :func:`held_list`, which is that of the people's numbers."""
        order = np.argsort(people, kind="stable")
        columns = sorted(texts)
        pairs = [TOKENISER.cell_pairs([texts[one][at] for at in order]) for one in columns]
        size = len(people)
        raw = np.column_stack([pair[0] for pair in pairs] or [np.zeros((size, 0), np.uint64)])
        normal = np.column_stack([pair[1] for pair in pairs] or [np.zeros((size, 0), np.uint64)])

        def fetch(chosen: UInt32) -> tuple[UInt64, UInt64]:
            return raw[chosen], normal[chosen]

        named = [HEADERS[one][len(texts[one]) % len(HEADERS[one])] for one in columns]
        return HeldCells(
            tuple(
                CellColumn(0, at, header, one == "name")
                for at, (one, header) in enumerate(zip(columns, named, strict=True))
            ),
            2,
            fetch,
        )
