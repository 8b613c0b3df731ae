"""The words that worlds are made of: names, places, kinds of source. All made up or everyday."""

from __future__ import annotations

from dataclasses import dataclass

SURNAMES = (
    *(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
        "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
        "龚邵万钱严覃武戴莫孔向汤"
    ),
    *("欧阳", "司马", "诸葛", "上官"),
)
GIVEN = tuple(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文辉鹏飞雪婷宇浩然子轩梓涵"
    "欣怡佳琪晨曦雨桐思远博俊峰海燕春花永健立新宏斌凯旭东亮晓云龙凤淑珍小丹青松家豪美琳德福正"
    "义金宝彩虹少波卫民冬"
)

TOWNS = (
    "临江", "澄湖", "南浦", "青岭", "云水", "北桥", "龙泽", "东屏", "石湾", "白沙", "丰川", "柳营",
)  # fmt: skip
ESTATE_HEADS = (
    "锦绣", "阳光", "碧水", "金色", "翡翠", "紫荆", "滨江", "世纪", "东方", "盛世", "香樟", "和谐",
    "御景", "凤凰", "星河", "幸福", "梧桐", "玫瑰", "蓝天", "枫林",
)  # fmt: skip
ESTATE_TAILS = (
    "花园", "华府", "名都", "家园", "新城", "豪庭", "雅苑", "公馆", "里", "湾", "城", "小区",
)  # fmt: skip

# Administrative codes (counties) for the first six digits of an ID number.
ID_REGIONS = (
    110105, 120104, 130102, 140105, 210102, 220104, 230103, 310110, 320102, 320505, 330106,
    330203, 340104, 350102, 350203, 360102, 370102, 370202, 410105, 411303, 420106, 430104,
    440103, 440305, 440606, 450102, 460105, 500103, 510104, 511302, 520103, 530102, 610104, 620102,
)  # fmt: skip

ID_COLUMN, ADDRESS, AMOUNT, DATE, REMARK, EMAIL = (
    "id_number", "address", "amount", "registered", "remark", "email",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KindProfile:
    """How sources of one kind come by their people and what they write down.

    ``scope``: ``estate`` (a cluster of estates), ``town`` or ``country``. ``feeds``: the kinds that
    people come through, best first. ``columns``: what the kind holds besides name and mobile.
    """

    scope: str
    names: tuple[str, ...]
    feeds: tuple[str, ...]
    columns: tuple[str, ...]


KIND_PROFILES: dict[str, KindProfile] = {
    "property-viewing": KindProfile(
        "estate", ("{estate}营销中心", "{estate}售楼处"), (), (DATE, REMARK)
    ),
    "property-sale": KindProfile(
        "estate",
        ("{estate}置业有限公司", "{town}城建开发公司"),
        ("property-viewing", "agency"),
        (ID_COLUMN, ADDRESS, AMOUNT, DATE),
    ),
    "property-management": KindProfile(
        "estate",
        ("{estate}物业服务中心", "{town}安居物业"),
        ("property-sale", "property-viewing"),
        (ADDRESS, DATE, REMARK),
    ),
    "agency": KindProfile(
        "estate",
        ("{town}好邻居房产", "{estate}门店"),
        ("property-viewing", "property-management"),
        (ADDRESS, AMOUNT, REMARK),
    ),
    "loan-platform": KindProfile(
        "estate",
        ("{town}银行按揭部", "{town}融通"),
        ("property-sale",),
        (ID_COLUMN, ADDRESS, AMOUNT, DATE),
    ),
    "bank-sms-reply": KindProfile(
        "town", ("{town}商行短信回执",), ("property-sale",), (ID_COLUMN, DATE)
    ),
    "annual-report": KindProfile("country", ("企业年报公示",), (), (ADDRESS, DATE)),
    "loan-app": KindProfile(
        "country", ("快易借", "钱满袋", "随心贷"), (), (ID_COLUMN, AMOUNT, DATE)
    ),
    "hotline-400": KindProfile("country", ("400客服中心",), (), (DATE, REMARK)),
    "telecom": KindProfile("town", ("{town}营业厅",), (), (ID_COLUMN, ADDRESS, DATE)),
    "web-crawl": KindProfile("country", ("分类信息网采集",), (), (REMARK,)),
    "education": KindProfile(
        "town",
        ("{town}启明教育", "{town}少年宫培训"),
        ("property-management",),
        (ADDRESS, AMOUNT, REMARK),
    ),
    "car-insurance": KindProfile(
        "town", ("{town}平顺车险",), ("property-management",), (ID_COLUMN, ADDRESS, AMOUNT, DATE)
    ),
    "life-insurance": KindProfile(
        "town", ("{town}福寿人寿",), ("car-insurance",), (ID_COLUMN, ADDRESS, AMOUNT, DATE)
    ),
    "dental": KindProfile("town", ("{town}口腔医院",), ("education",), (DATE, REMARK)),
    "logistics": KindProfile("town", ("{town}速达快递",), (), (ADDRESS, DATE)),
    "recruitment": KindProfile("country", ("百工招聘",), (), (ID_COLUMN, REMARK)),
    "other": KindProfile("town", ("{town}会员俱乐部",), ("property-management",), (REMARK, DATE)),
}
PROPERTY_CHAIN = (
    "property-viewing", "property-sale", "property-management", "loan-platform", "agency",
)  # fmt: skip
LOOSE_KINDS = tuple(kind for kind in KIND_PROFILES if kind not in PROPERTY_CHAIN)

REMARKS: dict[str, list[str]] = {
    kind: words.split()
    for kind, words in {
        "property-viewing": "首次到访 意向三房 预算偏低 二次到访 朋友介绍 关注学区 价格敏感",
        "property-management": "已交房 欠费一季 出租 自住 已装修 车位已办",
        "agency": "急售 可议价 满五唯一 钥匙在店 租约到期",
        "hotline-400": "咨询价格 投诉 预约回访 转人工 未接通",
        "education": "小学三年级 试听已约 数学 英语 续费 幼小衔接",
        "dental": "洗牙 种植咨询 矫正 复诊 儿童涂氟",
        "recruitment": "普工 司机 会计 保安 店长 文员",
        "web-crawl": "个人发布 转让 求购 二手车",
        "other": "金卡 银卡 生日月 积分兑换",
    }.items()
}
SELLERS = ["老K", "数据哥", "飞鸟", "小马哥", "A资源", "一手渠道", "夜行者", "客源站"]
