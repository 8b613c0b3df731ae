"""What stands above and below the rows of a list: who made it, whom to call, what it adds up to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.identifiers.kinds import EMAIL, HOTLINE, LANDLINE, MOBILE, MOBILE_FOREIGN, Kind
from leaktrace.identifiers.names import looks_like_name, normalise_name, simplified
from leaktrace.intake.columns import ColumnPlan, Role
from leaktrace.intake.headers import header_kind, is_header_word, normal
from leaktrace.intake.records import is_alone

MAKER, CONTACT, TOTAL = "maker", "contact", "total"
"""Why a row is of nobody in the list: it names its maker, or whom to call, or is a sum."""

TITLES = {"title-maker": MAKER, "title-contact": CONTACT}
"""What a row is that says so only in passing: it is of nobody above the header, and there alone."""

FIELD, BARE = "field", "bare"
"""What else a row may be: a field of somebody, as ``姓名：…``, which says that the rows around it
are somebody's, too; one without an identifier."""

_END = r"(?:$|[\s:：/,，、。(（\d])"
_MAKERS = (
    "制表|制单|填表|填报|编制|审核|复核|审批|核对|校对|打印|导出|汇总|统计|录入|采集|提供|报送|上报"
    "|整理|经手|经办"
)
_MAKER = re.compile(
    rf"(?:{_MAKERS})(?:人|员|者|单位|部门|公司|时间|日期)?(?:签字|签名|姓名|电话)?{_END}"
)
_PHONES = "电话|热线|专线|总机|座机|手机|方式|号码|tel|phone|hotline"
_WHOSE = (
    "24小时|全国|免费|统一|客户服务|官方|公司|总部|前台|值班|办公室?|业务|售后|售前|售楼处?|营销中心|案场"
    "|项目|门店|物业|客服|服务|咨询|投诉|监督|举报|报名|预约|订购|招商|加盟|联系|联络|合作|维权"
)
_CALL = "联系|致电|咨询|拨打|来电|垂询|加(?:微信|v|qq)|热线"
_CONTACT = re.compile(
    rf"(?:{_WHOSE})+(?:{_PHONES})+{_END}|(?:热线|专线|总机|hotline){_END}|(?:客服|咨询|投诉|举报)"
    rf"{_END}|(?:更多|如需|如有|欢迎|有意者|购买|出售|长期|详情)[^0-9]{{0,30}}?(?:{_CALL})"
    rf"|请?(?:{_CALL}){_END}"
)
_SUMS = "合计|总计|小计|共计|累计|合共|总共|总数|total|subtotal"
_TOTAL = re.compile(
    rf"(?:{_SUMS}){_END}|(?:{_SUMS})?共\s*\d+\s*(?:人|条|户|位|名|个|行|套|组|家|件|笔)"
)
_WORDS = ((MAKER, _MAKER), (CONTACT, _CONTACT), (TOTAL, _TOTAL))
_MADE = re.compile(rf"(?:{_MAKERS})(?:人|员|单位|[:：])")
_CALLABLE = re.compile(rf"(?:{_WHOSE})+(?:{_PHONES})|热线|客服")
_LABEL = re.compile(r"[\W_]*([^\W\d_][^:：]{0,11}?)\s*[:：]")
_LEAD = re.compile(r"^[\W_]+")
# Words that are nobody's even where the name should stand; others may be what somebody is called.
_NOBODYS = re.compile(
    rf"(?:制表|制单|填表|填报|编制|打印|导出|{_SUMS}|共\s*\d)|(?:{_WHOSE})*(?:{_PHONES})+{_END}"
)
_CALLED = frozenset({MOBILE, MOBILE_FOREIGN, LANDLINE, HOTLINE, EMAIL})
_SOMEBODYS = ("name", "id_number")
_NO_NUMBERS = ("other", "name", "registered_at")
_RUNNING = frozenset(map(normal, ("序号", "编号", "序列", "no", "xh", "行号", "num", "index")))
_LEAST, _LOOKED_AT, _CELLS = 3, 20, 60


