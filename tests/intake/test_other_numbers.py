"""Numbers in the form of mobiles under a header that calls them something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.reading import open_list
from tests.data.make.people import people

FOLK = people(9300, 60)
THINGS = [
    "订单号",
    "订单编号",
    "快递单号",
    "运单",
    "物流单",
    "快递",
    "流水号",
    "合同编号",
    "学号",
    "准考证号",
    "保单号",
    "借据号",
    "发票号码",
    "案件编号",
    "商户号",
    "门店编号",
    "来源渠道号",
    "借款合同编号",
    "loan_no",
    "policy_no",
    "order_id",
]
ACCOUNTS = ["客户编号", "会员号", "账号", "编号", "user_id"]


def _summary(tmp_path: Path, *rows: tuple[str, ...]) -> ListSummary:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    return build_list(open_list(path), Key(b"k" * 32)).summary


@pytest.mark.parametrize("header", [*THINGS, *ACCOUNTS])
def test_beside_mobiles_they_are_left_alone(tmp_path: Path, header: str) -> None:
    pairs = zip(FOLK[:30], FOLK[30:], strict=True)
    rows = [(header, "手机"), *((a.mobile, b.mobile) for a, b in pairs)]
    summary = _summary(tmp_path, *rows)
    assert (summary.identifiers, summary.people) == ({"mobile": 30}, 30)
    assert (summary.columns[0].kind, summary.columns[0].why) == ("other", "serial")
    assert summary.columns[0].notes == {"serial": 30}


@pytest.mark.parametrize("header", THINGS)
def test_the_header_wins_where_no_mobile_stands_elsewhere(tmp_path: Path, header: str) -> None:
    rows = [("姓名", header), *((one.name, one.mobile) for one in FOLK)]
    summary = _summary(tmp_path, *rows)
    assert summary.identifiers == {}
    assert summary.columns[1].notes == {"serial": 60}


@pytest.mark.parametrize("header", [*ACCOUNTS, "业务号码", "客户号码"])
def test_accounts_may_be_mobiles(tmp_path: Path, header: str) -> None:
    rows = [("姓名", header), *((one.name, one.mobile) for one in FOLK)]
    assert _summary(tmp_path, *rows).identifiers == {"mobile": 60}


TAGS = [
    "公积金1200",
    "社保3000",
    "保单4500",
    "房贷5000",
    "车贷6000",
    "余额8000",
    "单元1203",
    "时间1430",
]


@pytest.mark.parametrize("tag", TAGS)
def test_an_amount_behind_a_thing_is_no_name_with_last_digits(tmp_path: Path, tag: str) -> None:
    rows = [("姓名", "手机", "备注"), *((one.name, one.mobile, tag) for one in FOLK[:12])]
    assert _summary(tmp_path, *rows).identifiers == {"mobile": 12}


@pytest.mark.parametrize("name", ["王保金", "房玲", "车晓", "费玲", "金元", "李元"])
def test_names_of_the_same_letters_stay_names(tmp_path: Path, name: str) -> None:
    rows = [("客户",), *((f"{name}{5000 + i}",) for i in range(12))]
    assert _summary(tmp_path, *rows).identifiers == {"name_last4": 12}
