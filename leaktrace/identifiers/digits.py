"""Eight ASCII digits at a time: checked and read as numbers inside one 64-bit word."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]

_ZEROS = np.uint64(0x3030303030303030)
_TOP = np.uint64(0x8080808080808080)
_STEPS = (
    (np.uint64(100), np.uint64(16), np.uint64(0x00FF00FF00FF00FF)),
    (np.uint64(10_000), np.uint64(32), np.uint64(0x0000FFFF0000FFFF)),
    (np.uint64(0), np.uint64(0), np.uint64(0xFFFFFFFF)),
)
"""Two, four and eight digits at a time: the next scale, the shift to it, the lanes now full."""
_OVER = np.uint64(0x7676767676767676)


def words_at(data: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64]) -> Words:
    """The eight bytes from each of ``starts`` on, as little-endian words minus ``"00000000"``.

    The caller makes sure that eight bytes follow every start.
    """
    windows = np.ndarray((max(len(data) - 7, 0),), dtype="<u8", buffer=data, strides=(1,))
    return windows[starts] ^ _ZEROS


def words_every(data: npt.NDArray[np.uint8], first: int, step: int, count: int) -> Words:
    """As :func:`words_at`, of ``count`` starts that are ``step`` bytes apart: a third of the time.

    The caller makes sure that eight bytes follow the last start.
    """
    words = np.ndarray((count,), dtype="<u8", buffer=data, offset=first, strides=(step,))
    return words ^ _ZEROS


def all_digits(words: Words) -> npt.NDArray[np.bool_]:
    """Whether all eight bytes of each word from :func:`words_at` are digits.

    A byte is 0 to 9 exactly where neither it nor it plus 0x76 has the top bit; a carry out of a
    byte comes only from one that has failed already.
    """
    tops = words + _OVER
    tops |= words
    tops &= _TOP
    good: npt.NDArray[np.bool_] = tops == 0
    return good


def read_eight(words: Words) -> Words:
    """The number that each word of eight digits spells (first character first)."""
    number = words * np.uint64(10)
    other = words >> np.uint64(8)
    for scale, shift, lanes in _STEPS:
        number += other
        number &= lanes
        if scale:
            np.right_shift(number, shift, out=other)
            number *= scale
    return number


def read_last_three(words: Words) -> Words:
    """The number that the last three digits of each word spell."""
    number = words >> np.uint64(56)
    digit = words >> np.uint64(48)
    for scale in (np.uint64(10), np.uint64(100)):
        digit &= np.uint64(0xFF)
        digit *= scale
        number += digit
        if scale == 10:
            np.right_shift(words, np.uint64(40), out=digit)
    return number
