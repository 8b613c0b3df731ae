"""What sounds alike: the characters that speech-to-text may write for one that was said.

Tones are dropped, and so are the differences that many speakers do not make (zh/z, ch/c, sh/s,
n/l at the beginning, n/ng at the end): two marks that differ in these alone are one to the ear.
"""

from __future__ import annotations

import re
from functools import cache

_TABLE = """
an 安岸庵谙鞍氨桉  ao 奥傲澳翱遨  bai 白百柏佰  bao 包宝保葆褒鲍  bei 贝北蓓备辈
bin 斌彬宾滨缤玢镔  bo 波博柏勃铂泊伯  cai 蔡菜才彩财采  cao 曹草操漕  cen 岑
chang 昌常畅昶长场菖  chao 超潮朝晁巢  chen 陈晨辰沉宸琛臣  cheng 程成城诚承澄呈丞晟
chong 崇冲虫翀充  chu 楚初储褚础  chun 春纯淳椿醇  cong 聪丛从葱琮  cui 崔翠催璀
dan 丹单旦淡  deng 邓登灯等  di 迪狄笛翟  ding 丁定鼎顶  dong 董东冬栋懂  dou 窦豆斗
du 杜度都渡笃  duan 段端锻  en 恩  fan 范凡帆樊繁饭  fang 方芳房坊舫  fei 飞菲费霏妃斐
fen 芬奋纷汾  feng 冯峰丰锋风枫凤封  fu 付傅福富芙甫符馥  gan 甘干感淦  gao 高皋稿
ge 葛戈歌阁格  geng 耿庚耕  gong 龚宫公弓功  gu 顾古谷固  guan 关管官冠  guang 光广
gui 桂贵归圭  guo 郭国果过  hai 海亥  han 韩汉涵寒翰晗含  hang 杭航  hao 郝浩豪昊皓好灏
he 何鹤贺和赫荷禾河  heng 恒衡珩横  hong 洪红宏弘鸿虹泓  hou 侯厚后  hu 胡湖虎户
hua 华花桦画骅  huan 欢环焕桓  huang 黄煌凰皇  hui 惠慧辉晖会汇卉  ji 季纪吉计姬冀继骥霁
jia 贾佳家嘉加  jian 简建健剑坚鉴  jiang 江姜蒋将  jiao 焦娇皎教  jie 杰洁捷解婕
jin 金晋锦进瑾靳津  jing 景静晶京敬菁竞  jiu 久玖  ju 居鞠菊聚  juan 娟隽卷
jun 军俊君均钧峻  kai 凯开恺楷  kang 康抗亢  ke 柯可科克珂  kong 孔空  kuang 邝匡旷况
kui 奎葵魁  kun 坤昆琨  lai 赖来莱  lan 兰蓝岚澜览  lang 郎朗浪  lei 雷磊蕾
li 李黎厉丽力立利莉理  lian 连莲廉涟  liang 梁亮良凉  liao 廖辽  lin 林琳霖麟临
ling 凌玲灵岭令  liu 刘柳流留  long 龙隆珑  lou 娄楼  lu 卢陆鲁路露璐禄  luan 栾峦  lun 伦轮
luo 罗骆洛络  lv 吕绿律  ma 马玛麻  mai 麦迈  man 满曼漫  mao 毛茂茅  mei 梅美媚
meng 孟蒙梦萌  mi 米蜜  miao 苗缪妙淼  min 闵敏民闽旻  ming 明铭鸣茗  mo 莫墨沫
mu 穆牧木慕沐  nan 南楠男  ni 倪妮尼  nie 聂  ning 宁凝甯  ou 欧鸥  pan 潘盼  pang 庞旁
pei 裴沛佩培  peng 彭鹏朋蓬  ping 平萍屏  pu 蒲濮朴普  qi 齐栖祁戚琪奇启琦  qian 钱倩谦千
qiang 强蔷  qiao 乔桥巧  qin 秦勤琴钦芹  qing 青清晴庆卿  qiu 邱秋裘球  qu 屈曲瞿
quan 全泉权  ran 冉然燃  ren 任仁人  rong 荣容蓉融戎  ru 茹如汝  ruan 阮  rui 瑞睿锐芮蕊
run 润  ruo 若  sen 森  sha 沙莎  shan 山珊杉  shang 尚商  shao 邵少韶  shen 沈申慎
sheng 盛生升圣  shi 石施史时诗士  shu 舒书淑树  shuang 双霜爽  shun 顺舜  si 司思斯丝
song 宋松颂嵩  su 苏素肃  sui 隋随穗  sun 孙荪  tai 泰太台  tan 谭覃坦檀  tang 唐汤棠堂
tao 陶涛桃  teng 滕腾  tian 田天甜  ting 婷庭亭廷  tong 佟童彤桐通  tu 涂屠图  wan 万婉晚
wang 王汪旺望  wei 魏韦卫伟威薇玮  wen 温文雯闻  weng 翁  wu 吴武伍邬舞  xi 席溪奚西喜希熙
xia 夏霞侠  xian 冼贤仙娴  xiang 向项翔香祥  xiao 肖萧晓小笑  xie 谢解协  xin 辛欣新鑫心
xing 邢星兴幸  xiong 熊雄  xiu 秀修  xu 许徐旭絮栩  xuan 宣轩萱璇  xue 薛雪学  xun 荀勋迅
ya 雅亚  yan 严颜燕艳岩  yang 杨阳羊洋  yao 姚瑶尧耀  ye 叶业野  yi 易伊怡毅逸  yin 尹殷银音
ying 应英莹颖盈  yong 雍永勇咏  you 尤游友佑  yu 于余俞喻玉宇雨  yuan 袁元远苑  yue 岳月悦越
yun 云芸韵昀  zang 臧  ze 泽则  zeng 曾增  zhan 詹展湛  zhang 张章彰  zhao 赵昭照
zhen 甄真珍振  zheng 郑正政征  zhi 支志智芝  zhong 钟仲中忠  zhou 周舟洲  zhu 朱祝竹珠
zhuang 庄壮  zhuo 卓灼  zi 子紫梓  zong 宗  zou 邹  zu 祖  zuo 左佐
"""

_WORDS = _TABLE.split()
HOMOPHONES = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""By syllable without its tone, the characters that may be written for it. A character with several
readings stands where it is read so in names."""

_BEGINNING = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))


@cache
def blurred(syllable: str) -> str:
    """``syllable`` without the differences that many speakers do not make."""
    for spoken, alike in _BEGINNING:
        if syllable.startswith(spoken):
            syllable = alike + syllable[len(spoken) :]
            break
    return re.sub(r"(?<=[aeiu])ng$", "n", syllable)


@cache
def _heard() -> dict[str, str]:
    heard: dict[str, str] = {}
    for syllable, characters in HOMOPHONES.items():
        for character in characters:
            heard.setdefault(character, blurred(syllable))
    return heard


def heard(text: str) -> tuple[str, ...]:
    """How each character of ``text`` sounds; one that is not in the table stays as it is, and
    blanks and punctuation are dropped."""
    table = _heard()
    return tuple(table.get(one, one.lower()) for one in text if one.isalnum())
