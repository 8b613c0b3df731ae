"""The words that people read, in Chinese and English.

Every text for people goes through :func:`_`. Message ids are the English texts; the catalogues are
under ``locale/``. The language is one for the whole process and is chosen before any text is made,
since help strings resolve when the commands are built. What is kept for later is kept as message
ids and values (:func:`stored`), and worded in the language of whoever looks at it
(:func:`worded`).
"""

from leaktrace.messages.catalogues import LANGUAGES
from leaktrace.messages.language import (
    _,
    choose_language,
    current_language,
    language_from,
    ngettext,
)
from leaktrace.messages.message import Message, in_language, plain
from leaktrace.messages.stored import stored, worded

__all__ = [
    "LANGUAGES",
    "Message",
    "_",
    "choose_language",
    "current_language",
    "in_language",
    "language_from",
    "ngettext",
    "plain",
    "stored",
    "worded",
]
