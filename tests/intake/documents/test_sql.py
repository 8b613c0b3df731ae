"""SQL dumps: rows as they were, whatever quoted them."""

from __future__ import annotations

import pytest
from deeds import MOBILES
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import seen

from leaktrace.intake.documents import sqlform

ROWS = [["1", "张三", MOBILES[0]], ["2", "李四", MOBILES[1]]]
VALUES = ",".join(f"({i},'{n}','{m}')" for i, n, m in ROWS)


def test_names_come_from_the_statement_or_the_table():
    got = seen(f"INSERT INTO `t` (`id`, `name`, `tel`) VALUES {VALUES};")
    assert (got.form, got.headers["t"], got.tables["t"]) == ("sql", ("id", "name", "tel"), ROWS)
    create = (
        "CREATE TABLE `t` (\n `id` int(11) NOT NULL DEFAULT '0' COMMENT '编号, (x)',\n"
        " `name` text,\n"
        " `tel` decimal(11,0),\n PRIMARY KEY (`id`),\n KEY `a` (`name`,`tel`)\n) ENGINE=InnoDB;\n"
    )
    assert seen(create + f"INSERT INTO `t` VALUES {VALUES};").headers["t"] == ("id", "name", "tel")


def test_other_orders_of_columns_are_put_right():
    got = seen("INSERT INTO t (a, b) VALUES (1, 'x');\nINSERT INTO t (b, a) VALUES ('y', 2);\n")
    assert got.tables["t"] == [["1", "x"], ["2", "y"]]


def test_a_column_named_twice_by_damage_leaves_the_row_as_it_stands():
    dump = (
        "INSERT INTO `u` (`id`,`name`) VALUES (1,'a');\n"
        "INSERT INTO `u` (`id`,id`,`name`) VALUES (2,'b');"
    )
    assert seen(dump).tables["u"] == [["1", "a"], ["2", "b"]]


@pytest.mark.parametrize(
    "statement",
    [
        'INSERT INTO public."t" VALUES {};',
        "insert ignore into db.t values\n{}\n;",
        "REPLACE INTO t VALUES {};",
        "INSERT INTO [dbo].[t] VALUES {}\nGO",
        "INSERT INTO `t` VALUES {} ON DUPLICATE KEY UPDATE a=1;",
    ],
)
def test_dialects(statement):
    got = seen("-- MySQL dump\n" + statement.format(VALUES))
    assert got.tables == {"t": ROWS}


def test_values():
    got = seen(
        "SET NAMES utf8;\nINSERT INTO `t` VALUES (NULL, -1.5, 'a''b', 'c\\'d\\\\', \"e\", "
        "X'E5BCA0', "
        "0xE4B889, N'四', _utf8'五', to_date('2026-03-01','YYYY-MM-DD'), NOW(), TRUE);"
    )
    row = ["", "-1.5", "a'b", "c'd\\", "e", "张", "三", "四", "五", "2026-03-01", "NOW()", "TRUE"]
    assert got.tables["t"] == [row]


def test_a_backslash_is_one_where_it_escapes_nothing():
    got = seen("INSERT [dbo].[t] ([p], [q]) VALUES (N'C:\\', N'x')\nGO\n")
    assert got.tables["t"] == [["C:\\", "x"]]


def test_copy():
    lines = f"1\t张三\t{MOBILES[0]}\n2\t\\N\ta\\tb\n"
    got = seen(
        f"--\n-- PostgreSQL database dump\n--\nCOPY public.t (id, n, m) FROM stdin;\n{lines}\\.\nx"
    )
    assert got.headers["t"] == ("id", "n", "m")
    assert got.tables["t"] == [["1", "张三", MOBILES[0]], ["2", "", "a\tb"]]


def test_tables_in_turns_and_a_table_that_comes_again():
    one = "".join(f"INSERT INTO a VALUES ({i});\nINSERT INTO b VALUES ({i});\n" for i in range(5))
    got = seen(one)
    assert sum(len(rows) for name, rows in got.tables.items() if name[0] == "a") == 5
    assert list(got.tables) == ["a", "b", "a~2", "b~2"]
    assert got.cells() == set("01234")


def test_a_dump_that_is_cut_off():
    got = seen(f"INSERT INTO `t` VALUES {VALUES},(3,'王")
    assert got.tables["t"] == ROWS
    assert got.warnings == ["truncated"]


def test_comments_are_passed():
    got = seen(
        "/* INSERT INTO x VALUES (1); */\n-- INSERT INTO y VALUES (1);\n"
        f"INSERT INTO t VALUES {VALUES};"
    )
    assert list(got.tables) == ["t"]


@pytest.mark.parametrize(
    "text",
    [
        "-- 客户名单 --\n张三,138\n",
        "张三,INSERT INTO t VALUES (1),138\n",
        "INSERT 张三,138\n",
        "# a\n张三,138\n",
    ],
)
def test_a_delimited_list_is_none(text):
    assert not sqlform.matches(text)


_CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\0\r\ufdd0"), max_size=9
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=5))
def test_rows_written_are_rows_read(rows):
    def quoted(cell):
        return "'" + cell.replace("\\", "\\\\").replace("'", "\\'") + "'"

    written = ",".join(f"({','.join(map(quoted, row))},1)" for row in rows)
    got = seen(f"-- MySQL dump\nINSERT INTO `t` VALUES {written};\n")
    assert got.tables["t"] == [[*row, "1"] for row in rows]
