"""JSON: whose row an identifier stands in, and what is read of what is broken."""

from __future__ import annotations

import json

import pytest
from deeds import MOBILES
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import encoding_in, material_of, read, seen

from leaktrace.errors import InputRefused
from leaktrace.intake.documents import jsonform

ROWS = [{"name": "张三", "phone": MOBILES[0]}, {"name": "李四", "phone": MOBILES[1]}]


def test_an_array_is_a_table_with_its_keys_as_header():
    got = seen(json.dumps(ROWS, ensure_ascii=False))
    assert got.form == "json"
    assert got.headers[None] == ("name", "phone")
    assert got.tables[None] == [["张三", MOBILES[0]], ["李四", MOBILES[1]]]


def test_properties_of_an_answer_are_no_row():
    got = seen(json.dumps({"code": 0, "msg": "ok", "data": {"total": 2, "list": ROWS}}))
    assert list(got.tables) == ["data.list"]
    assert len(got.tables["data.list"]) == 2


@pytest.mark.parametrize("number", [1, 2, 30, 3000])
@pytest.mark.parametrize("form", ["{}", "[{}]"])
def test_values_of_a_shell_are_values(number, form):
    line = (
        '{{ "_id" : ObjectId("5f{0:022d}"), "userName" : "张三", "mobile" : "{1}", '
        '"n" : NumberLong("{0}"), "k" : NumberInt(3), "t" : ISODate("2020-01-02T03:04:05Z") }}'
    )
    mark = "," if form == "[{}]" else "\n"
    got = seen(form.format(mark.join(line.format(i, MOBILES[i % 3]) for i in range(number))))
    assert got.headers[None] == ("_id", "userName", "mobile", "n", "k", "t")
    assert got.tables[None] == [
        [f"5f{i:022d}", "张三", MOBILES[i % 3], str(i), "3", "2020-01-02T03:04:05Z"]
        for i in range(number)
    ]
    assert not got.warnings


def test_a_damaged_last_record_is_a_row_of_text():
    lines = [f'{{"name": "张三", "phone": "{mobile}", "x": what?}}' for mobile in MOBILES[:3]]
    for count in (1, 2, 3):
        got = seen("\n".join(lines[:count]))
        assert all(any(one in cell for cell in got.cells()) for one in MOBILES[:count])
        assert sum(map(len, got.tables.values())) == count


def test_nested_properties_stand_in_their_persons_row():
    person = {"user": {"name": "张三", "contact": {"phones": list(MOBILES[:2])}}}
    got = seen(json.dumps([person, {"user": {"name": "李四"}}]))
    assert got.headers[None] == ("name", "phones")
    assert got.tables[None] == [["张三", f"{MOBILES[0]}; {MOBILES[1]}"], ["李四", ""]]


def test_equal_last_keys_are_told_apart():
    got = seen(json.dumps([{"buyer": {"tel": "1"}, "seller": {"tel": "2"}}] * 2))
    assert got.headers[None] == ("buyer.tel", "seller.tel")


def test_objects_that_describe_a_person_stand_in_the_persons_row():
    phones = [{"type": "home", "number": MOBILES[0]}, {"type": "work", "number": MOBILES[1]}]
    got = seen(json.dumps([{"name": "张三", "phones": phones}] * 2))
    assert len(got.tables[None]) == 2
    assert {MOBILES[0], MOBILES[1]} <= set(got.tables[None][0])


def test_other_people_in_a_persons_object_have_rows_of_their_own():
    friends = [{"name": "王五", "phone": MOBILES[2]}]
    got = seen(json.dumps([{"name": "张三", "phone": MOBILES[0], "contacts": friends}] * 3))
    assert got.tables[None] == [["张三", MOBILES[0]]] * 3
    assert got.tables["contacts"] == [["王五", MOBILES[2]]] * 3


def test_messages_of_a_chat_are_rows_and_marked_texts_are_whole():
    text = ["找 ", {"type": "phone", "text": MOBILES[0]}, " 谈"]
    messages = [{"id": 1, "from": "甲", "text": text, "text_entities": [{"text": MOBILES[0]}]}]
    chat = {"name": "群", "id": 12345678901, "messages": messages}
    got = seen(json.dumps(chat))
    assert got.dicts("messages") == [{"id": "1", "from": "甲", "text": f"找 {MOBILES[0]} 谈"}]
    whole = seen(json.dumps({"chats": {"list": [chat, chat]}, "about": "x"}))
    assert len(whole.tables["chats.list.messages"]) == 2


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        ({"name": ["张三", "李四"], "tel": ["1", "2"]}, [["张三", "1"], ["李四", "2"]]),
        (
            {"n": {"0": "张三", "1": "李四"}, "t": {"0": "1", "1": "2"}},
            [["张三", "1"], ["李四", "2"]],
        ),
        ({"a1": {"t": "1"}, "b2": {"t": "2"}}, [["a1", "1"], ["b2", "2"]]),
        ({MOBILES[0]: "张三", MOBILES[1]: "李四"}, [[MOBILES[0], "张三"], [MOBILES[1], "李四"]]),
        ([["张三", "1"], ["李四", 2]], [["张三", "1"], ["李四", "2"]]),
        ([MOBILES[0], 13800000001], [[MOBILES[0]], ["13800000001"]]),
    ],
)
def test_other_shapes(value, rows):
    assert seen(json.dumps(value)).tables[None] == rows


