"""Which language this process speaks, and the texts in it."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence

from leaktrace.messages.catalogues import LANGUAGES, wording
from leaktrace.messages.message import Message


class _Speech:
    """The language of this process."""

    language: str = "en"


_speech = _Speech()


def choose_language(language: str) -> None:
    """Make ``language`` (``"en"`` or ``"zh"``) the language of every text made from here on."""
    _speech.language = language if language in LANGUAGES else "en"


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
    """``message`` in the current language; placeholders are filled afterwards with ``.format``.

    The text remembers what it was made of (:class:`~leaktrace.messages.message.Message`), so that
    what is stored of it can be shown in another language.
    """
    return _said((message,), 0) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """``one`` or ``many``, as ``count`` asks for, in the current language."""
    return _said((one, many), int(count))


def _said(ids: tuple[str, ...], number: int) -> Message:
    language = _speech.language
    return Message(wording(ids, number, language) or wording(ids, number, "en"), ids, number)
