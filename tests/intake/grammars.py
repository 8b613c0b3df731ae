"""Files grown from loose grammars, half right and half wrong."""

from __future__ import annotations

import json
from random import Random as Chance


def grown(chance: Chance) -> tuple[str, bytes]:
    """A text, JSON, SQL, contacts or a page, in any encoding."""
    form = chance.choice((_text, _json, _sql, _cards, _page))
    text = form(chance)
    coding = chance.choice(
        ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32", "big5")
    )
    return form.__name__[1:], text.encode(coding, "replace")


def _cell(chance: Chance) -> str:
    digits = "".join(
        chance.choices("0123456789", k=chance.choice((1, 4, 8, 9, 11, 13, 17, 18, 19, 30)))
    )
    mobile = "1" + chance.choice("3456789") + "".join(chance.choices("0123456789", k=9))
    return chance.choice((
        "", " ", digits, mobile, mobile, f"+86{mobile}", f'="{mobile}"',
        f"{mobile[:3]}****{mobile[7:]}", f"张三{mobile}", f"{mobile}/{digits}", "1.38E+10", "李四",
        "王先生", "姓名", "手机号", "备注", "a@b.example.com", "京A12345", f"010-{digits}",
        "‮" + mobile, mobile[:5] + "\n" + mobile[5:], '"', '""', "'", "\\", "\0", "\ufeff",
        "\ud83d".encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), "𠮷" + mobile,
        "：" + mobile, "<b>", "&nbsp;", "零" * 11, "一三八一二三四五六七八", "０１２",
        "x" * chance.choice((1, 50, 3000)), "二〇二六年三月一日", "2026-03-01",
    ))  # fmt: skip


def _rows(chance: Chance) -> list[list[str]]:
    width = chance.choice((1, 2, 3, 5, 12, 200))
    uneven = chance.random() < 0.3
    return [
        [_cell(chance) for _ in range(chance.randrange(1, width + 2) if uneven else width)]
        for _row in range(chance.choice((0, 1, 3, 20, 60) if width < 50 else (1, 3)))
    ]


def _text(chance: Chance) -> str:
    delimiter = chance.choice((",", "\t", ";", "|", "----", " ", "，", "；", "、"))
    quote = chance.random() < 0.3
    lines = [delimiter.join(f'"{c}"' if quote else c for c in row) for row in _rows(chance)]
    return chance.choice(("\n", "\r\n", "\r", "\n\n")).join(lines)


def _value(chance: Chance, depth: int) -> object:
    if depth > 3 or chance.random() < 0.5:
        return chance.choice(
            (_cell(chance), _cell(chance), 13812345678, 1e300, -1, None, True, 10**40)
        )
    if chance.random() < 0.5:
        return [_value(chance, depth + 1) for _ in range(chance.randrange(6))]
    return {_cell(chance): _value(chance, depth + 1) for _ in range(chance.randrange(6))}


def _json(chance: Chance) -> str:
    values = [_value(chance, 0) for _ in range(chance.choice((1, 1, 5, 20)))]
    ascii_only = chance.random() < 0.5
    return "\n".join(json.dumps(v, ensure_ascii=ascii_only) for v in values)


def _sql(chance: Chance) -> str:
    lines = []
    for row in _rows(chance):
        values = ", ".join(chance.choice((f"'{c}'", f'"{c}"', c, "NULL", f"N'{c}'")) for c in row)
        lines.append(
            chance.choice(("INSERT INTO `t` VALUES ", "INSERT INTO t (a,b) VALUES ", ",", ""))
            + f"({values})"
        )
    return chance.choice((";\n", ",\n", "\n")).join(lines)


def _cards(chance: Chance) -> str:
    cards = []
    for row in _rows(chance):
        lines = [
            chance.choice(
                (
                    "TEL:",
                    "TEL;CELL:",
                    "FN:",
                    "N:",
                    "NOTE;ENCODING=QUOTED-PRINTABLE:",
                    "item1.TEL:",
                    "",
                    "姓名：",
                    "电话: ",
                )
            )
            + c
            for c in row
        ]
        cards.append("\n".join(["BEGIN:VCARD", *lines, chance.choice(("END:VCARD", ""))]))
    return "\n".join(cards)


def _page(chance: Chance) -> str:
    rows = "".join(
        "<tr>"
        + "".join(
            f"<{chance.choice(('td', 'td', 'th', 'td colspan=3', 'Cell'))}>{c}</td>" for c in row
        )
        for row in _rows(chance)
    )
    return (
        chance.choice(("<html><table>", "<table>", "<?xml version='1.0'?><Workbook><Table>")) + rows
    )
