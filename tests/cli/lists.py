"""Small made-up lists and tables for the command line to work on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_SURNAMES, _GIVEN = "赵钱孙李周吴郑王", "伟芳娜敏静强磊洋"
# Ordinary numbers, spread out: a dense run of them would be taken for made-up ones.
PEOPLE = [
    (_SURNAMES[i % 8] + _GIVEN[i // 8 % 8], 13_900_000_000 + 7_919_113 * i % 100_000_000)
    for i in range(1, 401)
]
CANARIES = [15_083_746_251 + 1_234_577 * i for i in range(6)]


def write_list(path: Path, people: Iterable[tuple[str, int]], *, encoding: str = "utf-8") -> Path:
    """A list with a header line, a name and a mobile in each row."""
    rows = ["姓名,手机号", *(f"{name},{mobile}" for name, mobile in people)]
    path.write_text("\n".join(rows) + "\n", encoding=encoding)
    return path


def write_sources(path: Path) -> Path:
    """Two sources, in GBK with Chinese headers, as Chinese Excel saves them."""
    path.write_text(
        "编号,名称,类型,人数\nS01,楼盘甲,property-viewing,300\nS02,贷款乙,loan-app,\n",
        encoding="gbk",
    )
    return path


def write_plantings(path: Path) -> Path:
    """Five canaries at S01, and a control."""
    lines = [f"C{i},S01,2024-01-0{i + 1},{CANARIES[i]}" for i in range(5)]
    lines.append(f"C9,,2024-01-01,{CANARIES[5]}")
    path.write_text("\n".join(["canary_id,source_id,planted_at,mobile", *lines]), encoding="utf-8")
    return path
