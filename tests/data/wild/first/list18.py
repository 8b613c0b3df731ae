"""A hospital's print spool: boxes, page feeds, wrapped identity numbers."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.files import crlf

NAME = "18-住院病人打印.txt"


def build(out: Path) -> Built:
    draw = Maker(118)

    def wd(s):
        return sum(2 if ord(c) > 255 else 1 for c in s)

    widths = [4, 10, 12, 14, 20]

    def wrap(s, n):
        out, cur = [], ""
        for c in s:
            if wd(cur + c) > n:
                out.append(cur)
                cur = ""
            cur += c
        return [*out, cur]

    def line(a, b, c):
        return a + b.join("─" * (w // 2) for w in widths) + c

    def row(cs):
        col = [wrap(c, w) for c, w in zip(cs, widths, strict=True)]
        for k in range(max(map(len, col))):
            yield (
                "│"
                + "│".join(
                    (x[k] if k < len(x) else "") + " " * (w - wd(x[k] if k < len(x) else ""))
                    for x, w in zip(col, widths, strict=True)
                )
                + "│"
            )

    o = []
    for p in range(20):
        o += ([""] if p else []) + [
            ("\f" if p else "") + f"              住院病人联系登记表          第{p + 1}页 共20页",
            "打印：HIS工作站03   2023-06-01 15:38:12",
            line("┌", "┬", "┐"),
            *row(["序号", "姓名", "身份证号", "联系电话", "住址"]),
            line("├", "┼", "┤"),
        ]
        for j in range(15):
            i = p * 15 + j
            tel = (
                "同上"
                if j % 5 == 3
                else draw.landline()
                if i % 7 == 0
                else draw.mobile("dash")
                if i % 7 == 1
                else draw.mobile()
            )
            o += [
                *row(
                    [
                        str(i + 1),
                        draw.name(),
                        draw.id15() if i % 13 == 5 else draw.id18(),
                        tel,
                        draw.address(),
                    ]
                ),
                line("├", "┼", "┤") if j < 14 else line("└", "┴", "┘"),
            ]
    (out / NAME).write_bytes(crlf(o).encode("gb18030"))
    return NAME, draw.truth(
        (
            "hospital print spool (GB18030) with ─│┌ boxes and page feeds; 18-digit IDs wrap as "
            "12+6 digits inside a 12-wide cell; addresses wrap too"
        ),
        (
            "take the 12- and 6-digit halves as separate values (none valid) or join a half with "
            "the phone beside it; count page heads or wrapped lines as rows"
        ),
        300,
        300,
    )
