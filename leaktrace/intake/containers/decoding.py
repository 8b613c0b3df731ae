"""Packed bytes to unpacked ones, a bounded piece at a time, whatever they swell to."""

from __future__ import annotations

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Protocol

from leaktrace.intake.containers.unhad import damaged

if TYPE_CHECKING or sys.version_info < (3, 14):
    from backports import zstd
else:
    from compression import zstd

PIECE = 1 << 18
"""Bytes that are read, and at most unpacked, at once."""

# Windows of more are asked for by no list, and would be taken before a byte is unpacked.
_WINDOW_LOG = 29
_LZMA_MEMORY = 1 << 30
_SKIPPABLE = b"\x2a\x4d\x18"


class Decoder(Protocol):
    """A decompressor as bz2, lzma and zstd have it."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was met."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more input."""

    @property
    def unused_data(self) -> bytes:
        """What follows the end of the stream."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most ``max_length`` bytes more."""


class Deflated:
    """zlib's decompressor with the manners of the others."""

    def __init__(self, wbits: int) -> None:
        self._inner = zlib.decompressobj(wbits)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was met."""
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """What follows the end of the stream."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most ``max_length`` bytes more."""
        out = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self.needs_input = not self._inner.unconsumed_tail and len(out) < max_length
        return out


def zstd_decoder() -> Decoder:
    """For one frame of Zstandard."""
    options = {int(zstd.DecompressionParameter.window_log_max): _WINDOW_LOG}
    return zstd.ZstdDecompressor(options=options)


def xz_decoder() -> Decoder:
    """For one stream of XZ."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_LZMA_MEMORY)


def lzma_decoder(properties: bytes) -> Decoder:
    """For raw LZMA with these five bytes of properties."""
    first = properties[0]
    settings = {
        "id": lzma.FILTER_LZMA1,
        "lc": first % 9,
        "lp": first // 9 % 5,
        "pb": first // 45,
        "dict_size": min(int.from_bytes(properties[1:5], "little"), _LZMA_MEMORY),
    }
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[settings])


STREAMS: dict[str, tuple[bytes, Callable[[], Decoder]]] = {
    "gz": (b"\x1f\x8b", lambda: Deflated(31)),
    "bz2": (b"BZh", bz2.BZ2Decompressor),
    "xz": (b"\xfd7zXZ\x00", xz_decoder),
    "zst": (b"\x28\xb5\x2f\xfd", zstd_decoder),
}
"""Form to the first bytes of a stream and what decodes it."""


def unpacked(pieces: Iterator[bytes], decoder: Decoder) -> Iterator[bytes]:
    """What ``pieces`` unpack to; ends with the stream, or with ``pieces``.

    Raises
    ------
    Unhad
        ``"truncated"``.
    """
    for piece in pieces:
        data = piece
        while True:
            out = _step(decoder, data)
            data = b""
            if out:
                yield out
            if decoder.eof:
                return
            if decoder.needs_input:
                break


def streams(file: BinaryIO, form: str) -> Iterator[bytes]:
    """What the streams in ``file``, one after the other, unpack to.

    Padding and whatever else follows the last one is passed over, as ``gzip`` does.

    Raises
    ------
    Unhad
        ``"truncated"``, also where the last stream has no end.
    """
    mark, new = STREAMS[form]
    rest = b""
    while True:
        decoder = new()
        yield from unpacked(_after(rest, file), decoder)
        if not decoder.eof:
            raise damaged()
        rest = _next_stream(decoder.unused_data, file, mark)
        if not rest:
            return


def _after(rest: bytes, file: BinaryIO) -> Iterator[bytes]:
    if rest:
        yield rest
    while piece := file.read(PIECE):
        yield piece


def _next_stream(rest: bytes, file: BinaryIO, mark: bytes) -> bytes:
    """What follows, from the next stream on; empty where there is none."""
    rest = rest.lstrip(b"\x00")
    while len(rest) < len(mark) and (piece := file.read(PIECE)):
        rest = (rest + piece).lstrip(b"\x00")
    return rest if rest.startswith(mark) or rest[1:4] == _SKIPPABLE else b""


def _step(decoder: Decoder, data: bytes) -> bytes:
    try:
        return decoder.decompress(data, PIECE)
    except MemoryError:
        raise
    except Exception:
        # Four libraries, each with errors of its own; bz2 raises OSError, as a bad disk does.
        raise damaged() from None
