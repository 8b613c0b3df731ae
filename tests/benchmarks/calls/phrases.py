"""The phrases that made-up scripts are put together from: zh.json and en.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

Generator = np.random.Generator
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A language's phrases.

    ``frames`` are the sentences of all trades, with slots for the words of the script (``words``,
    and those of its trade) and of the call (``fill`` gives them).
    """

    greetings: Words
    frames: Words
    amounts: Words
    closings: Words
    words: Mapping[str, Words]
    trades: tuple[Mapping[str, Words], ...]
    fill: Callable[[str, Generator], str]
    between: str


COMMON = (
    "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行"
    "过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从知使全民其中"
    "新样它长理它位让活期式题打车百万钱房电话给您号先元比利银价款保费单合员工司网"
)
"""What speech-to-text may write instead of a Chinese character."""

_ZH_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_ZH_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
_ZH_NUMERALS = "零一二三四五六七八九"
_EN_SURNAMES = [
    "Smith",
    "Johnson",
    "Brown",
    "Taylor",
    "Walker",
    "Wright",
    "Green",
    "Baker",
    "Clarke",
    "Young",
]
_EN_GIVEN = ["Anna", "Ben", "Chris", "Dana", "Emma", "Frank", "Grace", "Harry", "Iris", "Jack"]


@cache
def book(language: str) -> Book:
    """The phrases of ``zh`` or ``en``."""
    told = json.loads(Path(__file__).with_name(f"{language}.json").read_text(encoding="utf-8"))
    fill, between = (_zh_fill, "，") if language == "zh" else (_en_fill, " ")
    return Book(**told, fill=fill, between=between)


def _zh_fill(slot: str, rng: Generator) -> str:
    if slot == "name":
        return _of(_ZH_SURNAMES, rng) + _of(("先生", "女士", "小姐", "总"), rng)
    if slot == "agent":
        return "小" + _of(_ZH_GIVEN, rng)
    value = int(rng.integers(2, 10) * 10 ** int(rng.integers(1, 4)) + rng.integers(10))
    return _zh_number(value) if rng.random() < 0.5 else str(value)


def _zh_number(value: int) -> str:
    units = ("", "十", "百", "千")
    digits = str(value)
    return "".join(
        _ZH_NUMERALS[int(digit)] + units[len(digits) - 1 - at]
        for at, digit in enumerate(digits)
        if digit != "0"
    )


def _en_fill(slot: str, rng: Generator) -> str:
    if slot == "name":
        return _of(("Mr ", "Mrs ", "Ms ", ""), rng) + _of(_EN_SURNAMES, rng)
    if slot == "agent":
        return _of(_EN_GIVEN, rng)
    return f"{int(rng.integers(2, 100)) * 10 ** int(rng.integers(1, 4)):,}"


def _of(words: str | tuple[str, ...] | list[str], rng: Generator) -> str:
    return words[int(rng.integers(len(words)))]
