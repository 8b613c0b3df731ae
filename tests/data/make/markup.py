"""HTML tables and the XML of Excel 2003, which Chinese back ends export as ``.xls``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from tests.data.make.case import Case, Counts, either, read
from tests.data.make.people import people

_F = "markup"
_N = 20
_HEADER = ("姓名", "手机号", "身份证号")


def html(rows: Sequence[Sequence[str]], *, charset: str = "utf-8", header: str = "th") -> str:
    """A page with one table."""
    lines = []
    for i, row in enumerate(rows):
        tag = header if i == 0 else "td"
        lines.append("<tr>" + "".join(f"<{tag}>{escape(c)}</{tag}>" for c in row) + "</tr>")
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<style>td {{ mso-number-format: '\\@'; }}</style></head><body><table border=1>\n"
        + "\n".join(lines)
        + "\n</table></body></html>"
    )


def spreadsheetml(rows: Sequence[Sequence[str]], *, prolog: str = "", kind: str = "String") -> str:
    """The XML of Excel 2003."""
    lines = "".join(
        "<Row>"
        + "".join(
            f'<Cell><Data ss:Type="{kind if c.isdigit() else "String"}">{escape(c)}</Data></Cell>'
            for c in row
        )
        + "</Row>\n"
        for row in rows
    )
    return (
        f'<?xml version="1.0"?>\n{prolog}<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>后台</Author>'
        '</DocumentProperties><Worksheet ss:Name="名单"><Table>\n'
        f"{lines}</Table></Worksheet></Workbook>"
    )


def cases() -> Iterator[Case]:
    """All of them."""
    folk = people(5000, _N)
    rows = [_HEADER, *((p.name, p.mobile, p.id_number) for p in folk)]
    both = Counts({"mobile": _N, "id_number": _N}, _N, _N)
    yield read(_F, "html-utf8.xls", html(rows).encode(), both)
    yield read(_F, "html-gbk.xls", html(rows, charset="gbk").encode("gbk"), both)
    yield read(_F, "html-gb2312.htm", html(rows, charset="gb2312").encode("gb18030"), both)
    unsaid = html(rows).replace("; charset=utf-8", "").encode("gb18030")
    yield read(_F, "html-gbk-unsaid.xls", unsaid, both)
    yield read(_F, "html-mark.xls", b"\xef\xbb\xbf" + html(rows).encode(), both)
    yield read(
        _F, "html-utf16.xls", b"\xff\xfe" + html(rows, charset="unicode").encode("utf-16-le"), both
    )
    yield read(_F, "html-no-th.xls", html(rows, header="td").encode(), both)
    bare = html(rows)[html(rows).index("<table") : -len("</body></html>")]
    yield read(_F, "table-alone.xls", bare.encode(), both)
    loose = html(rows).replace("</td>", "").replace("</tr>", "").replace("</th>", "")
    yield read(_F, "html-unclosed.html", loose.encode(), both)
    broken = (
        html(rows)
        .replace("<td>", "<td><font color=red><b>")
        .replace("</td>", "</b></font>&nbsp;</td>")
    )
    yield read(_F, "html-dressed.xls", broken.encode(), both)
    commented = html(rows).replace("<tr>", "<!-- <td>13800000001</td> --><tr>")
    yield read(_F, "html-comments.html", commented.encode(), both)
    scripted = html(rows).replace(
        "</head>", "<script>var x='<td>13800000001</td>';</script></head>"
    )
    yield read(_F, "html-script.html", scripted.encode(), both)
    more = people(5001, _N)
    two = html(rows) + html([_HEADER, *((p.name, p.mobile, p.id_number) for p in more)])
    yield read(
        _F, "html-two-tables.html", two.encode(), Counts({"mobile": 40, "id_number": 40}, 40, 40)
    )
    outer = f"<html><body><table><tr><td>菜单</td><td>{html(rows)}</td></tr></table></body></html>"
    yield read(
        _F,
        "html-nested-tables.html",
        outer.encode(),
        Counts({"mobile": _N, "id_number": _N}, (20, 21, 22), (20, 21)),
    )
    spans = (
        html([("客户名单", "", ""), *rows])
        .replace("<th>客户名单</th><th></th><th></th>", "<th colspan=3>客户名单</th>")
        .replace(
            "<td>姓名</td><td>手机号</td><td>身份证号</td>",
            "<th>姓名</th><th>手机号</th><th>身份证号</th>",
        )
    )
    yield read(
        _F,
        "html-colspan.xls",
        spans.encode(),
        Counts({"mobile": _N, "id_number": _N}, (20, 21), 20),
    )
    references = html(rows)
    for p in folk:
        references = references.replace(p.name, "".join(f"&#{ord(c)};" for c in p.name)).replace(
            p.mobile, f"{p.mobile[:3]}&#{ord(p.mobile[3])};{p.mobile[4:]}"
        )
    yield read(_F, "html-references.xls", references.encode(), both)
    lists = (
        "<html><body><ul>"
        + "".join(f"<li>{p.name} {p.mobile}</li>" for p in folk)
        + "</ul></body></html>"
    )
    yield read(_F, "html-no-table.html", lists.encode(), Counts({"mobile": _N}, None, _N))
    yield either(
        _F,
        "html-nothing.html",
        b"<html><body><p>\xe6\xac\xa2\xe8\xbf\x8e</p></body></html>",
        ("document", "empty"),
        Counts({}, (0, 1), 0),
    )
    yield read(_F, "excel2003.xls", spreadsheetml(rows).encode(), both)
    yield read(_F, "excel2003.xml", b"\xef\xbb\xbf" + spreadsheetml(rows).encode(), both)
    numbers = [("姓名", "手机号"), *((p.name, p.mobile) for p in folk)]
    yield read(
        _F,
        "excel2003-numbers.xls",
        spreadsheetml(numbers, kind="Number").encode(),
        Counts({"mobile": _N}, _N, _N),
    )
    coded = (
        spreadsheetml(rows)
        .replace('version="1.0"', 'version="1.0" encoding="gb2312"')
        .encode("gb18030")
    )
    yield read(_F, "excel2003-gb2312.xls", coded, both)
    indexed = spreadsheetml(rows).replace("<Cell><Data", '<Cell ss:Index="3"><Data', 1)
    yield read(
        _F,
        "excel2003-index.xls",
        indexed.encode(),
        Counts({"mobile": _N, "id_number": _N}, (20, 21), 20),
    )
    records = "".join(
        f"<customer><name>{p.name}</name><mobile>{p.mobile}</mobile><idcard>{p.id_number}</idcard></customer>"
        for p in folk
    )
    plain = f'<?xml version="1.0" encoding="UTF-8"?><customers>{records}</customers>'
    yield read(
        _F, "records.xml", plain.encode(), Counts({"mobile": _N, "id_number": _N}, None, None)
    )
