"""Which language a command line asks for."""

from __future__ import annotations

import pytest

from leaktrace.messages import _, choose_language, current_language, language_from, ngettext


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--lang", "zh", "trace"], {}, "zh"),
        (["trace", "--lang=zh"], {"LEAKTRACE_LANG": "en"}, "zh"),
        (["--lang=en"], {"LEAKTRACE_LANG": "zh", "LANG": "zh_CN.UTF-8"}, "en"),
        (["trace"], {"LEAKTRACE_LANG": "zh"}, "zh"),
        (["trace"], {"LANG": "zh_CN.GB18030"}, "zh"),
        (["trace"], {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (["trace"], {"LANG": "Chinese (Simplified)_China.936"}, "zh"),
        (["trace"], {"LANG": "de_DE.UTF-8"}, "en"),
        (["--", "--lang", "zh"], {"LANG": "en_US.UTF-8"}, "en"),
    ],
)
def test_language_from(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert language_from(arguments, environment) == language


def test_texts_follow_the_chosen_language() -> None:
    choose_language("zh")
    assert current_language() == "zh"
    assert _("Options") == "选项"
    assert "3" in ngettext(
        "{count} row refused: {reason}", "{count} rows refused: {reason}", 3
    ).format(count=3, reason="")
    choose_language("en")
    assert _("Options") == "Options"


def test_an_unknown_language_is_english() -> None:
    choose_language("xx")
    assert current_language() == "en"
    assert _("") == ""
