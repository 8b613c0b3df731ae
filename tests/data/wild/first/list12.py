"""A 'dir /s' listing of call recordings: the numbers stand in the file names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.files import crlf

NAME = "12-录音目录.txt"


def build(out: Path) -> Built:
    draw = Maker(112)
    r = draw.r
    o = [" 驱动器 D 中的卷是 录音", " 卷的序列号是 1A3F-77C0", ""]
    tot = 0
    persons = [(draw.name(), draw.mobile()) for _ in range(380)]
    offices = [(draw.name(), draw.landline("{}-{}")) for _ in range(20)]
    seq = persons + [r.choice(persons) for _ in range(200)] + offices
    r.shuffle(seq)
    for a in range(6):
        o += [
            f" D:\\录音\\坐席{8001 + a}\\2023-05 的目录",
            "",
            "2023/06/01  08:02    <DIR>          .",
            "2023/06/01  08:02    <DIR>          ..",
        ]
        for j, (n, m) in enumerate(seq[a * 100 : a * 100 + 100]):
            d = draw.moment()
            size = r.randint(40_000, 9_900_000)
            ep = int(d.replace(tzinfo=dt.UTC).timestamp())
            fn = [
                f"{d:%Y%m%d%H%M%S}_{m}_{n}.wav",
                f"[{m}]_{n}(意向{r.choice('ABC')})_{d:%Y%m%d%H%M%S}.mp3",
                f"out-{m}-{8001 + a}-{d:%Y%m%d-%H%M%S}-{ep}.{r.randint(1, 9999)}.wav",
                f"{n}{m}@{d:%Y%m%d}.amr",
            ][j % 4]
            if m[0] == "0":
                fn = f"{n} {m} {d:%Y%m%d}.amr"
            o.append(f"{d:%Y/%m/%d  %H:%M} {size:>17,} {fn}")
            tot += size
        o += [f"             100 个文件 {tot:>16,} 字节", ""]
    o += [
        "     所列文件总数:",
        f"             600 个文件 {tot:>16,} 字节",
        "              18 个目录 13,912,345,678 可用字节",
    ]
    (out / NAME).write_bytes(crlf(o).encode("gbk"))
    return NAME, draw.truth(
        (
            "Windows 'dir /s' listing (GBK) of call recordings: the numbers live in the file names "
            "between underscores, brackets, dashes, glued to names"
        ),
        (
            "join 14-digit times with the number; take Unix seconds, byte sizes or 13,912,345,678 "
            "free bytes for mobiles; take name138…@20230506.amr for an e-mail"
        ),
        600,
    )
