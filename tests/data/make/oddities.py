"""What people and programs do to a list: several people in a row, damaged and dressed numbers."""

from __future__ import annotations

from collections.abc import Iterator

from tests.data.make.case import Case, Counts, read, refuse
from tests.data.make.headers import csv
from tests.data.make.people import id_check, masked, old_id, people

_F = "oddities"
_N = 20
_HEADER = ("姓名", "电话", "备注")
_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")
_CIRCLED = str.maketrans("0123456789", "〇壹贰叁肆伍陆柒捌玖")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _crowded()
    yield from _ragged()
    yield from _dressed()
    yield from _damaged()
    yield from _masked()
    yield from _alike()


def _mobiles(number: int, rows: int | None = None) -> Counts:
    return Counts({"mobile": number}, rows or number, rows or number)


def _crowded() -> Iterator[Case]:
    folk = people(3000, 2 * _N)
    pairs = list(zip(folk[:_N], folk[_N:], strict=True))
    rows = [(a.name, a.mobile, b.name, b.mobile) for a, b in pairs]
    yield read(
        _F, "two-people-a-row.csv", csv([("业主", "电话", "配偶", "电话"), *rows]), _mobiles(40, 20)
    )
    blocks = [
        ("姓名", "电话", "", "姓名", "电话"),
        *((a.name, a.mobile, "", b.name, b.mobile) for a, b in pairs),
    ]
    yield read(_F, "side-by-side.csv", csv(blocks), _mobiles(40, 20))
    cells = [(f"{a.name}{a.mobile}",) for a in folk]
    yield read(_F, "name-and-number.csv", csv(cells), _mobiles(40))
    cells = [(str(i), f"{a.name}（{a.mobile}）", "有意向") for i, a in enumerate(folk)]
    yield read(_F, "name-and-number-in-brackets.csv", csv(cells), _mobiles(40))
    for mark, name in (
        ("/", "slash"),
        ("、", "comma"),
        (" ", "space"),
        (";", "semicolon"),
        ("\n", "line"),
    ):
        rows = [(a.name, f"{a.mobile}{mark}{b.mobile}", "") for a, b in pairs]
        yield read(_F, f"two-numbers-{name}.csv", csv([_HEADER, *rows]), _mobiles(40, 20))
    rows = [(a.name, a.mobile, f"另有号码{b.mobile}，晚上打") for a, b in pairs]
    yield read(_F, "number-in-remark.csv", csv([_HEADER, *rows]), _mobiles(40, 20))
    rows = [(a.name, a.mobile, "") for a in folk] + [(a.name, a.mobile, "重复") for a in folk[:10]]
    yield read(_F, "duplicates.csv", csv([_HEADER, *rows]), _mobiles(40, 50))


def _ragged() -> Iterator[Case]:
    folk = people(3100, 2 * _N)
    rows = [(p.name, p.mobile, p.address) for p in folk]
    shifted = [r if i < _N else (r[0], "杭州", "西湖", r[1], r[2]) for i, r in enumerate(rows)]
    yield read(_F, "shifted-half-way.csv", csv([_HEADER, *shifted]), _mobiles(40))
    lines = [",".join(r) + ("" if i % 3 else ",,多一格") for i, r in enumerate(rows)]
    yield read(_F, "separator-too-many.csv", "\n".join(lines).encode(), _mobiles(40))
    lines = [",".join(r[: 3 if i % 4 else 2]) for i, r in enumerate(rows)]
    yield read(_F, "separator-too-few.csv", "\n".join(lines).encode(), _mobiles(40))
    lines = [
        f"{p.name},{p.mobile},杭州市,西湖区,示例路{i}号"
        if i % 2
        else f"{p.name},{p.mobile},杭州市西湖区"
        for i, p in enumerate(folk)
    ]
    yield read(_F, "address-with-commas.csv", "\n".join(lines).encode("gb18030"), _mobiles(40))
    lines = [("\t", ",", " ")[i % 3].join((p.name, p.mobile, "好")) for i, p in enumerate(folk)]
    yield read(_F, "mixed-separators.txt", "\n".join(lines).encode(), _mobiles(40))
    lines = [",".join(r) for r in rows]
    lines[5] = f'{rows[5][0]},{rows[5][1]},"没有关上的引号'
    yield read(_F, "unclosed-quote.csv", "\n".join(lines).encode(), _mobiles(40))
    lines = ["姓名,电话,备注"] + [f'{p.name},{p.mobile},"第一行\n第二行"' for p in folk]
    yield read(_F, "line-ends-in-cells.csv", "\n".join(lines).encode(), _mobiles(40))
    gaps = "\n\n".join(",".join(r) for r in rows) + "\n" * 50
    yield read(_F, "blank-lines.csv", gaps.encode(), _mobiles(40))


