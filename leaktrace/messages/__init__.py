"""The words that people read, in Chinese and English.

Every text for people goes through :func:`_`. Message ids are the English texts; the catalogues are
under ``locale/``. The language is one for the whole process and is chosen before any text is made,
since help strings resolve when the commands are built.
"""

from leaktrace.messages.language import (
    LANGUAGES,
    _,
    choose_language,
    current_language,
    language_from,
    ngettext,
)

__all__ = ["LANGUAGES", "_", "choose_language", "current_language", "language_from", "ngettext"]
