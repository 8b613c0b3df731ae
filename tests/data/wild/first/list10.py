"""A zip in a zip with GBK names: guarded CSV cells, one file twice, an advert."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.files import crlf, zip_put

NAME = "10-一手料.zip"


def build(out: Path) -> Built:
    draw = Maker(110)
    r = draw.r
    files = {}
    for k in range(3):
        o = ["姓名,手机号,身份证,邮箱,开户券商,资金(万)"]
        for i in range(100):
            m = "1.38E+10" if k == 2 and i % 5 == 0 else f'="{draw.mobile()}"'
            idv = draw.wrong_id() if i % 20 == 4 else draw.id18()
            o.append(
                f"{draw.name()},{m},"
                + ([f'="{idv}"', f"'{idv}", f'"\t{idv}"'][k])
                + (
                    f',{draw.email() if i % 3 == 0 else ""},{r.choice(["华泰", "中信", "国泰"])},"'
                    f'{r.randint(1, 9)},{draw.digits(3)}.00"'
                )
            )
        files[f"股民{k + 1}.csv"] = crlf(o).encode("gbk")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as z:
        for n, d in files.items():
            zip_put(z, "股民/" + n, d, True)
        zip_put(z, "股民/复件 股民1.csv", files["股民1.csv"], True)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as z:
        zip_put(z, "六月/股民数据.zip", inner.getvalue(), True)
        zip_put(
            z,
            "六月/看我.txt",
            f"需要更多联系 QQ 3026118845\r\n飞机 @liaozi_top\r\n电话 {draw.mobile()}\r\n".encode(
                "gbk"
            ),
            True,
        )
        zip_put(z, "__MACOSX/._x", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + b"\0" * 40)
        zip_put(z, "六月/Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, True)
    (out / NAME).write_bytes(outer.getvalue())
    return NAME, draw.truth(
        (
            'zip in a zip with GBK file names; GBK CSVs with ="138…", \'440…, tab-440… cells; one '
            "file twice under another name; an advert text"
        ),
        (
            "count the copied file's people again; keep =, quotes, apostrophes or tabs in values; "
            "guess the 20 damaged 1.38E+10; stop at the inner zip"
        ),
        None,
        300,
    )
