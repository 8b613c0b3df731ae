"""Texts for people that remember what they were made of, so that they can be worded anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any, SupportsIndex

from leaktrace.messages.catalogues import wording

Value = str | int | float


class Message(str):
    """A text in one language that knows its message id and the values in it.

    :func:`leaktrace.messages._` makes it, and it stays one through ``format``, ``join`` and
    ``replace`` (of a placeholder, or of something in a value). All else gives a plain string, which
    stays in its one language. It can be pickled.

    Attributes
    ----------
    ids : tuple of str
        The message id; singular and plural, where ``number`` chose between the two.
    number : int
    values : mapping of str to str, int or float
        What placeholders were filled with; a value may be a message itself.
    parts : tuple of str or None
        What was joined by the message.
    """

    __slots__ = ("ids", "number", "parts", "values")

    ids: tuple[str, ...]
    number: int
    values: Mapping[str, Value]
    parts: tuple[str, ...] | None

    def __new__(
        cls,
        text: str,
        ids: Sequence[str],
        number: int = 0,
        values: Mapping[str, Value] | None = None,
        parts: Sequence[str] | None = None,
    ) -> Message:
        made = super().__new__(cls, text)
        made.ids = tuple(ids)
        made.number = number
        made.values = values or {}
        made.parts = None if parts is None else tuple(parts)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (str(self), self.ids, self.number, self.values, self.parts)

    def __deepcopy__(self, memo: dict[int, Any]) -> Message:
        return self

    def format(self, *args: object, **values: object) -> Message:
        """As of a string; a value that no placeholder shows is not remembered."""
        known = {name: _kept(value) for name, value in values.items() if self._shows(name)}
        return self._anew(super().format(*args, **values), {**self.values, **known}, self.parts)

    def join(self, parts: Iterable[str], /) -> Message:
        """As of a string: ``_(", ").join(names)``."""
        parts = tuple(parts)
        return self._anew(super().join(parts), self.values, parts)

    def replace(self, old: str, new: str, count: SupportsIndex = -1, /) -> Message:
        """As of a string: fills one placeholder (``"{file}"``), or renames something in the
        values."""
        text = super().replace(old, new, count)
        name = old[1:-1]
        if old == f"{{{name}}}" and old in self.ids[-1] and name not in self.values:
            return self._anew(text, {**self.values, name: new}, self.parts)
        values = {
            known: value.replace(old, new, count) if isinstance(value, str) else value
            for known, value in self.values.items()
        }
        parts = None if self.parts is None else [it.replace(old, new, count) for it in self.parts]
        return self._anew(text, values, parts)

    def in_language(self, language: str) -> Message:
        """The same in ``language``; as it is, where the catalogue does not know it any more."""
        text = wording(self.ids, self.number, language)
        if not text:
            return self
        values = {name: _in_language(value, language) for name, value in self.values.items()}
        parts = None if self.parts is None else [in_language(it, language) for it in self.parts]
        try:
            text = text.format_map(_Filled(values, self)) if values else text
        except (LookupError, ValueError, AttributeError, TypeError):
            # Another version's text, which asks for other values.
            return self
        return self._anew(text if parts is None else text.join(parts), values, parts)

    def _shows(self, name: str) -> bool:
        return any(f"{{{name}" in one for one in self.ids)

    def _anew(self, text: str, values: Mapping[str, Value], parts: Sequence[str] | None) -> Message:
        return Message(text, self.ids, self.number, values, parts)


class _Filled(dict[str, Value]):
    """Values of a text in which some placeholders may still stand open."""

    def __init__(self, values: Mapping[str, Value], text: str) -> None:
        super().__init__(values)
        self._text = text

    def __missing__(self, name: str) -> str:
        place = f"{{{name}}}"
        if place not in self._text:
            raise KeyError(name)
        return place


def in_language(text: str, language: str) -> str:
    """``text`` in ``language``; as it is, where it does not remember what it was made of."""
    return text.in_language(language) if isinstance(text, Message) else text


def _in_language(value: Value, language: str) -> Value:
    return value.in_language(language) if isinstance(value, Message) else value


def _kept(value: object) -> Value:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else str(value)


def plain(value: object) -> str:
    """What msgspec writes of a message (its ``enc_hook``): the text.

    Raises
    ------
    NotImplementedError
        If ``value`` is none.
    """
    if isinstance(value, Message):
        return str(value)
    raise NotImplementedError(type(value).__name__)
