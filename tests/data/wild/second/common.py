"""Made-up people and exact book-keeping for the lists of this folder."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tests.data.wild.second.words import (
    AREAS,
    CITIES,
    GIVEN,
    MAIL_HOSTS,
    PREFIXES,
    REGIONS,
    ROADS,
    SURNAMES,
    WORDS,
)

Item = TypeVar("Item")
Truth = dict[str, Any]
Built = tuple[str, Truth]

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ALL_CHARS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"

# One stream of chance runs through all twenty lists; STARTS holds where each list takes it up.
CHANCE = random.Random(20261125)
USED: set[str] = set()
STARTS: list[tuple[Any, frozenset[str]]] = [(CHANCE.getstate(), frozenset())]


def take_up(number: int) -> None:
    """Set the stream to where list ``number`` (from 1) begins."""
    state, used = STARTS[number - 1]
    CHANCE.setstate(state)
    USED.clear()
    USED.update(used)


def lay_down(number: int) -> None:
    """Remember where the list after ``number`` begins."""
    if len(STARTS) == number:
        STARTS.append((CHANCE.getstate(), frozenset(USED)))


def pick(items: Sequence[Item]) -> Item:
    return CHANCE.choice(items)


def digits(count: int) -> str:
    return "".join(pick("0123456789") for _ in range(count))


def unique(draw: Callable[[], str]) -> str:
    while True:
        value = draw()
        if value not in USED:
            USED.add(value)
            return value


def bare_mobile() -> str:
    while True:
        number = unique(lambda: pick(PREFIXES) + digits(8))
        if len(set(number[3:])) > 3:
            return number


def name() -> str:
    return pick(SURNAMES) + "".join(pick(GIVEN) for _ in range(pick([1, 2, 2, 2])))


def lady() -> str:
    return pick(SURNAMES) + pick(["女士", "小姐", "姐"])


def birthday(first: int = 1955, last: int = 2003) -> dt.date:
    return dt.date(CHANCE.randint(first, last), 1, 1) + dt.timedelta(CHANCE.randint(0, 364))


def check_digit(body: str) -> str:
    """The 18th character of an identity number."""
    total = sum(int(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def bare_id18(first: int = 1955, last: int = 2003) -> str:
    def draw() -> str:
        body = f"{pick(REGIONS)}{birthday(first, last):%Y%m%d}{CHANCE.randint(1, 999):03d}"
        return body + check_digit(body)

    return unique(draw)


def _uscc() -> str:
    if CHANCE.random() < 0.6:
        letters = "ABCDEFGHJKLMNPQRTUWXY0123456789"
        org = "MA" + pick("345") + "".join(pick(letters) for _ in range(5))
    else:
        org = digits(8)
    total = sum(ALL_CHARS.index(c) * w for c, w in zip(org, ORG_WEIGHTS, strict=True))
    org += "0123456789X0"[11 - total % 11]
    body = "91" + pick(["440300", "440101", "430100", "330100", "110105", "310115"]) + org
    sums = sum(USCC_CHARS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + USCC_CHARS[(31 - sums % 31) % 31]


def _email() -> str:
    if pick([True, False]):
        return f"{CHANCE.randint(1, 9)}{digits(CHANCE.randint(7, 9))}@qq.com"
    return f"{pick(WORDS)}{pick(['', '_', '.'])}{pick(WORDS)}{digits(3)}@{pick(MAIL_HOSTS)}"


def _plate() -> str:
    if CHANCE.random() < 0.12:
        return "粤B" + pick("DF") + digits(5)
    place = pick("粤粤粤湘浙沪京苏闽川")
    head = place + pick("ABCDE" if place in "粤湘浙苏闽川" else "ABCEF")
    form = pick([0, 1, 2])
    if form == 0:
        return head + digits(5)
    if form == 1:
        return head + pick(PLATE_LETTERS) + digits(4)
    return head + digits(2) + pick(PLATE_LETTERS) + digits(2)


def _foreign() -> str:
    form = pick(["+852 ", "+853 6", "+65 "])
    first = {"+852 ": "569", "+65 ": "89"}.get(form)
    return f"{form}{pick(first) if first else ''}{digits(3)} {digits(4)}"


def bank_card() -> str:
    return "62" + pick(["2202", "1700", "2848", "2588"]) + digits(13)


def address() -> str:
    street = f"{''.join(pick(CITIES))}{pick(ROADS)}{CHANCE.randint(1, 399)}号"
    block = f"{CHANCE.randint(1, 20)}栋{CHANCE.randint(101, 3204)}"
    garden = f"某某花园{CHANCE.randint(1, 9)}座{CHANCE.randint(101, 2908)}室"
    return street + pick(["", block, garden])


def moment(year: int = 2023) -> dt.datetime:
    return dt.datetime(year, 1, 1) + dt.timedelta(seconds=CHANCE.randint(0, 360 * 86400))


def qq_number() -> str:
    return pick("123456789") + digits(8)


def firm() -> str:
    town = pick(["深圳市", "广州", "长沙", "杭州", "北京", "上海"])
    word = pick("鑫恒瑞博腾华佳宏") + pick("达源泰盛通美创信")
    trade = pick(["科技", "贸易", "商贸", "实业", "物流", "电子", "建材", "餐饮管理"])
    return f"{town}{word}{trade}有限公司"


def hexes(count: int) -> str:
    while True:
        text = "".join(pick("0123456789abcdef") for _ in range(count))
        if not re.search(r"\d{9,}", text):
            return text


def spaced(number: str) -> str:
    return f"{number[:3]} {number[3:7]} {number[7:]}"


def dashed(number: str) -> str:
    return f"{number[:3]}-{number[3:7]}-{number[7:]}"


def wide(number: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in number)


def masked(number: str) -> str:
    return f"{number[:3]}****{number[7:]}"


class Maker:
    """Counts what is put into the list."""

    def __init__(self) -> None:
        self.put_in: dict[str, set[str]] = {}

    def put(self, kind: str, written: str) -> str:
        """Count one identifier, as written."""
        self.put_in.setdefault(kind, set()).add(written)
        return written

    def mobile(self) -> str:
        return self.put("mobile", bare_mobile())

    def id18(self, first: int = 1955, last: int = 2003) -> str:
        return self.put("id_number", bare_id18(first, last))

    def id15(self) -> str:
        def draw() -> str:
            return f"{pick(REGIONS)}{birthday(1945, 1980):%y%m%d}{CHANCE.randint(1, 999):03d}"

        return self.put("id_number", unique(draw))

    def wrong_id(self) -> str:
        number = bare_id18()
        others = [c for c in "0123456789" if c != number[17]]
        return self.put("id_number_suspect", unique(lambda: number[:17] + pick(others)))

    def email(self) -> str:
        return self.put("email", unique(_email))

    def plate(self) -> str:
        return self.put("plate", unique(_plate))

    def landline(self) -> str:
        area = pick(AREAS)
        return self.put("landline", unique(lambda: f"{area}-{pick('2368')}{digits(7)}"))

    def hotline(self, number: str = "") -> str:
        def draw() -> str:
            return f"400-{pick(['830', '618', '878', '099'])}-{digits(4)}"

        return self.put("hotline", number or unique(draw))

    def uscc(self) -> str:
        return self.put("uscc", unique(_uscc))

    def foreign(self) -> str:
        return self.put("mobile_foreign", unique(_foreign))

    def truth(
        self, what: str, must_not: str, rows: int | None = None, people: int | None = None
    ) -> Truth:
        kinds = {k: len(v) for k, v in sorted(self.put_in.items())}
        truth = {"what": what, "identifiers": kinds, "rows": rows, "people": people}
        return {**truth, "must_not": must_not}
