"""Make the tables and logs of this folder anew: ``python examples/my-phone/make.py``.

Everybody in them is made up; mobiles are drawn as ``leaktrace simulate`` draws them. The same
program gives the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np

from leaktrace.simulate.numbers import draw_mobiles, draw_space
from leaktrace.times import SHANGHAI

#: A call: canary, when, caller (a position among those drawn, or a number), seconds, who spoke,
#: about what, whom it said to be, what was said.
Row = tuple[str, str, int | str, int, str, str, str, str]

SEED, CALLERS = 20250302, 40
OFFICE, BANK = "0451-87654321", "95000001"
SOURCES = (
    ("S01", "山湾花园看房登记", "property-viewing", "", OFFICE),
    ("S02", "松江银行", "other", "", BANK),
    ("S03", "其他记不清的地方", "other", "", ""),
)
#: Canary, source, since when, name told there alone. Two numbers were never given to anybody.
TOLD = (
    ("P1", "S01", "2025-03-02", "沈安宁"),
    ("P2", "S01", "2025-03-02", "沈佳宁"),
    ("P3", "S02", "2019-05-06", ""),
    ("P3", "S03", "2017-09-01", ""),
    ("P4", "", "2025-01-04", ""),
    ("P5", "", "2025-01-04", ""),
)
LOAN = "您好，这里是信贷中心，您的信用良好，可以申请二十万额度，利息年化三点六，有资金周转需要请按1"
CALLS: tuple[Row, ...] = (
    ("P3", "2025-01-15 10:02:11", BANK, 48, "human", "", "松江银行", ""),
    ("P3", "2025-02-10 15:31:40", 0, 22, "robot", "investment", "", ""),
    ("P4", "2025-02-20 11:15:03", 1, 9, "robot", "telecom", "", ""),
    ("P1", "2025-03-05 09:40:12", OFFICE, 95, "human", "property", "", ""),
    ("P2", "2025-03-06 14:21:35", 2, 60, "human", "property", "山湾花园", ""),
    ("P3", "2025-04-02 16:44:50", 3, 14, "robot", "loan", "", ""),
    ("P1", "2025-04-09 10:31:07", 4, 21, "robot", "", "", LOAN),
    ("P2", "2025-04-10 11:05:49", 5, 24, "robot", "", "", LOAN),
    ("P1", "2025-04-15 17:12:30", 6, 73, "human", "", "",
     "请问是沈安宁女士吗？您在看房子吧，我们做全屋定制和装修，可以免费量房"),
    ("P2", "2025-04-22 10:48:19", 7, 66, "human", "", "",
     "沈佳宁您好，我们是少儿英语培训，可以带孩子来试听课程"),
    ("P1", "2025-04-28 13:20:44", 8, 31, "human", "insurance", "", ""),
    ("P1", "2025-05-12 16:02:08", 9, 88, "human", "", "",
     "沈安宁女士，我是做股票的老师，最近有一只牛股，拉您进群"),
    ("P2", "2025-05-13 09:55:36", 10, 52, "human", "loan", "", ""),
    ("P5", "2025-05-20 14:37:21", 11, 8, "robot", "loan", "", ""),
    ("P1", "2025-05-30 18:25:00", 12, 40, "human", "education", "", ""),
    ("P3", "2025-06-05 10:10:10", 13, 19, "robot", "loan", "", ""),
    ("P2", "2025-06-11 15:16:27", 14, 35, "human", "", "",
     "是沈佳宁吧？您的车险快到期了，续保有优惠，商业保费可以打折"),
    ("P1", "2025-06-24 11:41:53", 15, 27, "human", "investment", "", ""),
    ("P2", "2025-07-02 16:33:15", 16, 45, "human", "", "",
     "您是沈佳宁女士？口腔医院周年庆，种植牙特价，免费洗牙"),
    ("P3", "2025-07-08 09:27:58", 17, 30, "human", "insurance", "", ""),
    ("P1", "2025-07-14 10:58:32", 18, 33, "human", "medical", "", ""),
    ("P3", "2025-01-22 17:05:29", 20, 16, "robot", "loan", "", ""),
    ("P3", "2025-02-27 11:48:02", 21, 25, "human", "education", "", ""),
    ("P3", "2025-03-13 10:26:44", 22, 12, "robot", "loan", "", ""),
    ("P3", "2025-03-31 14:02:19", 23, 37, "human", "insurance", "", ""),
    ("P3", "2025-04-24 09:16:53", 24, 18, "robot", "property", "", ""),
    ("P3", "2025-05-16 16:39:30", 25, 28, "human", "loan", "", ""),
    ("P3", "2025-06-20 10:51:12", 26, 11, "robot", "telecom", "", ""),
    ("P3", "2025-07-17 15:27:46", 27, 33, "human", "medical", "", ""),
    ("P2", "2025-07-21 13:09:04", 19, 20, "robot", "loan", "", ""),
)  # fmt: skip
#: What came in later.
AUGUST: tuple[Row, ...] = (
    ("P1", "2025-08-06 15:44:21", 28, 41, "human", "", "",
     "沈安宁女士您好，公司注销、代理记账需要吗，我们有财税优惠"),
    ("P3", "2025-08-11 10:19:37", 29, 15, "robot", "loan", "", ""),
)  # fmt: skip
#: Messages on the first phone: when, from where, what.
MESSAGES = (
    ("2025-03-20 08:30:15", "10690000123", "【山湾花园】您的验证码是482913，五分钟内有效"),
    ("2025-06-18 12:00:41", "10690000777",
     "沈安宁您好，您有一笔三十万备用金待领取，额度年化低，回复1办理"),
)  # fmt: skip
CALLED_BACK = ("2025-03-05 12:01:30", OFFICE, 64)


def main(folder: Path) -> None:
    """Write all files into ``folder``."""
    own, callers = _numbers()
    by_time = sorted(CALLS, key=lambda row: row[1])
    calls, august = ([_called(row, callers) for row in rows] for rows in (by_time, AUGUST))
    _table(folder / "SOURCES.csv", "id,name,kind,population,own_numbers", SOURCES)
    told = [(canary, source, at, own[canary], name) for canary, source, at, name in TOLD]
    _table(folder / "PLANTINGS.csv", "canary_id,source_id,planted_at,mobile,name", told)
    _backup(folder / "phone.xml", [one for one in calls if one[0] == "P1"])
    _bill(folder / "bill.csv", own["P2"], [one for one in calls if one[0] == "P2"])
    header = "callee,caller,started_at,duration_s,kind,sector,claims_to_be,transcript"
    for name, rows in (("CALLS.csv", calls), ("august.csv", august)):
        noted = [(own[phone], caller, at, *rest) for phone, at, caller, *rest in rows]
        _table(folder / name, header, noted)


def _called(row: Row, callers: Sequence[str]) -> Row:
    who = row[2]
    return (*row[:2], callers[who] if isinstance(who, int) else who, *row[3:])


def _numbers() -> tuple[dict[str, str], list[str]]:
    """The numbers of the phones by canary, and those of the callers."""
    phones = sorted({one[0] for one in TOLD})
    rng = np.random.default_rng(SEED)
    space = draw_space(rng, 1, (40, 60))
    carrier = rng.choice(np.array([1, 2, 3], np.uint8), len(phones) + CALLERS)
    drawn = draw_mobiles(rng, space, np.zeros(carrier.size, np.uint8), carrier)
    numbers = list(map(str, drawn.tolist()))
    return dict(zip(phones, numbers, strict=False)), numbers[len(phones) :]


def _backup(path: Path, calls: Iterable[Sequence[object]]) -> None:
    """As "SMS Backup & Restore" writes it."""
    lines = [
        f'  <call number="{caller}" duration="{seconds}" date="{_since_1970(str(at))}" type="1"'
        ' presentation="1" />'
        for _phone, at, caller, seconds, *_rest in calls
    ]
    at, number, seconds = CALLED_BACK
    lines.append(
        f'  <call number="{number}" duration="{seconds}" date="{_since_1970(at)}" type="2"'
        ' presentation="1" />'
    )
    lines += [
        f'  <sms address="{sender}" date="{_since_1970(at)}" type="1" body={quoteattr(text)} />'
        for at, sender, text in MESSAGES
    ]
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    text = "\n".join([head, f'<allcalls count="{len(lines)}">', *lines, "</allcalls>", ""])
    path.write_text(text, encoding="utf-8", newline="\n")


def _since_1970(at: str) -> int:
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    return int(moment.timestamp()) * 1000


def _bill(path: Path, own: str, calls: Iterable[Sequence[object]]) -> None:
    """As a carrier's site gives it for download."""
    rows = [(own, at, caller, "被叫", seconds) for _phone, at, caller, seconds, *_rest in calls]
    at, number, seconds = CALLED_BACK
    rows.append((own, at, number, "主叫", seconds))
    rows.sort(key=lambda row: str(row[1]))
    _table(path, "本机号码,起始时间,对方号码,呼叫类型,通话时长", rows)


def _table(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header.split(","), *rows])


if __name__ == "__main__":
    main(Path(__file__).parent)
