"""What a holder writes beside a number: names and homes that all have right, and its own facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import NO_DAY, UInt32, UInt64
from leaktrace.fingerprint.heldcells import CellColumn, HeldCells
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser

Ints = npt.NDArray[np.int64]
HEADERS = ("姓名", "住址", "日期", "金额")
_TOKENISER = Tokeniser(Key(bytes(range(32))))
_ESTATES = ("望江苑", "北辰府", "桂语山居", "听涛雅筑", "玺悦台", "春晓花园")
_HOMES = ("{e}{b}幢{r}", "{e}{b}栋{r}室", "{e} {b}-{r}", "江城市{e}{b}号楼{r}")
_NAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "一丁之乐书亦仁仪任佑佳依俊信元光"
BLANK = -1  # a style in which the holder has nothing but numbers


@dataclass(frozen=True)
class Facts:
    """Rows of a list.

    Attributes
    ----------
    people : int64[n]
        Places in the town, from which names and homes follow.
    days : int64[n]
        Registered on (days since 1970-01-01).
    amounts : int64[n]
        What only this holder knows.
    style : int64[n]
        How it lays homes out.
    """

    people: Ints
    days: Ints
    amounts: Ints
    style: Ints

    @classmethod
    def drawn(cls, rng: np.random.Generator, people: Ints, days: Ints) -> Facts:
        """A holder's own facts about people."""
        style = np.full(len(people), rng.integers(len(_HOMES)))
        return cls(people, days, rng.integers(800, 5_000, len(people)) * 1_000, style)

    @classmethod
    def of_all(cls, parts: Sequence[Facts]) -> Facts:
        """Rows of several lists in one."""
        return cls(
            np.concatenate([one.people for one in parts]),
            np.concatenate([one.days for one in parts]),
            np.concatenate([one.amounts for one in parts]),
            np.concatenate([one.style for one in parts]),
        )

    def joined(self, more: Facts) -> Facts:
        """These, then more."""
        return Facts.of_all((self, more))

    def taken(self, places: Ints) -> Facts:
        """Some of the rows."""
        return Facts(
            self.people[places], self.days[places], self.amounts[places], self.style[places]
        )

    def without_cells(self) -> Facts:
        """The same with nothing written beside the numbers."""
        size = len(self.people)
        return Facts(self.people, np.full(size, NO_DAY), self.amounts, np.full(size, BLANK))


def cells_of(facts: Facts, numbers: Ints) -> HeldCells:
    """The cells, in the order of ``held_list``: that of the people's numbers."""
    facts = facts.taken(np.argsort(numbers[facts.people], kind="stable"))
    pairs = [_TOKENISER.cell_pairs(texts) for texts in _texts(facts)]
    raw = np.column_stack([one[0] for one in pairs])
    normal = np.column_stack([one[1] for one in pairs])

    def fetch(chosen: UInt32) -> tuple[UInt64, UInt64]:
        return raw[chosen], normal[chosen]

    columns = tuple(CellColumn(0, at, one, at == 0) for at, one in enumerate(HEADERS))
    return HeldCells(columns, 2, fetch)


def _texts(facts: Facts) -> tuple[list[str], list[str], list[str], list[str]]:
    people, style = facts.people.tolist(), facts.style.tolist()
    names = [_NAMES[p % 12] + _GIVEN[p // 12 % 16] + _GIVEN[p // 192 % 16] for p in people]
    homes = [
        _HOMES[s].format(e=_ESTATES[p % 6], b=p // 6 % 30 + 1, r=(p // 180 % 30 + 1) * 100 + p % 4)
        for p, s in zip(people, style, strict=True)
    ]
    days = [str(one) for one in facts.days.astype("datetime64[D]")]
    amounts = [str(one) for one in facts.amounts.tolist()]
    empty = facts.style == BLANK
    return tuple(  # type: ignore[return-value]
        ["" if gone else text for gone, text in zip(empty.tolist(), texts, strict=True)]
        for texts in (names, homes, days, amounts)
    )
