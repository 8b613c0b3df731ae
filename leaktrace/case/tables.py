"""The tables that people fill in for a case: their columns, in English and Chinese."""

from __future__ import annotations

from leaktrace.intake.tables import TableColumn, TableSpec
from leaktrace.messages import current_language

SOURCES = TableSpec(
    "SOURCES",
    (
        TableColumn("id", ("编号", "来源编号", "来源ID", "来源代码"), required=True),
        TableColumn("name", ("名称", "来源名称", "单位名称", "来源"), required=True),
        TableColumn("kind", ("类别", "类型", "来源类别", "来源类型"), required=True),
        TableColumn("population", ("人数", "注册人数", "登记人数", "总人数"), required=True),
        TableColumn("opened_at", ("开始", "开始时间", "开始日期", "开放时间"), required=False),
        TableColumn("closed_at", ("结束", "结束时间", "结束日期", "关闭时间"), required=False),
        TableColumn("access", ("访问", "公开", "是否公开", "访问方式"), required=False),
        TableColumn("processors", ("受托处理方", "受托方", "处理方"), required=False),
        TableColumn("recipients", ("接收方", "合法接收方", "共享方"), required=False),
        TableColumn("own_numbers", ("自有号码", "官方号码", "本方号码"), required=False),
        TableColumn("note", ("备注", "说明"), required=False),
    ),
)

PLANTINGS = TableSpec(
    "PLANTINGS",
    (
        TableColumn(
            "canary_id", ("诱饵编号", "金丝雀编号", "蜜标编号", "蜜标", "编号"), required=True
        ),
        TableColumn("source_id", ("来源编号", "来源", "来源ID", "投放来源"), required=True),
        TableColumn("planted_at", ("投放时间", "投放日期", "埋设时间", "登记时间"), required=True),
        TableColumn("mobile", ("手机号", "手机", "手机号码", "电话", "联系电话"), required=False),
        TableColumn("name", ("姓名", "名字"), required=False),
        TableColumn("id_number", ("身份证号", "身份证", "身份证号码", "证件号码"), required=False),
        TableColumn("email", ("邮箱", "电子邮箱", "电子邮件"), required=False),
        TableColumn("address", ("地址", "住址", "联系地址"), required=False),
    ),
)

NUMBERS = TableSpec(
    "NUMBERS",
    (
        TableColumn("number_id", ("号码编号", "编号"), required=True),
        TableColumn("value", ("号码", "手机号", "电话", "邮箱", "地址"), required=True),
        TableColumn("kind", ("类别", "类型", "号码类型"), required=False),
        TableColumn("custodian", ("保管人", "持有人", "负责人"), required=False),
        TableColumn("carrier", ("运营商",), required=False),
        TableColumn("region", ("归属地", "地区"), required=False),
        TableColumn(
            "acquired_at", ("取得时间", "取得日期", "开户时间", "开卡时间"), required=False
        ),
        TableColumn("contract_end", ("合约到期", "到期时间", "到期日期"), required=False),
        TableColumn("topup_due", ("充值时间", "充值日期", "下次充值"), required=False),
        TableColumn("cost", ("月租", "费用", "成本"), required=False),
        TableColumn("quarantine_until", ("隔离至", "隔离到期", "静置至"), required=False),
        TableColumn("note", ("备注", "说明"), required=False),
    ),
)

HAPPENINGS = TableSpec(
    "HAPPENINGS",
    (
        TableColumn("number_id", ("号码编号", "编号"), required=True),
        TableColumn("at", ("时间", "日期"), required=True),
        TableColumn("what", ("事项", "结果"), required=False),
        TableColumn("to", ("移交给", "接收人", "新保管人"), required=False),
        TableColumn("until", ("至", "到期", "到期时间"), required=False),
        TableColumn("caller", ("主叫", "主叫号码", "来电号码"), required=False),
        TableColumn("note", ("备注", "说明"), required=False),
    ),
)

OFFERS = TableSpec(
    "OFFERS",
    (
        TableColumn("offer_id", ("报价编号", "广告编号", "编号"), required=True),
        TableColumn("seller", ("卖家", "卖方"), required=True),
        TableColumn("seen_at", ("发现时间", "看到时间", "时间"), required=True),
        TableColumn("platform", ("平台",), required=False),
        TableColumn("claimed_kind", ("自称类别", "自称类型"), required=False),
        TableColumn("claimed_app", ("自称应用", "自称APP"), required=False),
        TableColumn("claimed_channel", ("自称渠道",), required=False),
        TableColumn("claimed_carrier", ("自称运营商",), required=False),
        TableColumn("tags", ("标签",), required=False),
        TableColumn("price", ("价格", "报价"), required=False),
        TableColumn("price_unit", ("计价方式", "计价单位"), required=False),
        TableColumn("currency", ("币种", "货币"), required=False),
        TableColumn("min_order", ("起订量", "最低起订"), required=False),
        TableColumn("batch_id", ("批次编号", "批次"), required=False),
        TableColumn("note", ("备注", "说明"), required=False),
    ),
)

BATCHES = TableSpec(
    "BATCHES",
    (
        TableColumn("file", ("文件", "文件名", "文件路径"), required=True),
        TableColumn("batch_id", ("批次编号", "批次", "批次号", "编号"), required=True),
        TableColumn("seen_at", ("发现时间", "获取时间", "看到时间", "时间"), required=True),
        TableColumn("seller", ("卖家", "卖方"), required=False),
        TableColumn("offer_id", ("报价编号", "广告编号"), required=False),
        TableColumn("claimed_kind", ("自称类别", "自称类型"), required=False),
        TableColumn("price", ("价格", "报价"), required=False),
        TableColumn("price_unit", ("计价方式", "计价单位"), required=False),
        TableColumn("currency", ("币种", "货币"), required=False),
        TableColumn("note", ("备注", "说明"), required=False),
    ),
)

CALLS = TableSpec(
    "CALLS",
    (
        TableColumn("callee", ("被叫", "被叫号码"), required=True),
        TableColumn("caller", ("主叫", "主叫号码", "来电号码"), required=True),
        TableColumn("started_at", ("开始时间", "来电时间", "时间"), required=True),
        TableColumn("duration_s", ("时长", "时长秒", "通话时长"), required=False),
        TableColumn("kind", ("类别", "类型"), required=False),
        TableColumn("call_mode", ("呼叫方式",), required=False),
        TableColumn("sector", ("行业",), required=False),
        TableColumn("claims_to_be", ("自称", "自称身份"), required=False),
        TableColumn("transcript", ("内容", "录音文本", "转写"), required=False),
    ),
)

TABLES = (SOURCES, PLANTINGS, NUMBERS, HAPPENINGS, OFFERS, BATCHES, CALLS)

CHINESE_FILE_NAMES = {
    "SOURCES": "来源",
    "PLANTINGS": "投放",
    "NUMBERS": "号码",
    "HAPPENINGS": "号码动态",
    "OFFERS": "报价",
    "BATCHES": "批次",
    "CALLS": "来电",
}


def table_file(name: str) -> str:
    """What the template of the table ``name`` is called in the language of the process."""
    return CHINESE_FILE_NAMES[name] if current_language() == "zh" else name
