"""ZIP: stored, deflated, bzip2, LZMA, XZ, Zstandard; encrypted by the old way or by AES.

The standard library reads the directory, but unpacks bzip2 and LZMA a whole input piece at a time
(4 kB can be 6 GB), and knows neither AES nor Zstandard; so the packed bytes are read here.
"""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from leaktrace.intake.containers.decoding import (
    PIECE,
    Decoder,
    Deflated,
    lzma_decoder,
    unpacked,
    xz_decoder,
    zstd_decoder,
)
from leaktrace.intake.containers.members import Chunks, Member, Way
from leaktrace.intake.containers.session import Session
from leaktrace.intake.containers.unhad import damaged, link, locked, unsupported
from leaktrace.intake.containers.zipcipher import Cipher, cipher_of
from leaktrace.intake.containers.zipdirectory import Entry, entries
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_STORED, _DEFLATED, _LZMA = 0, 8, 14
_DECODERS: dict[int, Callable[[], Decoder]] = {
    _DEFLATED: lambda: Deflated(-15),
    12: bz2.BZ2Decompressor,
    20: zstd_decoder,
    93: zstd_decoder,
    95: xz_decoder,
}
_METHODS = {_STORED, _LZMA, *_DECODERS}
_PATCH, _STRONG = 0x20, 0x40
_LOCAL = b"PK\x03\x04"


def members(material: Material, session: Session, _form: str) -> Generator[Member, None, None]:
    """The members of the ZIP ``material``."""
    with opening(material) as file:
        for entry in entries(file):
            yield _member(file, entry, session)


def _member(file: BinaryIO, entry: Entry, session: Session) -> Member:
    info = entry.info
    if entry.name.endswith(("/", "\\")):
        return Member(entry.name, is_folder=True)
    if entry.is_link:
        return Member(entry.name, left=link(), size=info.file_size)
    refusal = None
    if entry.method not in _METHODS or info.flag_bits & (_PATCH | _STRONG):
        refusal = unsupported()
    packed = _Packed(file, entry)
    return Member(
        entry.name,
        _ways(packed, session),
        size=info.file_size,
        packed=lambda: packed.taken,
        packed_size=info.compress_size,
        deflated=entry.method == _DEFLATED,
        refusal=refusal,
    )


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class _Packed:
    """The packed bytes of one entry, and how many of them were taken."""

    file: BinaryIO
    entry: Entry
    taken: int = field(default=0)

    def start(self) -> None:
        """Go to the first of them; the directory tells only where the local header stands."""
        self.file.seek(self.entry.info.header_offset)
        header = self.file.read(30)
        if len(header) < 30 or not header.startswith(_LOCAL):
            raise damaged()
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        self.file.seek(names, 1)
        self.taken = 0

    def read(self, size: int) -> bytes:
        """Exactly so many bytes more."""
        data = self.file.read(size)
        if len(data) < size:
            raise damaged()
        self.taken += size
        return data

    def pieces(self, cipher: Cipher | None) -> Iterator[bytes]:
        """All of them that are left, decrypted."""
        left = self.entry.info.compress_size - self.taken - (cipher.tail if cipher else 0)
        while left > 0:
            piece = self.read(min(PIECE, left))
            left -= len(piece)
            yield cipher.decrypt(piece) if cipher else piece


def _ways(packed: _Packed, session: Session) -> Iterator[Way]:
    if not packed.entry.is_encrypted:
        yield Way(lambda: _chunks(packed, None))
        return
    for password in session.passwords():
        for raw in dict.fromkeys(_encoded(password)):
            packed.start()
            cipher = cipher_of(packed.entry, raw, packed.read)
            if cipher is not None:
                yield Way(lambda cipher=cipher: _chunks(packed, cipher), password)  # type: ignore[misc]
    # One in 256 wrong passwords passes the check of the old encryption: what comes out damaged
    # may as well be locked.
    raise locked(session.has_passwords)


def _encoded(password: str) -> Iterator[bytes]:
    """A password's bytes as programs make them: Chinese Windows took GBK, others UTF-8."""
    for encoding in ("utf-8", "gb18030"):
        yield password.encode(encoding, "surrogateescape" if encoding == "utf-8" else "ignore")


def _chunks(packed: _Packed, cipher: Cipher | None) -> Chunks:
    """The member's bytes, its length and checksum compared at the end."""
    entry = packed.entry
    if cipher is None:
        packed.start()
    crc, size = 0, 0
    for chunk in _plain(entry, packed.pieces(cipher)):
        size += len(chunk)
        if size > entry.info.file_size:
            raise damaged()
        crc = zlib.crc32(chunk, crc)
        yield chunk
    if size != entry.info.file_size:
        raise damaged()
    if entry.aes_version != 2 and crc != entry.info.CRC:
        raise damaged()
    if cipher is not None:
        for _piece in packed.pieces(cipher):
            pass
        cipher.check(packed.read(cipher.tail))


def _plain(entry: Entry, pieces: Iterator[bytes]) -> Iterator[bytes]:
    if entry.method == _STORED:
        return pieces
    if entry.method != _LZMA:
        return unpacked(pieces, _DECODERS[entry.method]())
    return _lzma(entry, pieces)


def _lzma(entry: Entry, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Raw LZMA after a header of its own, with or without a mark at its end."""
    first = next(pieces, b"")
    length = int.from_bytes(first[2:4], "little")
    if length != 5 or len(first) < 9:
        raise damaged()
    decoder = lzma_decoder(first[4:9])

    def rest() -> Iterator[bytes]:
        yield first[9:]
        yield from pieces

    left = entry.info.file_size
    for chunk in unpacked(rest(), decoder):
        left -= len(chunk)
        yield chunk
        if left <= 0:
            return
