"""Texts kept for later: as message id and values, and worded when they are shown."""

from __future__ import annotations

from typing import Any

from leaktrace.messages.catalogues import wording
from leaktrace.messages.language import current_language
from leaktrace.messages.message import Message

_KEYS = {"msgid", "values"}
_MORE = {"number", "parts", "text"}


def stored(value: Any) -> Any:
    """``value`` (anything JSON can say) with every text that remembers what it was made of as just
    that, which :func:`worded` reads back.

    The text itself is kept beside it only where it is not English: that is the message id, while a
    later version may have lost the translation.
    """
    if isinstance(value, Message):
        return _stored(value)
    if isinstance(value, dict):
        return {key: stored(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [stored(inner) for inner in value]
    return value


def _stored(message: Message) -> dict[str, Any]:
    kept: dict[str, Any] = {"msgid": list(message.ids), "values": stored(dict(message.values))}
    if len(message.ids) > 1:
        kept["number"] = message.number
    if message.parts is not None:
        kept["parts"] = stored(message.parts)
    if message.in_language("en") != message:
        kept["text"] = str(message)
    return kept


def worded(found: dict[str, Any]) -> Any:
    """The text that was stored as ``found``, in the present language; any other dict as it is.

    An ``object_hook`` for :mod:`json`: what is inside is worded first. A message that the catalogue
    knows no longer reads as it did then, else in English.
    """
    if not _KEYS <= found.keys() <= _KEYS | _MORE:
        return found
    ids, values, parts = found["msgid"], found["values"], found.get("parts")
    if not isinstance(ids, list) or not isinstance(values, dict):
        return found
    number = found.get("number", 0)
    bare = Message(wording(ids, number, "en"), ids, number, values, parts)
    then = Message(found.get("text", bare.in_language("en")), ids, number, values, parts)
    return then.in_language(current_language())
