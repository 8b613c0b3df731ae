"""What callers sell, and whether a robot speaks: by the words that are said."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from leaktrace.calls.records import HUMAN, ROBOT, UNKNOWN

_WORDS: Mapping[str, str] = {
    "loan": (
        "贷款 信贷 房贷 车贷 经营贷 抵押 额度 利息 利率 年化 月供 放款 免息 征信 借款 资金周转 "
        "公积金贷 下款 loan credit mortgage apr refinancing instalment consolidation lender"
    ),
    "property": (
        "楼盘 房源 看房 买房 购房 售楼 首付 户型 样板间 学区房 精装 业主 公寓 商铺 新盘 二手房 "
        "置业 property flat apartment viewing landlord bedroom estate developer"
    ),
    "renovation": (
        "装修 量房 全屋定制 翻新 主材 整装 设计图 工期 增项 橱柜 建材 甲醛 门窗 家装 "
        "renovation kitchen refit loft conversion solar insulation builder"
    ),
    "insurance": (
        "保险 车险 保单 续保 投保 理赔 保费 保额 三者险 重疾 寿险 "
        "insurance premium policy renewal insurer breakdown claim"
    ),
    "medical": (
        "种植牙 种牙 牙齿 口腔 矫正 洗牙 补牙 体检 医美 挂号 医院 整形 "
        "dental dentist implant aligner whitening clinic hygiene"
    ),
    "education": (
        "课程 试听 补课 辅导 学历 考研 家长 老师 成绩 报班 考证 培训 公考 "
        "course tuition lesson degree tutor exam qualification"
    ),
    "company-services": (
        "年报 代理记账 工商 税务 营业执照 注销 商标 报税 开票 法人 异常名录 记账 资质 "
        "bookkeeping annual return trademark accounts invoicing director"
    ),
    "investment": (
        "股票 炒股 选股 大盘 涨停 牛股 基金 解套 诊股 股民 理财 数字货币 "
        "share shares trading investor portfolio fund crypto bitcoin"
    ),
    "telecom": (
        "套餐 流量 宽带 话费 携号转网 手机卡 光纤 电信 移动公司 "
        "broadband tariff handset sim data plan"
    ),
    "recruitment": (
        "招聘 面试 岗位 简历 入职 兼职 月薪 职位 招工 "
        "recruitment interview vacancy salary cv hiring"
    ),
    "logistics": (
        "快递 包裹 运单 派送 丢件 物流 理赔双倍 parcel courier delivery shipment tracking"
    ),
    "collection": (
        "逾期 欠款 还款 催收 起诉 失信 法务 仲裁 overdue debt repayment arrears bailiff"
    ),
    "authority": (
        "公安 派出所 检察院 法院 通缉 洗钱 涉案 安全账户 社保局 医保局 反诈 "
        "police court warrant laundering fraud department customs"
    ),
}  # fmt: skip
SECTORS = (*_WORDS, "other")

SECTOR_OF_KIND: Mapping[str, str] = {
    "property-viewing": "property",
    "property-sale": "property",
    "property-management": "property",
    "agency": "property",
    "annual-report": "company-services",
    "loan-app": "loan",
    "loan-platform": "loan",
    "bank-sms-reply": "loan",
    "telecom": "telecom",
    "education": "education",
    "car-insurance": "insurance",
    "life-insurance": "insurance",
    "dental": "medical",
    "logistics": "logistics",
    "recruitment": "recruitment",
}
"""The sector of a source's own business, by its kind; of the others nothing is expected."""

_WRITTEN: Mapping[str, str] = {
    "贷款": "loan", "金融": "loan", "房产": "property", "地产": "property", "房地产": "property",
    "装修": "renovation", "家装": "renovation", "保险": "insurance", "医疗": "medical",
    "口腔": "medical", "牙科": "medical", "教育": "education", "培训": "education",
    "工商": "company-services", "财税": "company-services", "企业服务": "company-services",
    "投资": "investment", "股票": "investment", "理财": "investment", "通信": "telecom",
    "运营商": "telecom", "招聘": "recruitment", "物流": "logistics", "快递": "logistics",
    "催收": "collection", "公检法": "authority", "其他": "other", "其它": "other",
    "company": "company-services", "dental": "medical", "finance": "loan", "credit": "loan",
}  # fmt: skip

_ROBOT = (
    "请按", "按一", "按1", "按#", "智能客服", "智能助手", "ai客服", "机器人", "语音助手",
    "本次通话由",
    "press one", "press 1", "press nine", "press 9", "automated", "recorded message",
    "virtual assistant", "this is a recording",
)  # fmt: skip
_HUMAN = (
    "我听不清", "您稍等我", "我刚才给您打", "我同事", "等下我", "嗯嗯", "哎您", "哦哦", "啊对",
    "hang on", "let me check", "hold on a second", "bear with me", "um,", "er,",
)  # fmt: skip
_LEAD = 2


def prevailing(sectors: Iterable[str]) -> str:
    """The sector that most of ``sectors`` are, those that nobody knows aside; the first by name of
    those that are as many, empty where none is known."""
    counts = Counter(one for one in sectors if one)
    return min(counts, key=lambda one: (-counts[one], one)) if counts else ""


def sector_written(text: str) -> str:
    """The sector that somebody wrote down; ``other`` for a word that is not known, empty for
    none."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    if not word or word in SECTORS:
        return word
    return _WRITTEN.get(word) or sector_heard(word, least=1) or "other"


def sector_heard(transcript: str, *, least: int = _LEAD) -> str:
    """The sector whose words stand in ``transcript``: at least ``least`` of them, and more than of
    any other; else empty."""
    text = unicodedata.normalize("NFKC", transcript).casefold()
    spaced = f" {''.join(one if one.isalnum() else ' ' for one in text)} "
    counts = {
        sector: sum(_stands(word, text, spaced) for word in words.split())
        for sector, words in _WORDS.items()
    }
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    (first, most), (_second, next_most) = ranked[:2]
    return first if most >= least and most > next_most else ""


def kind_heard(transcript: str) -> str:
    """Whether a robot or a human says ``transcript``; ``unknown`` where that does not show."""
    text = unicodedata.normalize("NFKC", transcript).casefold()
    if any(word in text for word in _ROBOT):
        return ROBOT
    return HUMAN if any(word in text for word in _HUMAN) else UNKNOWN


def _stands(word: str, text: str, spaced: str) -> bool:
    if not word.isascii():
        return word in text
    return f" {word} " in spaced or f" {word}s " in spaced
