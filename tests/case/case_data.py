"""Made-up people and the files that hold them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "安澜博文晨曦德华恩泽方舟谷雨海棠嘉禾景行"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(seventeen: str) -> str:
    """The 18 characters of the ID number whose first 17 are given (GB 11643)."""
    total = sum(int(d) * w for d, w in zip(seventeen, _WEIGHTS, strict=True))
    return seventeen + "10X98765432"[total % 11]


def people(number: int, seed: int = 1) -> list[tuple[str, str, str]]:
    """Name, mobile and ID number of made-up people."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(number):
        name = _SURNAMES[random.integers(20)] + "".join(
            _GIVEN[random.integers(20)] for _ in range(2)
        )
        mobile = f"13{random.choice([5, 6, 7, 8, 9])}{random.integers(10**8):08d}"
        birth = (
            f"19{random.integers(60, 99)}{random.integers(1, 13):02d}{random.integers(1, 28):02d}"
        )
        made.append((name, mobile, id_number(f"310104{birth}{random.integers(1000):03d}")))
    return made


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    """``rows`` as a spreadsheet program saves them."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def write_list(path: Path, rows: Sequence[tuple[str, str, str]], encoding: str = "utf-8") -> Path:
    """A list of people with a header line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_bytes([("姓名", "手机号", "身份证号"), *rows], encoding))
    return path


def write_table(path: Path, header: str, *lines: Sequence[str], encoding: str = "utf-8") -> Path:
    """One of our own tables; ``header`` has its names between commas."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_bytes([header.split(","), *lines], encoding))
    return path
