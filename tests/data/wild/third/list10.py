"""A number pack in a 7z: bare numbers in day files, and the dead-number check of them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import py7zr

from tests.data.wild.third.common import CITIES, Built, Maker

NAME = "10-号码包5000-浙江.7z"


def build(out: Path) -> Built:
    m = Maker(3110)
    files: dict[str, bytes] = {}
    every: list[str] = []
    for day in range(1, 7):
        numbers = [m.mobile() for _ in range(230)]
        if every:
            numbers += m.r.sample(every, 20)
            m.r.shuffle(numbers)
        every += [n for n in numbers if n not in every]
        if day == 2:
            text = "phone\n" + "\n".join(numbers)
        elif day == 4:
            text = ",".join(numbers)
        elif day == 5:
            text = "\r\n".join(f"{n}," for n in numbers) + "\r\n"
        else:
            text = "\r\n".join(numbers) + "\r\n"
        files[f"号码包/{day}.txt"] = text.encode("ascii")
    checked = ["手机号码,检测结果,归属地,运营商,最后活跃"]
    for number in m.r.sample(every, 500):
        state = m.r.choice(["实号", "实号", "空号", "停机", "风险号"])
        when = m.moment().strftime("%Y%m")
        net = m.r.choice(["移动", "联通", "电信"])
        checked.append(f"{number},{state},{m.r.choice(CITIES)[1]},{net},{when}")
    files["号码包/空号检测结果_实号率61%.csv"] = ("\n".join(checked) + "\n").encode("utf-8-sig")
    target = out / NAME
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as where, py7zr.SevenZipFile(target, "w") as pack:
        for name, data in files.items():
            part = Path(where) / "part"
            part.write_bytes(data)
            part.chmod(0o644)
            os.utime(part, (1710210030, 1710210030))
            pack.write(part, name)
    return NAME, m.truth(
        "7z号码包：六个纯号码txt(一行一个/逗号连写/行尾逗号/有表头)、互有重复，另有空号检测结果CSV",
        None,
        None,
        "count numbers again across the day files and the check result; miss the file that is one "
        "single line of commas",
    )
