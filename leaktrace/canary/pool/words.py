"""The words that the pool's tables take for kinds of numbers, and for what happens to them."""

from __future__ import annotations

from leaktrace.canary.pool.records import (
    ADDRESS,
    BURNT,
    CALLED,
    EMAIL,
    EXTENDED,
    FREED,
    HANDED,
    HEARTBEAT,
    LANDLINE,
    LAPSED,
    MISSED,
    MOBILE,
    QUARANTINED,
    RESTING,
    RETURNED,
    TOPUP,
)

KIND_WORDS = {
    **{kind: kind for kind in (MOBILE, LANDLINE, EMAIL, ADDRESS)},
    "手机": MOBILE,
    "手机号": MOBILE,
    "座机": LANDLINE,
    "固话": LANDLINE,
    "邮箱": EMAIL,
    "电子邮箱": EMAIL,
    "地址": ADDRESS,
}

WHAT_WORDS = {
    **{
        what: what
        for what in (
            HEARTBEAT, MISSED, CALLED, TOPUP, EXTENDED, LAPSED, HANDED, QUARANTINED, FREED,
            RESTING, RETURNED, BURNT,
        )
    },
    "响铃": HEARTBEAT,
    "通": HEARTBEAT,
    "不通": MISSED,
    "未响": MISSED,
    "来电": CALLED,
    "充值": TOPUP,
    "续约": EXTENDED,
    "停机": LAPSED,
    "移交": HANDED,
    "隔离": QUARANTINED,
    "解除隔离": FREED,
    "停用": RESTING,
    "退还": RETURNED,
    "暴露": BURNT,
}  # fmt: skip