def _dressed() -> Iterator[Case]:
    folk = people(3200, _N)
    dresses = {
        "as-formula": lambda m: f'="{m}"',
        "with-apostrophe": lambda m: "'" + m,
        "with-86": lambda m: "+86" + m,
        "with-0086": lambda m: "0086-" + m,
        "grouped": lambda m: f"{m[:3]} {m[3:7]} {m[7:]}",
        "dashed": lambda m: f"{m[:3]}-{m[3:7]}-{m[7:]}",
        "as-float": lambda m: m + ".0",
        "full-width": lambda m: m.translate(_WIDE),
        "numerals": lambda m: m.translate(_NUMERALS),
        "capital-numerals": lambda m: m.translate(_CIRCLED),
        "no-break-spaces": lambda m: "\u00a0" + m + "\u200b",
    }
    for name, dress in dresses.items():
        rows = [(p.name, dress(p.mobile), "") for p in folk]
        yield read(_F, f"{name}.csv", csv([_HEADER, *rows]), _mobiles(_N))
    rows = [(p.name, old_id(p.id_number)) for p in folk]
    yield read(
        _F,
        "fifteen-digits.csv",
        csv([("姓名", "身份证"), *rows]),
        Counts({"id_number": _N}, _N, _N),
    )
    rows = [(p.name, p.id_number.lower()) for p in folk]
    yield read(
        _F, "small-x.csv", csv([("姓名", "身份证"), *rows]), Counts({"id_number": _N}, _N, _N)
    )
    wrong = [
        (p.name, p.id_number[:17] + "0123456789X"[("0123456789X".index(p.id_number[17]) + 1) % 11])
        for p in folk
    ]
    yield read(
        _F,
        "wrong-check-digit.csv",
        csv([("姓名", "身份证"), *wrong]),
        Counts({"id_number_suspect": _N}, _N, _N),
    )
    rows = [(p.name, "+852 " + f"{i}".join(("5123", "345"))) for i, p in enumerate(folk[:9])]
    yield read(
        _F, "hong-kong.csv", csv([("姓名", "电话"), *rows]), Counts({"mobile_foreign": 9}, 9, 9)
    )


def _damaged() -> Iterator[Case]:
    folk = people(3300, _N)
    lost = [(p.name, f"{int(p.mobile[:3]) / 100:.2f}E+10", "") for p in folk]
    yield refuse(_F, "scientific.csv", csv([_HEADER, *lost]), "excel-damaged")
    half = [(p.name, p.mobile if i % 2 else lost[i][1], "") for i, p in enumerate(folk)]
    yield read(_F, "scientific-half.csv", csv([_HEADER, *half]), Counts({"mobile": 10}, 20, 10))
    rounded = [(p.name, p.mobile, p.id_number[:15] + "000") for p in folk]
    # One in eleven has the right check digit by chance: here none may.
    rounded = [row for row in rounded if id_check(row[2][:17]) != row[2][17]]
    n = len(rounded)
    content = csv([("姓名", "电话", "身份证"), *rounded])
    yield read(_F, "rounded-ids.csv", content, Counts({"mobile": n}, n, n))


def _masked() -> Iterator[Case]:
    folk = people(3400, _N)
    rows = [(str(i + 1), masked(p.mobile), "三室") for i, p in enumerate(folk)]
    yield read(
        _F,
        "masked-mobiles.csv",
        csv([("序号", "电话", "户型"), *rows]),
        Counts({"mobile_masked": _N}, _N, _N),
    )
    ids = [(str(i + 1), f"{p.id_number[:6]}********{p.id_number[-4:]}") for i, p in enumerate(folk)]
    yield read(
        _F,
        "masked-ids.csv",
        csv([("序号", "身份证"), *ids]),
        Counts({"id_number_masked": _N}, _N, _N),
    )
    tails = [(p.name, p.mobile[-4:]) for p in folk]
    yield read(
        _F, "last-four.csv", csv([("姓名", "尾号"), *tails]), Counts({"name_last4": _N}, _N, _N)
    )


def _alike() -> Iterator[Case]:
    folk = people(3500, _N)
    base = 1767225600000
    columns = {
        "milliseconds": lambda i: str(base + 86_400_000 * i),
        "order-numbers": lambda i: f"2026010113{i:04d}38001380{i % 10}",
        "waybills": lambda i: f"SF13800{i:05d}381",
        "bank-cards": lambda i: f"6222020200112{i:06d}",
        "decimals": lambda i: f"13812.3456{i:02d}78901",
    }
    for name, made in columns.items():
        rows = [(made(i), p.name, p.mobile) for i, p in enumerate(folk)]
        yield read(_F, f"alike-{name}.csv", csv([("编号", "姓名", "电话"), *rows]), _mobiles(_N))
    rows = [(made(i), p.name, "无") for i, p in enumerate(folk)]
    yield read(_F, "nothing.csv", csv([("编号", "姓名", "备注"), *rows]), Counts({}, _N, 0))
