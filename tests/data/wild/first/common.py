"""Made-up people and exact book-keeping for the lists of this folder."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections.abc import Callable
from typing import Any

from tests.data.wild.first.words import (
    AREAS,
    CITIES,
    ESTATES,
    GIVEN,
    MAIL_HOSTS,
    PREFIXES,
    REGIONS,
    ROADS,
    SURNAMES,
)

Truth = dict[str, Any]
Built = tuple[str, Truth]

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ALL_CHARS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLATE_CHARS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def in_digits(digits: str) -> Callable[[str], str]:
    """A writer of numbers in other digits."""
    table = str.maketrans("0123456789", digits)
    return lambda number: number.translate(table)


FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "dash": lambda m: f"{m[:3]}-{m[3:7]}-{m[7:]}",
    "space": lambda m: f"{m[:3]} {m[3:7]} {m[7:]}",
    "+86": lambda m: "+86" + m,
    "+86 ": lambda m: "+86 " + m,
    "+86 sp": lambda m: f"+86 {m[:3]} {m[3:7]} {m[7:]}",
    "0086": lambda m: "0086" + m,
    "full": in_digits("０１２３４５６７８９"),
    "hanzi": in_digits("零一二三四五六七八九"),
    "hanzi0": in_digits("〇一二三四五六七八九"),
    "yao": in_digits("零幺二三四五六七八九"),
}


def check_digit(body: str) -> str:
    """The 18th character of an identity number."""
    total = sum(int(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


class Maker:
    """Draws values, no value twice, and counts what is put into the list."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.put_in: dict[str, set[str]] = {}
        self.used: set[str] = set()

    def put(self, kind: str, written: str) -> str:
        """Count one identifier, as written."""
        self.put_in.setdefault(kind, set()).add(written)
        return written

    def unique(self, draw: Callable[[], str]) -> str:
        while True:
            value = draw()
            if value not in self.used:
                self.used.add(value)
                return value

    def digits(self, count: int) -> str:
        return "".join(self.r.choice("0123456789") for _ in range(count))

    def mobile(self, form: str = "plain") -> str:
        number = self.unique(lambda: self.r.choice(PREFIXES) + self.digits(8))
        return self.put("mobile", FORMS[form](number))

    def _foreign(self) -> str:
        code, dig, pick = (
            self.r.choice(["852", "886", "855", "63", "65"]),
            self.digits,
            self.r.choice,
        )
        if code == "852":
            number = f"{pick('69')}{dig(3)} {dig(4)}"
        elif code == "886":
            number = f"9{dig(2)} {dig(3)} {dig(3)}"
        elif code == "855":
            number = f"12 {pick('23456789')}{dig(2)} {dig(3)}"
        elif code == "63":
            number = f"917 {dig(3)} {dig(4)}"
        else:
            number = f"{pick('89')}{pick('1234567')}{dig(2)} {dig(4)}"
        return f"+{code} {number}"

    def foreign(self, compact: bool = False) -> str:
        number = self.unique(self._foreign)
        return self.put("mobile_foreign", number.replace(" ", "") if compact else number)

    def landline(self, form: str = "{}-{}") -> str:
        def draw() -> str:
            return form.format(self.r.choice(AREAS), self.r.choice("2345678") + self.digits(7))

        return self.put("landline", self.unique(draw))

    def hotline(self) -> str:
        def draw() -> str:
            return f"400-{self.r.choice('168')}{self.digits(2)}-{self.digits(4)}"

        return self.put("hotline", self.unique(draw))

    def service(self, number: str) -> str:
        return self.put("hotline", number)

    def id_body(self, first: int = 1952, last: int = 2003) -> str:
        year = dt.date(self.r.randint(first, last), 1, 1)
        day = year + dt.timedelta(self.r.randint(0, 364))
        return f"{self.r.choice(REGIONS)}{day:%Y%m%d}{self.r.randint(1, 999):03d}"

    def _id18(self, first: int = 1952, last: int = 2003) -> str:
        body = self.id_body(first, last)
        return body + check_digit(body)

    def _id15(self) -> str:
        body = self.id_body(1950, 1979)
        return body[:6] + body[8:]

    def _wrong_id(self) -> str:
        body = self.id_body()
        return body + self.r.choice([c for c in "0123456789" if c != check_digit(body)])

    def id18(self, first: int = 1952, last: int = 2003) -> str:
        return self.put("id_number", self.unique(lambda: self._id18(first, last)))

    def id15(self) -> str:
        return self.put("id_number", self.unique(self._id15))

    def wrong_id(self) -> str:
        return self.put("id_number_suspect", self.unique(self._wrong_id))

    def _uscc(self) -> str:
        org = "MA" + self.r.choice("0123456")
        org += "".join(self.r.choice(USCC_CHARS) for _ in range(5))
        total = sum(ALL_CHARS.index(c) * w for c, w in zip(org, ORG_WEIGHTS, strict=True))
        tail = "0123456789X0"[11 - total % 11]
        body = self.r.choice(["91", "92"]) + self.r.choice(REGIONS) + org + tail
        sums = sum(USCC_CHARS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
        return body + USCC_CHARS[(31 - sums % 31) % 31]

    def uscc(self) -> str:
        return self.put("uscc", self.unique(self._uscc))

    def email(self, local: str = "", host: str = "") -> str:
        host = host or self.r.choice(MAIL_HOSTS)

        def draw() -> str:
            if local:
                return f"{local}@{host}"
            letters = range(self.r.randint(4, 7))
            box = "".join(self.r.choice("abcdefghjkmnpqrstuvwxyz") for _ in letters)
            return f"{box}{self.digits(3)}@{host}"

        return self.put("email", self.unique(draw))

    def plate(self, green: bool = False) -> str:
        def draw() -> str:
            head = self.r.choice("粤京沪浙苏川鄂鲁闽豫湘陕渝") + self.r.choice("ABCDEF")
            if green:
                return head + self.r.choice("DF") + self.digits(5)
            return head + self.r.choice(PLATE_CHARS) + self.digits(4)

        return self.put("plate", self.unique(draw))

    def masked_mobile(self, form: str = "{}****{}") -> str:
        known = self.unique(lambda: self.r.choice(PREFIXES) + self.digits(4))
        return self.put("mobile_masked", form.format(known[:3], known[3:]))

    def masked_id(self, long: bool = True) -> str:
        def draw() -> str:
            number = self._id18()
            left = number[:6] + "*" * 8 if long else number[:4] + "*" * 10
            return left + number[14:]

        return self.put("id_number_masked", self.unique(draw))

    def name(self) -> str:
        def draw() -> str:
            surname, count = self.r.choice(SURNAMES), self.r.choice([1, 2, 2, 2])
            return surname + "".join(self.r.choice(GIVEN) for _ in range(count))

        return self.unique(draw)

    def address(self) -> str:
        r = self.r
        street = f"{r.choice(CITIES)}{r.choice(ROADS)}{r.randint(1, 300)}号{r.choice(ESTATES)}"
        return (
            f"{street}{r.randint(1, 20)}栋{r.randint(1, 4)}单元{r.randint(1, 30)}0{r.randint(1, 6)}"
        )

    def firm(self) -> str:
        towns = ["深圳市", "杭州", "苏州", "成都", "武汉"]
        trades = ["科技", "贸易", "建材", "物流", "餐饮管理", "电子", "服饰"]

        def draw() -> str:
            town = self.r.choice(towns)
            word = "".join(self.r.choice("恒泰宏盛嘉诚瑞丰凯达博远鼎信") for _ in range(2))
            return f"{town}{word}{self.r.choice(trades)}有限公司"

        return self.unique(draw)

    def moment(self) -> dt.datetime:
        return dt.datetime(2023, 1, 5, 9) + dt.timedelta(seconds=self.r.randint(0, 25_000_000))

    def luhn(self, head: str, length: int) -> str:
        body = head + self.digits(length - len(head) - 1)
        doubled = [int(c) * (2 if i % 2 == 0 else 1) for i, c in enumerate(reversed(body))]
        return body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)

    def hexes(self, count: int = 32) -> str:
        while True:
            text = hashlib.md5(str(self.r.random()).encode()).hexdigest()[:count]
            if not re.search(r"\d{9}", text):
                return text

    def truth(
        self,
        what: str,
        must_not: str,
        rows: int | None = None,
        people: int | None = None,
        still_open: tuple[str, ...] = (),
    ) -> Truth:
        kinds = {k: len(v) for k, v in sorted(self.put_in.items()) if k not in still_open}
        truth = {"what": what, "identifiers": kinds, "rows": rows, "people": people}
        return {**truth, "must_not": must_not, "open": list(still_open)}
