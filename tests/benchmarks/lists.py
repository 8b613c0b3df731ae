"""Made-up lists to measure with."""

from __future__ import annotations

from pathlib import Path

import numpy as np

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华建国文斌宇浩然子轩雨涵"
_ROADS = ("文三路", "延安中路", "人民大道", "解放东街", "中山北路", "建设一路", "和平里西街")
_CITIES = ("杭州市西湖区", "上海市静安区", "成都市武侯区", "武汉市江汉区", "南京市鼓楼区")
_REMARKS = ("看房未定", "需要贷款", "", "已有两套 改善", "周末再联系", "价格太高", "一次性付款")
_DISTRICTS = (110101, 310106, 330106, 510107, 420103, 320106)
_SEGMENTS = (130, 135, 138, 139, 150, 158, 159, 176, 177, 186, 187, 188)
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECKS = "10X98765432"
_HEADER = "姓名,手机号,身份证号,地址,备注\n"
_CHUNK = 100_000


def write_leads(path: Path, rows: int, *, encoding: str = "utf-8", seed: int = 1) -> None:
    """A list of ``rows`` people as CSV: name, mobile, ID number, address, remark.

    One mobile in ten is typed with spaces or dashes, one person in twenty comes twice.
    """
    generator = np.random.default_rng(seed)
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(_HEADER)
        for start in range(0, rows, _CHUNK):
            file.writelines(_lines(generator, min(_CHUNK, rows - start)))


def write_mobiles(path: Path, count: int, *, seed: int = 1) -> None:
    """A list of ``count`` mobiles, one a line, some of them twice by chance."""
    generator = np.random.default_rng(seed)
    with path.open("wb") as file:
        for start in range(0, count, _CHUNK):
            numbers = _numbers(generator, min(_CHUNK, count - start))
            digits = numbers[:, None] // 10 ** np.arange(10, -1, -1) % 10 + ord("0")
            ends = np.full((len(numbers), 1), ord("\n"))
            file.write(np.hstack((digits, ends)).astype(np.uint8).tobytes())


def _lines(generator: np.random.Generator, count: int) -> list[str]:
    repeated = generator.random(count) < 0.05
    origin = np.where(repeated, np.maximum(np.arange(count) - 7, 0), np.arange(count))
    mobiles = [_mobile(number) for number in _numbers(generator, count)[origin].tolist()]
    ids = np.array(_ids(generator, count))[origin].tolist()
    names = _names(generator, count)
    roads = generator.integers(0, len(_ROADS) * len(_CITIES), count).tolist()
    houses = generator.integers(1, 900, (count, 2)).tolist()
    remarks = generator.integers(0, len(_REMARKS), count).tolist()
    return [
        f"{name},{mobile},{number},{_CITIES[road % 5]}{_ROADS[road // 5]}{house}号{room}室,"
        f"{_REMARKS[remark]}\n"
        for name, mobile, number, road, (house, room), remark in zip(
            names, mobiles, ids, roads, houses, remarks, strict=True
        )
    ]


def _numbers(generator: np.random.Generator, count: int) -> np.ndarray:
    segments = np.array(_SEGMENTS)[generator.integers(0, len(_SEGMENTS), count)]
    return segments * 10**8 + generator.integers(0, 10**8, count)


def _mobile(number: int) -> str:
    text = str(number)
    if number % 20 == 3:
        return f"{text[:3]} {text[3:7]} {text[7:]}"
    if number % 20 == 7:
        return f"{text[:3]}-{text[3:7]}-{text[7:]}"
    return text


def _ids(generator: np.random.Generator, count: int) -> list[str]:
    districts = np.array(_DISTRICTS)[generator.integers(0, len(_DISTRICTS), count)]
    years = generator.integers(1950, 2006, count)
    months = generator.integers(1, 13, count)
    days = generator.integers(1, 29, count)
    bodies = (
        (districts * 10**8 + years * 10**4 + months * 100 + days) * 1000
    ) + generator.integers(0, 1000, count)
    digits = bodies[:, None] // 10 ** np.arange(16, -1, -1) % 10
    checks = (digits * _WEIGHTS).sum(axis=1) % 11
    return [f"{body}{_CHECKS[check]}" for body, check in zip(bodies, checks, strict=True)]


def _names(generator: np.random.Generator, count: int) -> list[str]:
    surnames = generator.integers(0, len(_SURNAMES), count).tolist()
    given = generator.integers(0, len(_GIVEN), (count, 2)).tolist()
    return [
        _SURNAMES[surname] + _GIVEN[first] + (_GIVEN[second] if second % 4 else "")
        for surname, (first, second) in zip(surnames, given, strict=True)
    ]
