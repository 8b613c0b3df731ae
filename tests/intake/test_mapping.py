"""What people may write for a kind of column."""

from __future__ import annotations

import pytest

from leaktrace.errors import UsageError
from leaktrace.identifiers.kinds import KIND
from leaktrace.intake.mapping import ROLES, allowed_kinds, checked_kinds, kind_code
from leaktrace.messages import choose_language


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("手机", "mobile"),
        ("手机号", "mobile"),
        ("姓名", "name"),
        ("身份证号", "id_number"),
        ("登记时间", "registered_at"),
        ("忽略", "ignore"),
        ("其他", "ignore"),
        ("other", "ignore"),
        ("Mobile ", "mobile"),
        ("id-number", "id_number"),
        ("地址", None),
        ("id", None),
        ("", None),
    ],
)
def test_words(word, code):
    assert kind_code(word) == code


@pytest.mark.parametrize("code", [*KIND, *ROLES])
def test_every_code_and_every_word_that_is_offered_is_taken(code):
    assert kind_code(code) == code
    choose_language("zh")
    (offered,) = (w for w in allowed_kinds().split("、") if w.endswith(f"({code})"))
    assert kind_code(offered.partition(" (")[0]) == code


@pytest.mark.parametrize(("language", "said"), [("zh", "手机号 (mobile)、"), ("en", "mobile, ")])
def test_the_error_lists_them_in_the_language_of_the_run(language, said):
    choose_language(language)
    with pytest.raises(UsageError) as wrong:
        checked_kinds({"3": "whatever"})
    assert said in wrong.value.message
