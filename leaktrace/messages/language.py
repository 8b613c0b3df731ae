"""Which language this process speaks, and its catalogue."""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

LANGUAGES = ("en", "zh")
_DOMAIN = "leaktrace"
_FOLDERS = {"en": "en", "zh": "zh_CN"}
_LOCALE = Path(__file__).parent / "locale"


class _Speech:
    """The language of this process and its catalogue."""

    language: str = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


_speech = _Speech()


def choose_language(language: str) -> None:
    """Make ``language`` (``"en"`` or ``"zh"``) the language of every text made from here on."""
    if language not in LANGUAGES:
        language = "en"
    _speech.language = language
    _speech.catalogue = gettext.translation(
        _DOMAIN, localedir=str(_LOCALE), languages=[_FOLDERS[language]], fallback=True
    )


def current_language() -> str:
    """``"en"`` or ``"zh"``."""
    return _speech.language


def language_from(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """The language a command line asks for: ``--lang``, ``$LEAKTRACE_LANG``, else the locale."""
    environment = os.environ if environment is None else environment
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            return _normal(arguments[position + 1])
        if argument.startswith("--lang="):
            return _normal(argument.partition("=")[2])
    if environment.get("LEAKTRACE_LANG"):
        return _normal(environment["LEAKTRACE_LANG"])
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return _normal(environment[name])
    return _normal(locale.getlocale()[0] or "en")


def _normal(name: str) -> str:
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _(message: str) -> str:
    """``message`` in the current language; placeholders are filled afterwards with ``.format``."""
    return _speech.catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """``one`` or ``many``, as ``count`` asks for, in the current language."""
    return _speech.catalogue.ngettext(one, many, count)
