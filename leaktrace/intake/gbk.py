"""GBK as raw bytes: whether a text can be cut and searched without being decoded."""

from __future__ import annotations

import numpy as np

RAW_DELIMITERS = frozenset({",", "\t", ";", "----", ""})
"""The delimiters whose bytes are never part of a character; ``|`` is."""

# Windows of bytes that stay in the cache.
_WINDOW = 1 << 18


def is_plain_gbk(text: bytes) -> bool:
    """Whether ``text`` is ASCII and valid characters of two bytes alone.

    Notes
    -----
    A run of bytes above 127 begins with a lead byte, for what stands before it is a whole
    character. So the pairs are known by counting: where a run is odd, its last byte is a lead and
    the ASCII byte after it must be a trail (40 to 7E). A digit there is a character of four
    bytes, which is declined, as are the bytes 80 and FF, which are no leads. All pairs that are
    left decode as GB18030 (every one of them was tried).
    """
    if b"\x80" in text or b"\xff" in text:
        return False
    view = np.frombuffer(text, dtype=np.uint8)
    start = 0
    while start < view.size:
        end = min(start + _WINDOW, view.size)
        # A window ends with a line, so that no run goes on in the next one.
        end = text.rfind(b"\n", start, end) + 1 or text.find(b"\n", end) + 1 or view.size
        if not _is_plain(view[start:end]):
            return False
        start = end
    return True


def _is_plain(view: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> bool:
    high = np.zeros(view.size + 2, dtype=np.bool_)
    np.greater(view, 0x7F, out=high[1:-1])
    edges = np.flatnonzero(high[1:] != high[:-1])
    starts, ends = edges[0::2], edges[1::2]
    odd = ends[((ends - starts) & 1).astype(np.bool_)]
    if odd.size and odd[-1] >= view.size:
        return False
    trails = view[odd]
    return bool(np.all((trails >= 0x40) & (trails <= 0x7E)))
