"""What people and firms of the made-up year are called, and what robots and humans say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

Generator = np.random.Generator

#: Kind of source: its weight, how its name ends, the sector of its own business ("" none).
KINDS: Mapping[str, tuple[int, str, str]] = {
    "property-viewing": (14, "样板间接待中心", "property"),
    "property-sale": (10, "花园售楼处", "property"),
    "property-management": (7, "物业服务公司", "property"),
    "agency": (10, "房产经纪门店", "property"),
    "loan-app": (12, "速贷应用", "loan"),
    "loan-platform": (8, "金融服务平台", "loan"),
    "bank-sms-reply": (3, "银行信用中心", "loan"),
    "telecom": (4, "通信营业厅", "telecom"),
    "education": (8, "教育培训学校", "education"),
    "car-insurance": (6, "车险服务部", "insurance"),
    "life-insurance": (4, "人寿营业部", "insurance"),
    "dental": (6, "口腔门诊", "medical"),
    "logistics": (3, "快运公司", "logistics"),
    "recruitment": (4, "人才网", "recruitment"),
    "hotline-400": (3, "客服热线", ""),
    "other": (4, "生活会员店", ""),
}
PUBLIC_KINDS = ("annual-report", "web-crawl")

#: What dials at random, and how much of it.
SECTORS: Mapping[str, int] = {
    "loan": 30, "renovation": 10, "property": 10, "insurance": 10, "investment": 10,
    "education": 8, "company-services": 6, "medical": 5, "telecom": 5, "recruitment": 4,
    "collection": 1, "authority": 1,
}  # fmt: skip

_SAID: Mapping[str, Sequence[str]] = {
    "loan": (
        "我们这边是做信贷额度的", "最近年化利率降到三点几了", "最高可以申请{sum}万额度",
        "当天审批当天放款", "您近期有没有资金周转的需要", "公积金和房贷都可以办理",
    ),
    "renovation": (
        "您家的房子装修了没有", "我们是做全屋定制和整装的", "可以免费上门量房出设计图",
        "今天订有{sum}千元优惠", "主材全部是大品牌", "工期九十天零增项",
    ),
    "property": (
        "我们这边新推了一批房源", "首付只要{sum}万起", "地铁口精装小户型",
        "周末样板间开放可以来看房",
        "学区房现在价格很低", "您最近有买房或者置业的打算吗",
    ),
    "insurance": (
        "您的车险快要到期了", "现在续保可以返{sum}百元", "三者险保额可以做到三百万",
        "保单可以先帮您算个价", "我们还有重疾和寿险的产品", "理赔全程有人跟进",
    ),
    "investment": (
        "您平时有在炒股吗", "我们老师每天免费推送三只牛股", "可以帮您诊股解套",
        "进群就送{sum}节理财课",
        "大盘现在是布局的时候", "加一下客服微信就可以",
    ),
    "education": (
        "孩子现在读几年级", "我们有免费的试听课程", "一对一辅导成绩提高很快", "报班现在立减{sum}百",
        "也有学历提升和考证培训", "家长可以先加老师了解一下",
    ),
    "company-services": (
        "您的公司年报还没有申报", "我们提供代理记账和报税", "一年只要{sum}千元",
        "工商变更注销都能办", "商标注册有优惠", "避免进入异常名录",
    ),
    "medical": (
        "我们口腔医院最近有种植牙活动", "种一颗牙补贴{sum}千元", "可以免费拍片检查",
        "洗牙只要九块九",
        "牙齿矫正分期免息", "我帮您预约一个体检时间",
    ),
    "telecom": (
        "您目前的套餐可以升级", "每月多送{sum}十个流量", "宽带提速不加价", "话费充一百送五十",
        "携号转网也有优惠", "新用户送手机卡一张",
    ),
    "recruitment": (
        "我们这边在招聘客服岗位", "月薪{sum}千起包住", "看到您的简历很合适", "下午可以过来面试",
        "兼职也可以日结", "入职就有奖金",
    ),
    "collection": (
        "您名下有一笔欠款已经逾期", "请今天之内还款{sum}千元",
        "否则将移交法务处理", "会影响您的征信",
        "请转告他尽快联系我们", "我们将启动仲裁程序",
    ),
    "authority": (
        "这里是公安局反诈中心", "您名下的账户涉案{sum}万元", "请配合调查", "不要告诉任何人",
        "请转入安全账户", "否则派出所会上门",
    ),
    "logistics": (
        "您有一个快递包裹待派送", "运单尾号是{sum}", "派送员下午送到",
        "丢件可以理赔", "请保持电话畅通",
        "不在家可以放驿站",
    ),
    "other": (
        "我们是会员服务中心", "您有{sum}百积分快到期了", "可以兑换一份礼品", "到店就能领取",
        "周末有会员活动", "期待您的光临",
    ),
}  # fmt: skip
_GREETINGS = (
    "您好", "喂您好打扰您一分钟", "您好这里是{firm}", "您好我是{firm}的智能助手", "喂你好能听到吗",
)  # fmt: skip
_CLOSINGS = (
    "感兴趣的话请按1", "稍后让专员加您微信", "那我给您发个短信介绍一下", "不需要的话就不打扰您了",
    "有需要请按一转人工", "祝您生活愉快",
)  # fmt: skip
_HUMAN = (
    "哎您好是{name}吧，刚才我同事联系过您", "{name}您好，您之前登记过资料",
    "喂是{name}吗，我这边跟您确认一下",
)  # fmt: skip
_COMMON = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
_FIRM = "鑫恒汇瑞诚达亿佳盛通卓远百嘉铭宏旺捷睿"
_FIRM_TAILS = ("科技", "咨询", "商务", "信息", "服务", "集团", "顾问")
_PLACE = "云锦栖枫溪澜桂松荷翠江滨湖星月金龙凤泰和盛景明辉"
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董"
_GIVEN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平桂英华玉红文辉鹏飞雪婷宇浩然轩梓涵欣怡佳琪晨思远"


def pick(rng: Generator, words: Sequence[str]) -> str:
    """One of ``words``."""
    return words[int(rng.integers(len(words)))]


def weighted(rng: Generator, weights: Mapping[str, float]) -> str:
    """One of the names, by its weight."""
    odds = np.array(list(weights.values()), float)
    return list(weights)[int(rng.choice(len(odds), p=odds / odds.sum()))]


def person(rng: Generator) -> str:
    """A full name of three characters."""
    return pick(rng, _SURNAMES) + pick(rng, _GIVEN) + pick(rng, _GIVEN)


def firm(rng: Generator) -> str:
    """What a calling firm is called."""
    return pick(rng, _FIRM) + pick(rng, _FIRM) + pick(rng, _FIRM_TAILS)


def source_name(rng: Generator, tail: str) -> str:
    """What a source is called."""
    return pick(rng, _PLACE) + pick(rng, _PLACE) + pick(rng, _FIRM) + tail


def address(rng: Generator) -> str:
    """Where a made-up registrant lives."""
    road = pick(rng, _PLACE) + pick(rng, _PLACE)
    return f"{road}路{rng.integers(1, 400)}号{rng.integers(1, 30)}栋{rng.integers(101, 3000)}室"


def script(rng: Generator, sector: str, name: str) -> str:
    """What a firm's robot reads, its amount left open."""
    lines = _SAID.get(sector) or _SAID["other"]
    chosen = [lines[at] for at in rng.permutation(len(lines))[: rng.integers(3, 6)]]
    said = [pick(rng, _GREETINGS).format(firm=name), *chosen, pick(rng, _CLOSINGS)]
    return "，".join(said) + "。"


def human_words(rng: Generator, name: str) -> str:
    """How a human begins who knows whom the number is of."""
    return pick(rng, _HUMAN).format(name=name)


def read_aloud(rng: Generator, text: str, misheard: float) -> str:
    """One reading of a script, as speech-to-text wrote it down."""
    said = text.replace("{sum}", str(int(rng.choice([1, 2, 3, 5, 8, 10, 20, 30, 50]))))
    wrong = rng.random(len(said)) < misheard
    return "".join(
        pick(rng, _COMMON) if bad and one.isalpha() else one
        for bad, one in zip(wrong, said, strict=True)
    )
