"""People who do not exist: random digits with right check digits, random names."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高何郭马罗梁宋郑谢韩唐冯于董"
    "萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
)
GIVEN = (
    "伟芳娜敏静丽强磊洋艳勇军杰娟涛超明秀霞平刚桂英建文辉玲红"
    "波斌宇浩凯健俊帆雪荣爱凤洁梅琳素云莲真环"
)
TRADITIONAL_SURNAMES = "陳張劉楊趙黃吳孫羅鄭謝韓馮蕭鄧許盧蔣賈葉閻蘇"
TRADITIONAL_GIVEN = "偉麗強艷軍傑濤秀霞剛輝紅斌凱雪榮愛鳳潔蓮環華國志豪婷雅慧"
REGIONS = ("110101", "320106", "330102", "440305", "510107", "310115", "420106", "500103")
HEADS = [
    "130",
    "131",
    "132",
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "152",
    "155",
    "156",
    "157",
    "158",
    "159",
    "166",
    "173",
    "175",
    "176",
    "177",
    "178",
    "180",
    "181",
    "182",
    "183",
    "185",
    "186",
    "187",
    "188",
    "189",
    "191",
    "199",
]
DISTRICTS = ("朝阳", "西湖", "南山", "武侯")
AREAS = ("0571", "0532", "0755", "0591", "0731")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up."""

    name: str = field(repr=False)
    mobile: str = field(repr=False)
    id_number: str = field(repr=False)
    email: str = field(repr=False)
    plate: str = field(repr=False)
    landline: str = field(repr=False)
    uscc: str = field(repr=False)
    address: str = field(repr=False)


def people(seed: int, number: int, *, traditional: bool = False) -> list[Person]:
    """``number`` people who share nothing, always the same for a seed."""
    chance = random.Random(seed)
    surnames = TRADITIONAL_SURNAMES if traditional else SURNAMES
    given = TRADITIONAL_GIVEN if traditional else GIVEN
    made: dict[str, Person] = {}
    while len(made) < number:
        person = _person(chance, surnames, given)
        if _fresh(person, made):
            made[person.mobile] = person
    return list(made.values())


def _fresh(person: Person, made: dict[str, Person]) -> bool:
    """The masked forms of the numbers are distinct too."""
    mask = person.mobile[:3] + person.mobile[-4:]
    return all(
        mask != other.mobile[:3] + other.mobile[-4:]
        and person.name != other.name
        and person.id_number[-4:] != other.id_number[-4:]
        for other in made.values()
    )


def _person(chance: random.Random, surnames: str, given: str) -> Person:
    name = chance.choice(surnames) + "".join(chance.sample(given, chance.choice((1, 2, 2, 2))))
    mobile = chance.choice(HEADS) + f"{chance.randrange(1, 9)}{chance.randrange(1000000, 9999999)}"
    born = (
        f"{chance.randrange(1955, 2004)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    )
    first = f"{chance.choice(REGIONS)}{born}{chance.randrange(100, 999)}"
    mark = f"{chance.choice('ABCDEFGH')}{chance.randrange(10000, 99999)}"
    code = f"91{chance.choice(REGIONS)}MA{chance.randrange(1000000, 9999999)}"
    return Person(
        name=name,
        mobile=mobile,
        id_number=first + id_check(first),
        email=f"u{chance.randrange(10**6, 10**7)}@mail{chance.randrange(1, 9)}.example.com",
        plate=f"{chance.choice('京沪苏浙粤川')}{mark}",
        landline=f"{chance.choice(AREAS)}-8{chance.randrange(1000000, 9999999)}",
        uscc=code + uscc_check(code),
        address=f"{chance.choice(DISTRICTS)}区示例路{chance.randrange(1, 300)}号",
    )


def id_check(first17: str) -> str:
    """The check digit of GB 11643 (ISO 7064 MOD 11-2)."""
    remainder = 0
    for digit in first17:
        remainder = (remainder + int(digit)) * 2 % 11
    return "0123456789X"[(12 - remainder) % 11]


def uscc_check(first17: str) -> str:
    """The check character of GB 32100."""
    total = sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _USCC[(31 - total % 31) % 31]


def masked(mobile: str) -> str:
    """``138****5678``."""
    return f"{mobile[:3]}****{mobile[-4:]}"


def old_id(id_number: str) -> str:
    """The fifteen digits of before 1999."""
    return id_number[:6] + id_number[8:17]
