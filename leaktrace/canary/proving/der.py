"""The little of DER that a time stamp needs: values in values (X.690), read within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

INTEGER, OCTETS, NOTHING, OID, SEQUENCE, SET = 0x02, 0x04, 0x05, 0x06, 0x30, 0x31
BOOLEAN, TIME = 0x01, 0x18
FIRST = 0xA0  # context tag 0, constructed
_DEPTH_OF_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its tag, what is in it, and all of its bytes."""

    tag: int
    body: bytes = field(repr=False)
    whole: bytes = field(repr=False)

    def parts(self) -> list[Value]:
        """The values in it.

        Raises
        ------
        ValueError
            If it does not consist of values.
        """
        return list(_values(self.body))

    def number(self) -> int:
        """The integer that it is."""
        return int.from_bytes(self.body, "big", signed=True)


def only(data: bytes) -> Value:
    """The one value that ``data`` is.

    Raises
    ------
    ValueError
        If it is cut off, or more follows.
    """
    found = list(_values(data))
    if len(found) != 1:
        raise ValueError("not one value")
    return found[0]


def value(tag: int, *parts: bytes) -> bytes:
    """The bytes of a value with ``parts`` in it."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def oid(dotted: str) -> bytes:
    """The body of the object identifier ``dotted``."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    return b"".join(_base128(number) for number in (first * 40 + second, *rest))


def _base128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))


def _values(data: bytes) -> Iterator[Value]:
    at = 0
    while at < len(data):
        start = at
        if len(data) < at + 2 or data[at] & 0x1F == 0x1F:
            raise ValueError("no tag and length")
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            digits = length & 0x7F
            if not 0 < digits <= _DEPTH_OF_LENGTH or len(data) < at + digits:
                raise ValueError("no length")
            length, at = int.from_bytes(data[at : at + digits], "big"), at + digits
        if len(data) < at + length:
            raise ValueError("cut off")
        yield Value(tag, data[at : at + length], data[start : at + length])
        at += length
