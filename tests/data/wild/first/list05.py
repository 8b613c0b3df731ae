"""A call centre's UTF-16 tab text named .xls: three header rows, subtotals, a total."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.files import crlf

NAME = "05-外呼明细.xls"


def build(out: Path) -> Built:
    draw = Maker(105)
    r = draw.r
    ppl = [(draw.name(), draw.mobile()) for _ in range(350)]
    callers = [draw.landline() for _ in range(5)]
    o = [
        "外呼系统通话明细表\t\t\t\t\t\t\t\t",
        "工单\t\t客户\t\t呼叫\t\t\t\t结果",
        "工单号\t坐席\t客户姓名\t被叫号码\t主叫号码\t开始时间\t时长(秒)\t录音文件\t备注",
    ]
    seq = ppl + [r.choice(ppl) for _ in range(450)]
    r.shuffle(seq)
    for i, (n, m) in enumerate(seq):
        d = draw.moment()
        note = r.choice(["无人接听", "拒接", "有意向", "停机", ""])
        if i % 40 == 11:
            note = f"本人不用此号，改打{draw.mobile()}"
        if i % 90 == 20:
            note = f"让打座机{draw.landline()}"
        o.append(
            f"{15900010001 + i}\t{8001 + i % 12}\t{n}\t{m}\t{callers[i % 5]}\t"
            f"{d:%Y-%m-%d %H:%M:%S}\t{r.randint(0, 600)}\trec/{d:%Y%m%d%H%M%S}_{m}.wav\t{note}"
        )
        if i % 100 == 99:
            o.append(f"小计\t\t\t\t\t\t{r.randint(20000, 40000)}\t100条\t")
    o.append("合计\t\t350人\t\t\t\t241580\t800条\t")
    (out / NAME).write_bytes(b"\xff\xfe" + crlf(o).encode("utf-16-le"))
    return NAME, draw.truth(
        (
            "call-centre export, UTF-16LE tab text named .xls: three header rows, subtotals, total;"
            " 800 calls to 350 people"
        ),
        (
            "count the running 11-digit work-order numbers (15900010001…) as mobiles, "
            "subtotal/total rows as rows, or calls as people; ignore second numbers in remarks"
        ),
        800,
        350,
    )
