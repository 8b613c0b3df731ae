"""Carriers' bill exports (详单): one phone's own calls, in and out, seen from that phone."""

from __future__ import annotations

from collections.abc import Iterable

from leaktrace.calls.forms.rows import CallRows, call_row
from leaktrace.calls.records import SMS
from leaktrace.intake.tables import TableColumn, TableRow, TableSpec

BILL = TableSpec(
    "BILL",
    (
        TableColumn(
            "started_at",
            (
                "起始时间", "通话起始时间", "通话开始时间", "开始时间", "通话时间", "通信时间",
                "呼叫时间", "发生时间", "呼叫开始时间", "通话日期", "起始日期", "时间", "日期",
            ),
            required=True,
        ),
        TableColumn(
            "caller",
            ("对方号码", "对方电话", "对端号码", "通话号码", "对方电话号码", "对方手机号", "对方"),
            required=True,
        ),
        TableColumn(
            "direction",
            (
                "呼叫类型", "通信方式", "通话类型", "主叫/被叫", "主被叫", "主叫被叫", "主被叫类型",
                "呼叫方式", "通话方式", "收发类型", "方向", "类型", "状态",
            ),
            required=True,
        ),
        TableColumn(
            "duration_s",
            ("通话时长", "通信时长", "时长", "通话时长(秒)", "时长(秒)", "呼叫时长", "计费时长"),
            required=False,
        ),
        TableColumn(
            "callee",
            ("本机号码", "本机", "用户号码", "计费号码", "业务号码", "手机号码", "手机号"),
            required=False,
        ),
        TableColumn("service", ("业务类型", "信息类型", "业务名称"), required=False),
    ),
)  # fmt: skip

_IN = ("被叫", "呼入", "接收", "来电", "漏接", "未接", "接听", "收", "incoming", "missed", "in")
_OUT = ("主叫", "呼出", "发送", "去电", "拨打", "拨出", "发", "outgoing", "out")
_MESSAGE = ("短信", "彩信", "sms", "mms")


def calls_of(rows: Iterable[TableRow]) -> CallRows:
    """The calls and messages that came in, in a bill's ``rows``.

    A line that does not say whether it came in stays, without a time, so that it is refused where
    it stands rather than counted as a call.
    """
    kept: list[TableRow] = []
    outgoing = 0
    for row in rows:
        said = row.values["direction"].strip().casefold()
        if not any(word in said for word in _IN) and any(word in said for word in _OUT):
            outgoing += 1
            continue
        told = f"{said} {row.values['service'].casefold()}"
        values = dict(row.values)
        values["kind"] = SMS if any(word in told for word in _MESSAGE) else ""
        if not any(word in said for word in _IN):
            values["started_at"] = ""
        kept.append(call_row(row.number, values, damaged=row.damaged, titles=row.titles))
    return CallRows("bill", kept, outgoing)
