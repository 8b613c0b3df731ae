"""What a header says of its column: what it is about, and whether holders ought to agree on it."""

from __future__ import annotations

from functools import lru_cache

FACT, OWN, SERIAL = "fact", "own", "serial"
"""A fact of the person or thing is the same at every holder; what a holder gave or asked or noted
itself (an amount, a day, a remark) is its own; a serial number is whoever wrote the list's."""

_SERIALS = frozenset(
    {"序号", "编号", "序", "行号", "号", "no", "nr", "#", "id", "index", "serial", "num", "number"}
)
# The first that fits; facts come first: 出生日期 is no day of business.
_WORDS: tuple[tuple[str, str, str], ...] = (
    (FACT, "birth", "出生 生日 birth born dob"),
    (FACT, "age", "年龄"),
    (FACT, "gender", "性别 gender"),
    (FACT, "area", "面积 平米 area sqm"),
    (FACT, "layout", "户型 房型 layout"),
    (FACT, "building", "楼栋 栋 幢 座号 building bldg tower"),
    (FACT, "unit", "单元 unit"),
    (FACT, "floor", "楼层 floor"),
    (FACT, "room", "室号 room flat"),
    (FACT, "estate", "小区 楼盘 项目 estate community compound"),
    (FACT, "city", "城市 地区 区域 省份 区县 city town province district county region"),
    (FACT, "school", "学校 年级 school grade"),
    (FACT, "car", "车型 品牌 车系 model brand"),
    (FACT, "work", "职业 单位 公司 职务 企业 company employer occupation"),
    (OWN, "remark", "备注 跟进 标签 意向 说明 情况 状态 remark note comment tag status memo"),
    (OWN, "agent", "顾问 销售 业务员 经办 客服 agent sales consultant"),
    (OWN, "amount", "金额 价 款 额 费 amount price value total fee sum loan paid premium"),
    (OWN, "day", "登记 注册 签约 到访 来访 录入 创建 日期 时间 date time registered visit created"),
)  # fmt: skip
_WHOLE = {"age": (FACT, "age"), "sex": (FACT, "gender"), "city": (FACT, "city")}


@lru_cache(maxsize=4096)
def meaning(header: str | None) -> tuple[str, str]:
    """What a column is (:data:`FACT`, :data:`OWN`, :data:`SERIAL` or nobody knows: ``""``) and what
    it is about, of which columns of one list may be several; the header itself where no word is
    known, empty where there is none."""
    text = "".join((header or "").casefold().replace("_", " ").split())
    if text.rstrip(".:：") in _SERIALS:
        return SERIAL, text
    if text in _WHOLE:
        return _WHOLE[text]
    for nature, about, words in _WORDS:
        if any(word in text for word in words.split()):
            return nature, about
    return "", text