def test_rows_beside_their_titles():
    split = {"columns": ["姓名", "电话"], "index": [0, 1], "data": [["张三", "1"], ["李四", "2"]]}
    assert seen(json.dumps(split)).tables["data"] == [
        ["姓名", "电话"],
        ["张三", "1"],
        ["李四", "2"],
    ]


def test_numbers_keep_their_digits():
    got = seen('[{"a": 13800000001, "b": 110101199003070000, "c": 1.38e10, "d": 1.50, "e": true}]')
    assert got.tables[None] == [["13800000001", "110101199003070000", "1.38e10", "1.50", "true"]]


def test_a_key_that_comes_twice_keeps_both_values():
    got = seen(f'[{{"tel": "{MOBILES[0]}", "tel": "{MOBILES[1]}"}}]')
    assert got.tables[None] == [[f"{MOBILES[0]}; {MOBILES[1]}"]]


def test_lines_values_in_a_row_and_scripts():
    lines = "\n".join(map(json.dumps, ROWS))
    for text in (lines, lines.replace("\n", ",\n"), lines.replace("\n", ""), "\ufeff" + lines):
        assert len(seen(text).tables[None]) == 2
    for text in (f"var data = {json.dumps(ROWS)};", f"callback({json.dumps(ROWS)});"):
        assert len(seen(text).tables[None]) == 2


def test_a_damaged_line_is_kept_as_text():
    lines = [json.dumps(row) for row in ROWS * 3]
    lines[2] = f'{{"name": "王五", "phone": {MOBILES[2]} 坏'
    got = seen("\n".join(lines))
    assert len(got.tables[None]) == 6
    assert any(MOBILES[2] in cell for cell in got.cells())
    assert "damaged" in got.warnings


@pytest.mark.parametrize("cut", [10, 40, 200, 999, 1000, 1001, 1500])
def test_what_stands_before_a_cut_is_read(cut):
    rows = [{"name": f"张{i}", "phone": f"138000{i:05d}"} for i in range(60)]
    text = json.dumps({"data": rows}, ensure_ascii=False, indent=1)[:cut]
    whole = text.count("}")
    try:
        got = seen(text)
    except InputRefused as error:
        assert (error.code, whole) == ("truncated", 0)
        return
    assert got.warnings == ["truncated"]
    assert got.tables["data"][:whole] == [[r["name"], r["phone"]] for r in rows[:whole]]


def test_nesting_without_end_is_refused():
    for text in ("[" * 100_000, '{"a":' * 100_000, '[{"a":' * 50_000):
        with pytest.raises(InputRefused) as refused:
            seen(text)
        assert refused.value.code == "truncated"


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1},13800000000,张三\n{"b":2},13800000001,李四\n',
        "[VIP]张三,13800000000\n[VIP]李四,13900000000\n",
        "[1] 张三 13800000000\n",
        "{}\t13800000000\n",
        "[13800000000, 张三]\n",
        "{张三:13800000000}\n",
        '"{""a"":1}",138\n',
    ],
)
def test_a_delimited_list_is_none(text):
    assert not jsonform.matches(text)


_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\0\ufdd0"), max_size=12
)
_NAMES = st.sampled_from(["甲", "tel", "b"])
_OBJECTS = st.lists(st.dictionaries(_NAMES, _TEXT.filter(bool), min_size=1), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(rows=_OBJECTS, largest=st.sampled_from([1, 30, 1 << 20]), indent=st.sampled_from([None, 1]))
def test_walking_through_gives_what_taking_whole_gives(rows, largest, indent):
    for value in (rows, {"code": 1, "data": {"list": rows}}):
        material = material_of(json.dumps(value, indent=indent, ensure_ascii=False))
        got = read(jsonform.read_text(material, encoding_in(material), largest))
        (name,) = got.tables
        assert got.dicts(name) == rows
        assert not got.warnings


def test_after_damage_among_properties_the_rest_is_read():
    text = f'{{"a": 1 2, "list": {json.dumps(ROWS)}, "more": {json.dumps(ROWS)}}}'
    got = seen(text)
    assert all(any(mobile in cell for cell in got.cells()) for mobile in MOBILES[:2])
    assert "damaged" in got.warnings
