"""A back-end's GBK tab text named .xls: masked identity numbers, quoted line breaks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.data.wild.second.common import (
    CHANCE,
    Built,
    Maker,
    address,
    bare_id18,
    moment,
    name,
    pick,
)

NAME = "06-member_export_20230611.xls"
WHAT = "后台导出，扩展名xls实为GBK制表符文本；身份证脱敏，备注里有备用号，部分备注带引号换行"
MUST_NOT = (
    "按BIFF打开失败就放弃；按UTF-8读成乱码；引号内换行算成两行；脱敏身份证当证件号；"
    "13位毫秒时间戳当手机"
)


def build(out: Path) -> Built:
    t = Maker()
    lines = ["会员编号\t姓名\t手机号\t证件号\t邮箱\t等级\t积分\t注册IP\t注册时间\t最后登录\t备注"]
    n = 910
    for i in range(n):
        x = bare_id18()
        mk = t.put("id_number_masked", x[:6] + "*" * 8 + x[14:])
        note = pick([""] * 8 + ["老客户", "黑名单", "退款过"])
        r = CHANCE.random()
        if r < 0.05:
            note = "备用" + t.mobile()
        elif r < 0.09:
            note = '"地址有改：\n' + address() + '"'
        lines.append(
            "\t".join(
                [
                    f"M{1000 + i * 3:08}",
                    name(),
                    t.mobile(),
                    mk,
                    t.email() if CHANCE.random() < 0.6 else "",
                    pick(["普通", "银卡", "金卡", "钻石"]),
                    str(CHANCE.randint(0, 99999)),
                    "{}.{}.{}.{}".format(*tuple(CHANCE.randint(11, 223) for _ in range(4))),
                    moment(2021).strftime("%Y-%m-%d %H:%M:%S"),
                    str(
                        int(moment().replace(tzinfo=dt.UTC).timestamp() * 1000)
                        + CHANCE.randint(0, 999)
                    ),
                    note,
                ]
            )
        )
    (out / NAME).write_bytes(("\r\n".join(lines) + "\r\n").replace("：\n", "：\n").encode("gbk"))
    return NAME, t.truth(WHAT, MUST_NOT, n, n)
