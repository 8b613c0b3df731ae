"""What the header of a column says it holds: Simplified, Traditional, pinyin, English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_LONGEST = 60
# What counts people of one row (电话2, name_1), or says that a field must be filled in.
_VAGUE = frozenset({"时间", "日期", "date", "time", "datetime", "timestamp", "录入", "created"})
# What numbers of things are called beyond the words in the list: 借据号, 门店编号, loan_no.
_THINGS = re.compile(
    "(?:订单|定单|运单|快递|物流|包裹|流水|合同|协议|保单|投保单|批单|赔案|借据|借款|贷款|发票|案件|商户|门店|店铺|渠道|终端"
    "|机构|网点|柜员|批次|凭证|工单|报案|立案|受理|申请|票据|提单|收据|收款|付款|设备|产品|商品|货物|货|房源|项目|学籍|学"
    "|考|准考证|员工|职工|客户|会员|用户|代理|代理商|经销商|供应商|部门|任务|活动|广告|序列|登记|备案|许可|档案|病历|处方)"
    "单?(?:号|编号|编码|代码|流水号|序号|id)"
    "|(?:订单|定单|运单|快递单?|物流单?|流水|合同|协议|保单|借据|发票|案件|批次|凭证|票据|收据|准考证|学籍|序列)号码"
    "|(?:来源|推广|所属|归属|开户|受理|办理)(?:渠道|门店|机构|网点)(?:号|编号|编码|代码|id)"
    "|运单|物流单|快递单?"
    "|.*(?<!证)(?<!话)(?<!机)(?:编号|单号|流水号|批次号|序列号)"
    "|(?:order|loan|policy|contract|invoice|bill|case|trade|trans|transaction|serial|merchant|mch"
    "|shop|store|ticket|claim|apply|application|product|goods|sku|item|waybill|tracking|express"
    "|parcel|batch|channel|agent|dept|org|branch|terminal|device|project|task|campaign|voucher"
    "|receipt|record|request|session|trace|message|msg|student|exam|employee|staff|cust|customer"
    "|member|user|client)(?:no|num|number|id|code|sn)"
)
# Numbers under which people register or log in are often their mobiles.
_ACCOUNTS = re.compile(
    "(?:客户|会员|用户|账|帐|登[录陆]|login|user|member|cust|client|account|acct|qq|扣扣|旺旺"
    "|淘宝|抖音|快手|khh|khbh|hyh|^(?:编号|序列号|户号|zh|bh|id|uid|guid|uuid|openid|unionid|no|num|number|index)$)"
)
_VAGUE_NUMBERS = frozenset({"id", "uid", "no", "num", "number", "index", "编号", "序列号"})
_FEW = 5
_TAIL = re.compile(r"(?:[0-9]{1,2}|[一二三四甲乙]|\((?:必填|选填)\))$")


@cache
def _words() -> dict[str, list[str]]:
    """The words of each kind as they are compared, in order; ``"who"``: whose it is."""
    text = (files("leaktrace.intake") / "headers.txt").read_text(encoding="utf-8")
    words: dict[str, list[str]] = {}
    kind = ""
    for line in text.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            words.setdefault(kind, []).extend(map(normal, line.split()))
    return words


@cache
def _kinds() -> dict[str, str]:
    words = _words()
    return {word: kind for kind in reversed(list(words)) for word in words[kind] if kind != "who"}


@cache
def _whose() -> tuple[str, ...]:
    """Longest first."""
    return tuple(sorted(_words()["who"], key=lambda word: (-len(word), word)))


def normal(header: str) -> str:
    """A header as it is compared: half-width, lower case, simplified, without blanks and marks."""
    text = unicodedata.normalize("NFKC", header).casefold()
    text = re.sub(r"[(\[【<].*?[)\]】>]", "", text)
    text = re.sub(r"[\s_\-.:*#/\\'\"=`|、，,\u200b\ufeff]+", "", text)
    return text if text.isascii() else _simplified(text)


def _simplified(text: str) -> str:
    from leaktrace.identifiers.names import simplified

    return simplified(text)


@cache
def typed_words() -> tuple[str, ...]:
    """Every word as it stands in the file of words, those of [who] aside."""
    return tuple(sorted(_kinds()))


@lru_cache(maxsize=1 << 14)
def header_kind(header: str) -> str | None:
    """The kind that ``header`` names (``"other"`` and ``"serial"`` for no identifier), or None.

    A word may stand behind whose it is (购房人电话, custMobile) and before a number (姓名2).

    >>> header_kind("手机号码（必填）"), header_kind("cust_mobile"), header_kind("張三")
    ('mobile', 'mobile', None)
    """
    if len(header) > _LONGEST:
        return None
    return _kind_of(normal(header))


def _kind_of(word: str) -> str | None:
    kinds = _kinds()
    bare = _TAIL.sub("", word)
    for form in (word, bare):
        if form in kinds:
            return kinds[form]
    for form in (word, bare):
        for whose in _whose():
            rest = form.removeprefix(whose)
            if rest != form and rest in kinds and rest not in _VAGUE:
                return kinds[rest]
    return "serial" if _THINGS.fullmatch(word) else None


def may_be_account(header: str, cells: int) -> bool:
    """Whether a header of serial numbers may stand above mobiles, as accounts and customers'
    numbers do; orders, parcels and contracts have numbers of their own, and a few ``cells`` under
    ``id`` say nothing.

    >>> may_be_account("会员号", 9), may_be_account("快递单号", 9), may_be_account("id", 1)
    (True, False, False)
    """
    word = normal(header)
    return _ACCOUNTS.search(word) is not None and (cells >= _FEW or word not in _VAGUE_NUMBERS)


def is_header_word(cell: str) -> bool:
    """Whether a cell is a word that stands in headers."""
    return header_kind(cell) is not None


def without_number(header: str) -> str:
    """``header`` as it is compared, without the number that counts people of one row."""
    return _TAIL.sub("", normal(header))


def date_rank(header: str) -> int:
    """How surely ``header`` names the time of registration: lower is surer."""
    words = _words()["registered_at"]
    return words.index(normal(header)) if normal(header) in words else len(words)