def is_plain_list(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table, by its first rows below the header, is one of people in rows.

    Others, of a field a row, may end in what looks like a foot and is the last field of somebody.
    """
    plain = 0
    for row in rows[:_LOOKED_AT]:
        plain += _is_plain(row)
        if plain >= _LEAST:
            return True
    return False


def _is_plain(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row[:_CELLS] if cell.strip()]
    if not cells or is_header_word(cells[0]) or _LABEL.match(cells[0]) or _word_of(cells[0]):
        return False
    if len(cells) == 1:
        return is_alone(cells[0])
    return any(recognise_cell(cell) for cell in cells)


def row_code(
    cells: Mapping[int, str],
    found: Mapping[int, Collection[Kind]],
    plans: Sequence[ColumnPlan],
) -> str:
    """What a row near the end of a table is; empty for a row of somebody, and in doubt.

    Parameters
    ----------
    cells : mapping of column to str
        Those with something in them, in order.
    found : mapping of column to kinds
        What was recognised in them.
    plans : sequence of ColumnPlan
    """
    if not cells:
        return BARE
    at, first = next(iter(cells.items()))
    reason, rest = _word_of(first) or ("", "")
    if reason != MAKER and any(map(_is_field, cells.values())):
        return FIELD
    if not found:
        return BARE
    if not {kind for kinds in found.values() for kind in kinds} <= _CALLED:
        return ""
    if not reason:
        return _title(_plain(first)) if len(cells) == 1 else ""
    placed = {i for i in found if i != at and _in_its_place(cells[i], i, plans)}
    if placed:
        alone = cells.keys() <= {at, *placed} or reason == TOTAL
        said = _in_others_place(at, plans, alone=alone) and _NOBODYS.match(_plain(first))
        return reason if said else ""
    others = [cell for i, cell in cells.items() if i != at]
    names = [i for i in cells if i != at and i < len(plans) and plans[i].role is Role.NAME]
    if reason == MAKER:
        return reason
    if any(looks_like_name(cells[i]) for i in names):
        return ""
    return "" if any(_names_somebody(text) for text in (rest, *others)) else reason


def _title(text: str) -> str:
    """What a text tells somewhere in it: who made the list, or whom to call, and of nobody else."""
    if _MADE.search(text):
        return "title-maker"
    return "title-contact" if _CALLABLE.search(text) and not _names_somebody(text) else ""


def _word_of(text: str) -> tuple[str, str] | None:
    """What the words at the beginning of a cell say, and what follows them."""
    plain = _plain(text)
    for reason, words in _WORDS:
        match = words.match(plain)
        if match:
            return reason, plain[match.end() :]
    return None


def _plain(text: str) -> str:
    """As it is compared: half-width, lower case, simplified, without marks before it."""
    return _LEAD.sub("", simplified(unicodedata.normalize("NFKC", text[:500])).casefold(), count=1)


def _is_field(text: str) -> bool:
    """Whether a cell is somebody's field with its title (姓名：张三), or the title alone (姓名)."""
    match = _LABEL.match(text)
    return header_kind(match[1] if match else text) in _SOMEBODYS


def _in_its_place(text: str, column: int, plans: Sequence[ColumnPlan]) -> bool:
    """Whether an identifier stands alone in a column of such."""
    plan = plans[column] if column < len(plans) else ColumnPlan(None)
    # In a short list its foot is part of the sample: a header tells what is likely by itself.
    mine = plan.likely and header_kind(plan.header or "") not in _NO_NUMBERS
    return plan.role is Role.IDENTIFIERS and mine and is_alone(text)


def _in_others_place(column: int, plans: Sequence[ColumnPlan], *, alone: bool) -> bool:
    """Whether a word stands in place of the row's number; or of the name, ``alone`` beside a
    phone."""
    if column >= len(plans):
        return False
    plan = plans[column]
    return (alone and plan.role is Role.NAME) or normal(plan.header or "") in _RUNNING


def _names_somebody(text: str) -> bool:
    words = re.findall("[\u3400-\u4dbf\u4e00-\u9fff·]+", text)
    return any(looks_like_name(word) and normalise_name(word) and not _word_of(word)
               and not is_header_word(word) for word in words)  # fmt: skip
