"""PDF: lines of text, and what is none."""

from __future__ import annotations

import sys

import pytest
from deeds import MOBILES
from tables_in import seen

from leaktrace.errors import InputRefused
from tests.data.make.prose import pdf

pytest.importorskip("pypdfium2")


def test_lines_in_their_order():
    got = seen(pdf([f"张三 {MOBILES[0]}", f"李四 {MOBILES[1]}"]))
    assert got.form == "pdf"
    text = ["".join("".join(row).split()) for row in got.tables[None]]
    assert text == [f"张三{MOBILES[0]}", f"李四{MOBILES[1]}"]


def test_a_pdf_that_is_cut_off():
    with pytest.raises(InputRefused) as refused:
        seen(b"%PDF-1.7\n" + b"x" * 300)
    assert refused.value.code == "truncated"


def test_without_the_extra_the_cure_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InputRefused, match=r"leaktrace\[pdf\]") as refused:
        seen(pdf(["x"]))
    assert refused.value.code == "not-installed"
