"""Made-up people and exact book-keeping for the lists of this folder."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any
from unicodedata import normalize

Truth = dict[str, Any]
Built = tuple[str, Truth]

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛郝顾龚邵万覃武钱戴"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌玲辉健俊波燕婷雪梅琴云莉志凯浩宇轩梓涵"
    "欣怡晨曦嘉豪子墨雨桐思远海峰春生永福德全金凤翠花小龙佳慧雅琪少鹏立新庆祥彩虹振东晓光"
)
PREFIXES = [
    "130", "131", "132", "133", "135", "136", "137", "138", "139", "147", "150", "151",
    "152", "153", "155", "156", "157", "158", "159", "166", "173", "175", "176", "177",
    "178", "180", "181", "182", "183", "185", "186", "187", "188", "189", "191", "193",
    "195", "198", "199",
]  # fmt: skip
REGIONS = [
    "110101", "110105", "110108", "120101", "210102", "310104", "310115", "320102",
    "320505", "330106", "330108", "330203", "340104", "350102", "350203", "360102",
    "370102", "370202", "410102", "420106", "430102", "440103", "440106", "440305",
    "500103", "510104", "510107", "610103",
]  # fmt: skip
CITIES = (
    ("浙江省", "杭州市", "西湖区", "0571"),
    ("浙江省", "宁波市", "海曙区", "0574"),
    ("江苏省", "南京市", "玄武区", "025"),
    ("江苏省", "苏州市", "虎丘区", "0512"),
    ("广东省", "深圳市", "南山区", "0755"),
    ("广东省", "广州市", "天河区", "020"),
    ("四川省", "成都市", "锦江区", "028"),
    ("湖北省", "武汉市", "武昌区", "027"),
    ("福建省", "厦门市", "思明区", "0592"),
    ("山东省", "青岛市", "市南区", "0532"),
)
ROADS = [
    "文三路",
    "中山路",
    "解放路",
    "人民路",
    "建设大街",
    "学院路",
    "滨江大道",
    "和平里",
    "朝阳路",
    "新华路",
    "迎宾大道",
]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
STAMP = (2024, 3, 12, 10, 20, 30)


def check_digit(body: str) -> str:
    """The 18th character of an identity number."""
    total = sum(int(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


class Maker:
    """Draws values, no value twice, and counts what is put into the list."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.used: set[str] = set()
        self.put_in: dict[str, set[str]] = {}

    def fresh(self, value: str) -> bool:
        if value in self.used:
            return False
        self.used.add(value)
        return True

    def put(self, kind: str, written: str) -> str:
        """Count one identifier, as written."""
        self.put_in.setdefault(kind, set()).add(written)
        return written

    def digits(self, count: int) -> str:
        return "".join(self.r.choice("0123456789") for _ in range(count))

    def name(self) -> str:
        while True:
            given = "".join(self.r.sample(GIVEN, 1 if self.r.random() < 0.2 else 2))
            full = self.r.choice(SURNAMES) + given
            if self.fresh(full):
                return full

    def bare_mobile(self) -> str:
        while True:
            number = self.r.choice(PREFIXES) + self.digits(8)
            if self.fresh(number):
                return number

    def mobile(self) -> str:
        return self.put("mobile", self.bare_mobile())

    def styled_mobile(self, style: str) -> str:
        """A mobile in a style such as '+86 {} {} {}' (3, 4 and 4 digits)."""
        n = self.bare_mobile()
        return self.put("mobile", style.format(n[:3], n[3:7], n[7:]))

    def masked_mobile(self) -> str:
        n = self.bare_mobile()
        written = f"{n[:3]}****{n[7:]}"
        return self.put("mobile_masked", written) if self.fresh(written) else self.masked_mobile()

    def bare_id(self, first: int = 1955, last: int = 2003) -> str:
        while True:
            day = dt.date(self.r.randint(first, last), 1, 1) + dt.timedelta(self.r.randrange(365))
            body = self.r.choice(REGIONS) + day.strftime("%Y%m%d") + self.digits(3)
            if self.fresh(body):
                return body + check_digit(body)

    def id18(self, first: int = 1955, last: int = 2003) -> str:
        return self.put("id_number", self.bare_id(first, last))

    def id15(self) -> str:
        number = self.bare_id(1940, 1975)
        return self.put("id_number", number[:6] + number[8:17])

    def wrong_id(self) -> str:
        number = self.bare_id()
        wrong = self.r.choice([c for c in "0123456789" if c != number[17]])
        return self.put("id_number_suspect", number[:17] + wrong)

    def uscc(self) -> str:
        org = "MA" + "".join(self.r.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(6))
        # organisation codes count letters from ten on, all 26 of them
        total = sum(int(c, 36) * w for c, w in zip(org, ORG_WEIGHTS, strict=True))
        tail = "0123456789X0"[(11 - total % 11) % 11]
        body = "91" + self.r.choice(REGIONS) + org + tail
        sums = sum(USCC_CHARS.index(c) * w for c, w in zip(body, USCC_WEIGHTS, strict=True))
        code = body + USCC_CHARS[(31 - sums % 31) % 31]
        return self.put("uscc", code) if self.fresh(code) else self.uscc()

    def email(self) -> str:
        while True:
            if self.r.random() < 0.5:
                box = self.r.choice("123456789") + self.digits(self.r.randint(7, 9)) + "@qq.com"
            else:
                names = ("wang", "li", "zhang", "liu", "chen", "yang", "zhao", "wu", "zhou")
                host = self.r.choice(("163.com", "126.com", "sina.com", "gmail.com", "foxmail.com"))
                box = "".join(self.r.sample(names, 2)) + self.digits(3) + "@" + host
            if self.fresh(box):
                return self.put("email", box)

    def landline(self, code: str = "") -> str:
        area = code or self.r.choice(CITIES)[3]
        written = f"{area}-8{self.digits(7)}"
        return self.put("landline", written) if self.fresh(written) else self.landline(code)

    def plate(self) -> str:
        head = self.r.choice("浙苏沪粤皖") + self.r.choice("ABCEF")
        if self.r.random() < 0.2:
            tail = self.r.choice("DF") + self.digits(5)
        else:
            tail = self.digits(2) + self.r.choice(PLATE_LETTERS) + self.digits(2)
        return self.put("plate", head + tail) if self.fresh(head + tail) else self.plate()

    def address(self, comma: str = "") -> str:
        prov, city, area, _ = self.r.choice(CITIES)
        flat = f"{self.r.choice(ROADS)}{self.r.randint(1, 399)}号"
        stair = f"{self.r.randint(1, 30)}幢{self.r.randint(1, 3)}单元"
        room = f"{stair}{self.r.randint(1, 18)}0{self.r.randint(1, 4)}"
        return f"{prov}{city}{area}{comma}{flat}{comma}{room}"

    def moment(self, year: int = 2024) -> dt.datetime:
        start = dt.datetime(year, 1, 2, 8, 0, 0)
        return start + dt.timedelta(seconds=self.r.randrange(86400 * 75))

    def truth(self, what: str, rows: int | None, people: int | None, must_not: str) -> Truth:
        for kind, written in self.put_in.items():
            bare = {
                re.sub(r"[^0-9A-Za-z*@.\u4e00-\u9fff]", "", normalize("NFKC", w)) for w in written
            }
            assert len(bare) == len(written), f"one {kind} in two spellings"
        return {
            "what": what,
            "identifiers": {k: len(v) for k, v in sorted(self.put_in.items())},
            "rows": rows,
            "people": people,
            "must_not": must_not,
        }


def zip_bytes(members: list[tuple[str, bytes]], gbk_names: bool = False) -> bytes:
    """A zip of fixed date; with gbk_names as an old Chinese Windows writes it."""

    def flags(info: zipfile.ZipInfo) -> tuple[bytes, int]:
        return info.filename.encode("gbk"), info.flag_bits

    gbk_info: Any = type("GbkInfo", (zipfile.ZipInfo,), {"_encodeFilenameFlags": flags})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, data in members:
            info = (gbk_info if gbk_names else zipfile.ZipInfo)(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(info, data)
    return out.getvalue()


def xlsx_bytes(book: Any) -> bytes:
    """The workbook's bytes without the time of day."""
    raw = io.BytesIO()
    book.save(raw)
    members: list[tuple[str, bytes]] = []
    with zipfile.ZipFile(raw) as pack:
        for name in pack.namelist():
            data = pack.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-03-12T02:20:30Z", data)
            members.append((name, data))
    return zip_bytes(members)


def write(out: Path, name: str, data: bytes) -> str:
    (out / name).write_bytes(data)
    return name
