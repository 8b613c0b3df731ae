"""How a file looks: format, encoding, header, order of columns, ways to write numbers, dirt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HEADERS: dict[str, tuple[str, ...]] = {
    "mobile": ("手机号", "手机号码", "电话", "联系电话", "mobile", "phone"),
    "name": ("姓名", "客户姓名", "联系人", "name", "customer"),
    "id_number": ("身份证号", "身份证号码", "证件号码", "id_number", "id card"),
    "address": ("地址", "房号", "联系地址", "address", "home address"),
    "amount": ("金额", "总价", "成交价", "amount", "price"),
    "registered": ("登记时间", "登记时间", "登记时间", "registered_at", "registered_at"),
    "remark": ("备注", "跟进情况", "标签", "remark", "note"),
    "serial": ("序号", "编号", "No", "no", "#"),
}
_ENGLISH_FROM = {"mobile": 4}
DELIMITERS = (",", "\t", ";", "|", "----")
NUMBER_STYLES = (
    "plain", "plus", "code", "spaced", "dashed", "full-width", "apostrophe", "tab", "formula",
    "float",
)  # fmt: skip
_PREAMBLES = ("客户资料汇总", "内部资料 请勿外传", "导出结果", "一手资源 当天更新")


@dataclass(frozen=True, slots=True)
class Look:
    """How one file looks.

    ``header`` is ``zh``, ``en`` or ``none``; ``dirt`` the share of rows with something wrong
    (empty rows, blank cells, junk), ``repeated`` that of rows written twice.
    """

    suffix: str
    encoding: str
    delimiter: str
    header: str
    preamble: tuple[str, ...]
    numbers: str
    serial: bool
    repeated: float
    dirt: float


def draw_look(rng: np.random.Generator, rows: int, columns: int, *, tidy: bool) -> Look:
    """The look of a file of ``rows`` rows; ``tidy`` for what a source hands over."""
    # Beyond this a workbook takes too long to write for what it adds to a world.
    workbook = rng.random() < 0.25 and rows <= 25_000
    delimiter = str(rng.choice(DELIMITERS, p=(0.55, 0.15, 0.08, 0.10, 0.12)))
    encoding = str(rng.choice(["utf-8", "utf-8-sig", "gbk", "utf-16"], p=(0.35, 0.25, 0.3, 0.1)))
    if tidy and delimiter == "----":
        delimiter = ","
    headed = tidy or (columns > 1 and rng.random() < 0.8)
    plain = rng.random() < (0.8 if tidy else 0.5)
    return Look(
        suffix="xlsx" if workbook else "txt" if delimiter not in ",;" else "csv",
        encoding=encoding,
        delimiter=delimiter,
        header=str(rng.choice(["zh", "zh", "zh", "en"])) if headed else "none",
        preamble=tuple(rng.choice(_PREAMBLES, int(rng.integers(1, 3)), replace=False).tolist())
        if rng.random() < 0.15
        else (),
        numbers="plain" if plain else str(rng.choice(NUMBER_STYLES[1:])),
        serial=bool(columns > 1 and rng.random() < 0.2),
        repeated=float(rng.uniform(0.0, 0.01) if tidy else rng.uniform(0.01, 0.05)),
        dirt=0.0 if tidy else float(rng.uniform(0.0, 0.02)),
    )


def header_text(rng: np.random.Generator, column: str, language: str) -> str:
    """A header for a column; a source's date column is always one that the contract names."""
    words = HEADERS[column]
    first = _ENGLISH_FROM.get(column, 3)
    pool = words[:first] if language == "zh" else words[first:]
    return str(rng.choice(pool))


def number_text(number: str, style: str) -> str:
    """A mobile as typed in a style."""
    head, middle, tail = number[:3], number[3:7], number[7:]
    return {
        "plain": number,
        "plus": f"+86{number}",
        "code": f"86-{number}",
        "spaced": f"{head} {middle} {tail}",
        "dashed": f"{head}-{middle}-{tail}",
        "full-width": number.translate(_FULL_WIDTH),
        "apostrophe": f"'{number}",
        "tab": f"{number}\t",
        "formula": f'="{number}"',
        "float": f"{number}.0",
    }[style]


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
