"""The catalogues: what each message id reads in a language."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh")
_DOMAIN = "leaktrace"
_FOLDERS = {"en": "en", "zh": "zh_CN"}
_LOCALE = Path(__file__).parent / "locale"


class _Unknown(gettext.NullTranslations):
    """Has no translation of anything, and says so."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    found = gettext.translation(
        _DOMAIN, localedir=str(_LOCALE), languages=[_FOLDERS[language]], fallback=True
    )
    found.add_fallback(_Unknown())
    return found


def wording(ids: Sequence[str], number: int, language: str) -> str:
    """What a message reads in ``language``, its placeholders not yet filled in.

    Parameters
    ----------
    ids : sequence of str
        The message id; two of them, singular and plural, where ``number`` chooses.
    number : int
    language : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        Empty where the catalogue does not know the message. English is the ids themselves, and
        never empty.
    """
    if len(ids) > 1:
        found = _catalogue(language).ngettext(ids[0], ids[1], number)
        return found or (_english(ids, number) if language == "en" else "")
    return _catalogue(language).gettext(ids[0]) or (ids[0] if language == "en" else "")


def _english(ids: Sequence[str], number: int) -> str:
    return ids[0] if number == 1 else ids[1]
