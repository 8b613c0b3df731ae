from __future__ import annotations

import pytest

from leaktrace.calls.sectors import (
    SECTOR_OF_KIND,
    SECTORS,
    kind_heard,
    sector_heard,
    sector_written,
)
from leaktrace.case.records import SOURCE_KINDS


@pytest.mark.parametrize(
    ("written", "sector"),
    [
        ("", ""), ("loan", "loan"), (" Loan ", "loan"), ("贷款", "loan"), ("房产", "property"),
        ("装修公司", "renovation"), ("车险", "insurance"), ("牙科", "medical"), ("卖菜", "other"),
    ],
)  # fmt: skip
def test_a_written_sector_has_a_code(written: str, sector: str) -> None:
    assert sector_written(written) == sector


def test_a_sector_is_heard_by_several_of_its_words() -> None:
    assert sector_heard("我们的贷款年化很低，额度高") == "loan"
    assert sector_heard("Your car insurance policy is due") == "insurance"
    assert sector_heard("贷款") == "" and sector_heard("您好，请问方便吗") == ""
    # As much of one as of another says nothing.
    assert sector_heard("贷款 额度 楼盘 首付") == ""


def test_a_robot_gives_itself_away() -> None:
    assert kind_heard("需要请按一，谢谢") == "robot"
    assert kind_heard("Press one to speak with an adviser") == "robot"
    assert kind_heard("我同事刚才给您打过") == "human"
    assert kind_heard("您好") == "unknown"


def test_sources_have_sectors_that_exist() -> None:
    assert set(SECTOR_OF_KIND) <= set(SOURCE_KINDS)
    assert set(SECTOR_OF_KIND.values()) <= set(SECTORS)
