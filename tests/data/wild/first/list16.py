"""A saved mail: the same text twice, two attachments, a forwarded mail inside."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path
from urllib.parse import quote

import openpyxl

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.files import crlf, xlsx_bytes

NAME = "16-企业名录.eml"


def build(out: Path) -> Built:
    draw = Maker(116)

    def w2047(s):
        return "=?gb2312?B?" + base64.b64encode(s.encode("gbk")).decode() + "?="

    def b64(d):
        return "\r\n".join(
            base64.b64encode(d).decode()[k : k + 76] for k in range(0, len(base64.b64encode(d)), 76)
        )

    rows = ["企业名称;统一社会信用代码;法定代表人;手机;座机"]
    for i in range(200):
        rows.append(
            f"{draw.firm()};{draw.uscc()};{draw.name()};{draw.mobile()};"
            f"{draw.landline() if i % 3 else ''}"
        )
    csv = crlf(rows).encode("gbk")
    wb = openpyxl.Workbook()
    s = wb.active
    s.append(["公司", "信用代码", "老板", "电话"])
    for i in range(150):
        s.append(
            [
                draw.firm(),
                draw.uscc(),
                draw.name(),
                f"{draw.mobile()}；{draw.mobile()}" if i % 10 == 0 else draw.mobile(),
            ]
        )
    urgent = [f"{draw.name()} {draw.mobile()} {draw.firm()}" for _ in range(10)]
    text = (
        "老板好，名录见附件，急的十个先打：\r\n"
        + "\r\n".join(urgent)
        + "\r\n有事打我 "
        + draw.mobile("dash")
        + "\r\n"
    )
    html = (
        "<div>老板好，名录见附件，急的十个先打：<br>"
        + "<br>".join(urgent).replace(" ", "&nbsp;")
        + "</div>"
    )

    def qpb(t):
        return (
            quopri.encodestring(t.encode("gbk").replace(b"\r\n", b"\n"))
            .replace(b"\n", b"\r\n")
            .decode()
        )

    inner = [
        "From: " + w2047("供应商") + " <src@data-vendor.example>",
        "Subject: " + w2047("五月名录"),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=gbk",
        "Content-Transfer-Encoding: base64",
        "",
        b64(
            (
                "上月样本：\r\n"
                + "\r\n".join(f"{draw.name()}——{draw.mobile()}——{draw.uscc()}" for _ in range(15))
            ).encode("gbk")
        ),
    ]
    o = [
        "From: " + w2047("数据部") + " <sales@data-vendor.example>",
        "To: <buyer@shop.example>",
        "Subject: " + w2047("企业法人名录 350家"),
        "Date: Thu, 1 Jun 2023 10:22:31 +0800",
        "Message-ID: <20230601102231.13988@data-vendor.example>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="=_A13899"',
        "",
        "--=_A13899",
        'Content-Type: multipart/alternative; boundary="=_B15877"',
        "",
        "--=_B15877",
        'Content-Type: text/plain; charset="gbk"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        qpb(text),
        "--=_B15877",
        'Content-Type: text/html; charset="gbk"',
        "Content-Transfer-Encoding: base64",
        "",
        b64(html.encode("gbk")),
        "--=_B15877--",
        "--=_A13899",
        'Content-Type: application/octet-stream; name="' + w2047("名录1.csv") + '"',
        'Content-Disposition: attachment; filename="' + w2047("名录1.csv") + '"',
        "Content-Transfer-Encoding: base64",
        "",
        b64(csv),
        "--=_A13899",
        "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Content-Disposition: attachment; filename*=UTF-8''" + quote("名录2.xlsx"),
        "Content-Transfer-Encoding: base64",
        "",
        b64(xlsx_bytes(wb)),
        "--=_A13899",
        "Content-Type: message/rfc822",
        "",
        *inner,
        "--=_A13899--",
        "",
    ]
    (out / NAME).write_bytes("\r\n".join(o).encode("ascii"))
    return NAME, draw.truth(
        (
            "a saved mail: GBK quoted-printable text + same in base64 HTML, base64 GBK ;-CSV, "
            "base64 xlsx, and a forwarded mail inside"
        ),
        (
            "see only the raw ASCII (nothing); count the ten urgent leads twice (text and HTML); "
            "lose numbers wrapped by quoted-printable; take boundary or Message-ID digits for "
            "numbers"
        ),
        still_open=("email",),
    )
