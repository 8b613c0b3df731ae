"""Text that is no list: chats, cards, logs, prose; and lists that must not be taken for them."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.documents import cards, chat, prose, weblog
from leaktrace.intake.documents.textlines import people_in
from leaktrace.intake.documents.weblog import parameters_of
from leaktrace.intake.reading import open_list

NAMES = ("张伟", "王芳", "李娜", "刘洋", "陈静", "杨勇", "赵敏", "黄磊")
PEOPLE = [(NAMES[i % 8], f"138{(i + 3) * 37119193 % 10**8:08d}") for i in range(16)]
FORMS = (chat, weblog, cards, prose)


def read(tmp_path, text):
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    summary = build_list(open_list(path), Key(b"k" * 32)).summary
    return summary, summary.layout["form"]


def test_a_chat_of_wechat(tmp_path):
    text = "".join(
        f"销售{i % 3} 2026/3/1 10:{i:02d}\n今天的客户\n{n} {m}\n有意向\n\n"
        for i, (n, m) in enumerate(PEOPLE)
    )
    summary, form = read(tmp_path, text)
    assert (form, summary.rows, summary.identified_rows) == ("chat", 16, 16)
    assert summary.facts["named_rows"] == 16
    assert [c.kind for c in summary.columns] == ["other", "other", "mobile", "name"]


@pytest.mark.parametrize(
    "form",
    [
        "2026-03-01 10:{i:02d}:11 销售(1234567)\n{n}，{m}\n\n",
        "[2026/3/1 10:{i:02d}:11] 销售: {n} {m}\n",
        "01/03/2026, 10:{i:02d} - Seller: {n} {m}\n",
        "销售 2026年3月1日 上午10:{i:02d}\n{n}的电话是{m}\n",
        "销售, [01.03.2026 10:{i:02d}]\n{n}：{m}\n",
    ],
)
def test_chats_of_other_programs(tmp_path, form):
    text = "".join(form.format(n=n, m=m, i=i) for i, (n, m) in enumerate(PEOPLE))
    summary, read_as = read(tmp_path, text)
    assert (read_as, summary.rows, summary.identified_rows) == ("chat", 16, 16)
    assert summary.facts["named_rows"] == 16


def test_a_message_with_several_people_is_one_row(tmp_path):
    text = "".join(
        f"王经理 2026/3/1 10:{i:02d}\n{one[0]} {one[1]}\n{two[0]}：{two[1]}\n\n"
        for i, (one, two) in enumerate(zip(PEOPLE[::2], PEOPLE[1::2], strict=True))
    )
    summary, _form = read(tmp_path, text)
    assert (summary.rows, summary.identified_rows, summary.people) == (8, 8, 16)


@pytest.mark.parametrize(
    "form",
    [
        "姓名：{n}\n电话：{m}\n地址：上海市{i}号\n\n",
        "姓名：{n}\n\n电话：{m}\n\n地址：上海市{i}号\n\n",
        "姓    名：{n}\n电    话：{m}\n\n",
        "客户姓名:{n}\n联系电话:{m}\n备注:好\n",
        "【客户{i}】\n姓名:{n}\n手机号:{m}\n--------\n",
        "[user{i}]\nname={n}\nmobile={m}\n",
        "name={n}&mobile={m}&city=%E4%B8%8A%E6%B5%B7\n",
        "姓名：{n} 电话：{m} 地址：上海\n",
        "{i}、姓名：{n}，电话：{m}\n",
        "Name: {n}\nPhone: {m}\n\n",
    ],
)
def test_cards(tmp_path, form):
    text = "".join(form.format(n=n, m=m, i=i) for i, (n, m) in enumerate(PEOPLE))
    summary, read_as = read(tmp_path, text)
    assert (read_as, summary.rows, summary.people) == ("cards", 16, 16)
    assert [c.kind for c in summary.columns][:2] == ["name", "mobile"]
    assert summary.facts["named_rows"] == 16


def test_an_access_log(tmp_path):
    text = "".join(
        f'10.0.0.{i} - - [01/Mar/2026:10:{i:02d}:11 +0800] "GET /r?phone={m}&name={quote(n)}'
        f'&ts=1760000000000 HTTP/1.1" 200 13 "-" "Mozilla/5.0"\n'
        for i, (n, m) in enumerate(PEOPLE)
    )
    summary, form = read(tmp_path, text)
    assert (form, summary.rows, summary.identifiers) == ("log", 16, {"mobile": 16})
    assert [(c.header, c.kind) for c in summary.columns][:2] == [
        ("phone", "mobile"),
        ("name", "name"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        'x body={"phone":"13812345678","name":"张三"}',
        r"x {\x22phone\x22:\x2213812345678\x22,\x22name\x22:\x22\xE5\xBC\xA0\xE4\xB8\x89\x22}",
        r"x {\"phone\":\"13812345678\",\"name\":\"张三\"}",
        "x ?phone=13812345678&name=%E5%BC%A0%E4%B8%89",
        "x ?phone=13812345678&name=%D5%C5%C8%FD",
        "x ?phone=13812345678&name=%25E5%25BC%25A0%25E4%25B8%2589",
    ],
)
def test_parameters_however_they_are_coded(line):
    pairs, rest = parameters_of(line)
    assert {"phone": "13812345678", "name": "张三"}.items() <= dict(pairs).items()
    assert "13812345678" not in rest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三 138 1234 5678 有意向", ["张三"]),
        ("张三（13812345678）已签约", ["张三"]),
        ("联系人张三，手机13812345678", ["张三"]),
        ("张三女士 13812345678 回访", ["张三"]),
        ("回访 13812345678", [""]),
        ("张三13812345678，李四13912345678", ["张三", "李四"]),
        ("13812345678 张三；13912345678 李四", ["张三", "李四"]),
        ("张三 13812345678 13912345678", ["张三"]),
    ],
)
def test_names_beside_numbers(text, names):
    parts = people_in(text)
    assert [name for _part, name in parts] == names
    assert "".join(part for part, _name in parts) == text


def test_prose(tmp_path):
    text = "回访记录\n" + "".join(
        f"{i}号楼{n}女士来电，想了解三房，预算{200 + i}万，电话{m}。\n"
        for i, (n, m) in enumerate(PEOPLE)
    )
    summary, form = read(tmp_path, text)
    assert (form, summary.rows, summary.identified_rows) == ("prose", 17, 16)


@pytest.mark.parametrize(
    "form",
    [
        "{n},{m}\n",
        "{n}\t{m}\t2026/3/1 10:21\n",
        "{n},{m},2026-03-01 10:21:33\n",
        "{m}\n",
        "{n}----{m}\n",
        "{n} {m}\n",
        "{n} {m} 有意向 三房\n",
        "2026-03-01 10:21:33,{n},{m}\n",
        "{n}{m}\n",
        '"{n}","{m}","备注：好，真的"\n',
        "{n},{m},http://a.cn/?u=1&v=2\n",
        "{i}|{n}|{m}|10:21\n",
    ],
)
def test_lists_are_no_documents(form):
    for head in ("", "姓名,电话\n"):
        text = head + "".join(form.format(n=n, m=m, i=i) for i, (n, m) in enumerate(PEOPLE))
        assert [one.__name__ for one in FORMS if one.matches(text)] == []
