"""A back-end's member export: HTML under the name .xls, as old ASP sites write it."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.third.common import Built, Maker, write

NAME = "07-会员列表20240309153012.xls"
HEAD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<style>td{mso-number-format:"\\@";} .x1{color:#FF0000}</style>
<script>function go(id){location='memberEdit.asp?id='+id}</script></head><body>
<table border="1"><tr><td colspan="9" align="center"><b>会员列表</b></td></tr>
<tr><th>ID</th><th>用户名</th><th>真实姓名</th><th>手机</th><th>邮箱</th><th>推荐人</th>
<th>余额</th><th>注册IP</th><th>注册时间</th></tr>
"""


def build(out: Path) -> Built:
    m = Maker(3107)
    rows: list[str] = [HEAD]
    members: list[str] = []
    for i in range(420):
        phone = m.mobile()
        chief = m.r.choice(members) if members and m.r.random() < 0.4 else "&nbsp;"
        members.append(phone)
        mail = m.email() if m.r.random() < 0.45 else "&nbsp;"
        shut = ' class="x1"' if m.r.random() < 0.05 else ""
        name = m.name() if m.r.random() < 0.9 else "&nbsp;"
        if i % 35 == 12:
            name = m.name() + m.r.choice("喆堃玥")  # not in gb2312: written as &#21894;
        ip = ".".join(str(m.r.randint(11, 240)) for _ in range(4))
        rows.append(
            f"<tr{shut}><td x:num>{100387 + i}</td><td>u{m.digits(6)}</td><td>{name}</td>"
            f"<td style='vnd.ms-excel.numberformat:@'>{phone}</td><td>{mail}</td><td>{chief}</td>"
            f"<td x:num>{m.r.randint(0, 9999)}.00</td><td>{ip}</td>"
            f"<td>{m.moment().strftime('%Y-%m-%d %H:%M:%S')}</td></tr>\r\n"
        )
    rows.append('<tr><td colspan="9">共&nbsp;420&nbsp;条记录&nbsp;第1/1页</td></tr></table>')
    rows.append("</body></html>")
    write(out, NAME, "".join(rows).encode("gb2312", "xmlcharrefreplace"))
    return NAME, m.truth(
        "网站后台会员导出：后缀.xls实为gb2312的HTML表，推荐人列重复他人手机，少数字为&#实体",
        420,
        420,
        "open it as BIFF and fail; take the referrer for a further person; count the title or the "
        "'共 420 条记录' row; read IPs or balances as numbers",
    )
