"""Every form that is read has a word in the electronic-data list."""

from __future__ import annotations

import pytest

from leaktrace.intake.forms import CONTAINERS, DOCUMENTS
from leaktrace.report import formwords

_TEXTS = (
    "text", "vcard", "html", "excel-xml", "flat-ods", "xml", "sql", "json", "chat", "log", "cards",
    "prose",
)  # fmt: skip


@pytest.mark.parametrize("form", sorted({*CONTAINERS, *DOCUMENTS, *_TEXTS}))
def test_every_form_has_a_word(form: str) -> None:
    assert form in formwords._FORMS
    assert formwords.category(form)


def test_categories() -> None:
    assert "日志" in formwords.category("log")
    assert "压缩包" in formwords.category("xz")
    assert "数据库" in formwords.category("sqlite")
    assert "邮件" in formwords.category("mail")
