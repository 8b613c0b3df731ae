"""Header rows in every language, repeated, missing, two deep, under titles and above footers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.data.make.case import Case, Counts, read
from tests.data.make.people import Person, people

_F = "headers"
_N = 20


def csv(rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as a delimited text; cells that need quotes get them."""
    lines = [delimiter.join(quoted(cell, delimiter) for cell in row) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def quoted(cell: str, delimiter: str) -> str:
    """The cell as Excel writes it."""
    if delimiter in cell or '"' in cell or "\n" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _titled()
    yield from _placed()
    yield from _deep()


def _titled() -> Iterator[Case]:
    both = Counts({"mobile": _N, "id_number": _N}, _N, _N)
    titles = {
        "simplified": ("客户", "联系方式", "证件号"),
        "contact-person": ("联系人", "电话", "身份证"),
        "traditional": ("聯絡人", "手機", "證件號"),
        "english": ("name", "tel", "id card"),
        "shouting": ("FULL NAME", "MOBILE_NO", "ID_NUMBER"),
        "required": ("*姓名（必填）", "手机号码(11位)", "身份证号码*"),
        "spaced": ("姓 名", "电 话", "身 份 证"),
        "unknown": ("甲方", "通讯", "编码乙"),
    }
    for i, (name, header) in enumerate(titles.items()):
        rows = [header, *((p.name, p.mobile, p.id_number) for p in people(2000 + i, _N))]
        yield read(_F, f"{name}.csv", csv(rows), both)
    folk = people(2020, _N)
    rows = [("单位", "楼盘", "户型", "额度", "资质", "备注", "姓名", "电话"), *(
        ("示例公司", "示例花园", "三室", "50万", "资质好", "有意向", p.name, p.mobile) for p in folk
    )]  # fmt: skip
    yield read(_F, "trade-words.csv", csv(rows), Counts({"mobile": _N}, _N, _N))
    rows = [("统一社会信用代码", "企业名称", "法人", "法人电话", "企业邮箱"), *(
        (p.uscc, "示例公司", p.name, p.mobile, p.email) for p in folk
    )]  # fmt: skip
    kinds = {"mobile": _N, "uscc": _N, "email": _N}
    yield read(_F, "companies.csv", csv(rows, encoding="gb18030"), Counts(kinds, _N, _N))
    rows = [
        ("车主", "车牌号", "固话", "手机"),
        *((p.name, p.plate, p.landline, p.mobile) for p in folk),
    ]
    kinds = {"mobile": _N, "plate": _N, "landline": _N}
    yield read(_F, "cars.csv", csv(rows), Counts(kinds, _N, _N))


def _rows(folk: Sequence[Person]) -> list[tuple[str, ...]]:
    return [(p.name, p.mobile, p.address) for p in folk]


def _placed() -> Iterator[Case]:
    header = ("姓名", "手机号", "地址")
    folk = people(2100, 2 * _N)
    halves = [header, *_rows(folk[:_N]), header, *_rows(folk[_N:])]
    yield read(_F, "repeated.csv", csv(halves), Counts({"mobile": 40}, 40, 40))
    blanks = [header, *_rows(folk[:_N]), ("", "", ""), ("", "", ""), header, *_rows(folk[_N:])]
    yield read(_F, "repeated-after-blanks.csv", csv(blanks), Counts({"mobile": 40}, 40, 40))
    preamble = [
        ("某楼盘意向客户名单", "", ""),
        ("导出时间：2026-03-01", "", ""),
        ("", "", ""),
        header,
        *_rows(folk),
    ]
    yield read(_F, "preamble.csv", csv(preamble), Counts({"mobile": 40}, 42, 40))
    footer = [header, *_rows(folk), ("合计", "40", ""), ("制表人：", "", "")]
    yield read(_F, "footer.csv", csv(footer), Counts({"mobile": 40}, 42, 40))
    both = [("客户名单",), ("内部资料",), header, *_rows(folk), ("合计：40人",)]
    yield read(_F, "ragged-preamble-and-footer.csv", csv(both), Counts({"mobile": 40}, 43, 40))
    late = [(f"说明第{i}行", "", "") for i in range(25)] + [header, *_rows(folk)]
    yield read(_F, "header-in-row-26.csv", csv(late), Counts({"mobile": 40}, 65, 40))
    yield read(_F, "none.csv", csv(_rows(folk)), Counts({"mobile": 40}, 40, 40))
    one = "".join(p.mobile + "\n" for p in folk).encode()
    yield read(_F, "one-column.txt", one, Counts({"mobile": 40}, 40, 40))
    yield read(_F, "one-column-no-end.txt", one[:-1], Counts({"mobile": 40}, 40, 40))
    old_mac = csv([header, *_rows(folk)]).replace(b"\r\n", b"\r")
    yield read(_F, "carriage-returns.csv", old_mac, Counts({"mobile": 40}, 40, 40))


def _deep() -> Iterator[Case]:
    folk = people(2200, _N)
    rows = [(str(i + 1), p.name, p.mobile, "示例花园", "89") for i, p in enumerate(folk)]
    two = [("序号", "客户信息", "", "房产信息", ""), ("", "姓名", "电话", "楼盘", "面积"), *rows]
    yield read(_F, "two-deep.csv", csv(two), Counts({"mobile": _N}, _N, _N))
    split = [
        ("客户", "客户", "客户", "房产", "房产"),
        ("序号", "姓名", "手机", "楼盘", "面积"),
        *rows,
    ]
    yield read(_F, "two-deep-filled.csv", csv(split), Counts({"mobile": _N}, _N, _N))
    sep = b"sep=;\r\n" + csv([("姓名", "电话"), *((p.name, p.mobile) for p in folk)], ";")
    yield read(_F, "sep-line.csv", sep, Counts({"mobile": _N}, (_N, _N + 1), _N))
    marked = [("姓名", folk[0].mobile), *((p.name, p.mobile) for p in folk[1:])]
    yield read(_F, "number-in-header-place.csv", csv(marked), Counts({"mobile": _N}, _N, _N))
