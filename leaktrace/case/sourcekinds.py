"""The words that people write for the kind of a source."""

from __future__ import annotations

from leaktrace.case.records import SOURCE_KINDS
from leaktrace.messages import _

_CHINESE = {
    "property-viewing": ("看房", "看房登记", "楼盘看房", "到访登记", "样板间"),
    "property-sale": ("售楼", "售楼处", "售房", "楼盘", "开发商", "购房", "新房"),
    "property-management": ("物业", "物业公司", "物业管理", "小区物业"),
    "agency": ("中介", "经纪", "房产中介", "房屋中介", "二手房"),
    "annual-report": ("年报", "企业年报", "工商年报", "公示年报"),
    "loan-app": ("贷款app", "贷款应用", "网贷", "借贷app", "现金贷"),
    "loan-platform": ("贷款平台", "网贷平台", "贷超", "贷款超市", "助贷"),
    "bank-sms-reply": ("银行短信回复", "短信回复", "银行短信"),
    "hotline-400": ("400", "400电话", "400热线", "客服热线"),
    "telecom": ("电信", "运营商", "通信", "营业厅"),
    "web-crawl": ("网页抓取", "爬虫", "网络抓取", "抓取"),
    "education": ("教育", "培训", "教培", "学校", "辅导班"),
    "car-insurance": ("车险", "汽车保险"),
    "life-insurance": ("寿险", "人寿保险", "保险"),
    "dental": ("牙科", "口腔", "齿科", "牙医", "口腔诊所"),
    "logistics": ("物流", "快递", "货运"),
    "recruitment": ("招聘", "求职", "人力"),
    "other": ("其他", "其它"),
}
_CODES = {word.lower(): code for code, words in _CHINESE.items() for word in words}
_CODES |= {code: code for code in SOURCE_KINDS}


def chinese_kinds() -> str:
    """The kinds in Chinese with their codes."""
    return "、".join(f"{_CHINESE[code][0]} ({code})" for code in SOURCE_KINDS)


def allowed_kinds() -> str:
    """The kinds that may be written, in the language of the process with their codes."""
    # One text, since it is kept within others and shown again in either language.
    return _(
        "property-viewing, property-sale, property-management, agency, annual-report, loan-app, "
        "loan-platform, bank-sms-reply, hotline-400, telecom, web-crawl, education, car-insurance, "
        "life-insurance, dental, logistics, recruitment, other"
    )


def kind_code(word: str) -> str | None:
    """The code of :data:`SOURCE_KINDS` that ``word`` means, None where it means none of them."""
    plain = word.strip().lower().replace("_", "-")
    return (
        _CODES.get(plain)
        or _CODES.get(plain.replace(" ", "-"))
        or _CODES.get(plain.replace(" ", ""))
    )
