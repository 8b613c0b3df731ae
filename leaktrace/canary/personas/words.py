"""The words that personas are made of: surnames, given characters, roads, estates, layouts."""

from __future__ import annotations

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
    "覃武莫孔向汤常温康施樊葛安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯"
    "纪梅童凌季裴涂苗谷盛曲翁冉骆蓝路游辛靳管蒙鲍喻祁蒲房滕屈尤穆卓"
)
GIVEN = (
    "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平桂英华玉红文辉鹏飞雪婷宇浩然轩梓涵欣怡佳琪晨思远博峰海燕"
    "春永健宏斌凯旭东亮晓云凤淑珍丹青松家豪美福泽翀珩昶霁旻琛馥淼骥颖瑶睿恺楷岚澜楠沐若森诗爽舜颂嵩"
    "素穗棠腾甜桐雯熙娴翔萱璇雅毅逸莹咏佑韵昀展彰昭振政智芝忠洲竹珠灼紫佐"
)
"""Common characters and rare ones: a rare one that comes back misspelt was heard, one that comes
back right was copied."""

PLACES = "锦澜云栖枫桂松梅竹兰荷清溪瑞祥福安宁康泰和顺景明辉星月春晓秋霜翠薇紫檀金玉龙凤鹤鹏山"
ROAD_TAILS = ("路", "街", "大道", "巷")
ESTATE_TAILS = ("花园", "雅苑", "华府", "家园", "名邸", "新城", "里")
TRADES = (
    "商贸有限公司", "建材经营部", "设计工作室", "餐饮管理有限公司", "机械配件厂",
    "文化传播有限公司", "物流服务部", "园艺有限公司", "仪表有限公司", "家政服务部",
)  # fmt: skip
LAYOUTS = (
    ("一室一厅一卫", 38.0, 58.0), ("两室一厅一卫", 59.0, 88.0), ("两室两厅一卫", 72.0, 98.0),
    ("三室一厅一卫", 80.0, 109.0), ("三室两厅两卫", 96.0, 139.0), ("四室两厅两卫", 125.0, 189.0),
    ("四室两厅三卫", 150.0, 239.0),
)  # fmt: skip
"""Layouts with the least and the largest area in m² at which they are usual."""
