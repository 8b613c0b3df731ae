"""What a file is, told from its first bytes and never from its name."""

from __future__ import annotations

import re

import numpy as np

from leaktrace.errors import InputRefused
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening, refused
from leaktrace.messages import _

HEAD = 1 << 16

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole2"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"MSCF\x00\x00\x00\x00", "cab"),
    (b"\x1f\x9d", "compress"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"LZIP\x01", "lzip"),
)
_TAR, _TAR_AT = b"ustar", 257
_ISO, _ISO_AT = b"CD001", 32769
_LZH = re.compile(rb"..-l[hz][0-9ds]-", re.DOTALL)
# A frame that decoders pass over, before those of Zstandard.
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
_BINARIES = (
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\x00asm",
)
_ARCHIVES = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_ACCESS = (b"\0\1\0\0Standard Jet DB", b"\0\1\0\0Standard ACE DB")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
# Bytes that texts hold: tab, line ends, form feed, and Ctrl-Z and escape, which old exports leave.
_TEXT_CONTROLS = frozenset(b"\x01\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f")
# So many may be the damage of a text: its rows are refused, not the file.
_FEW = 8
_ENDS = 3
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def signature_of(material: Material, head: bytes) -> str:
    """What the first bytes say: ``"text"``, a form of :data:`_SIGNATURES`, ``"tar"`` and the like;
    ``"behind"`` where an archive may begin further on.

    Raises
    ------
    InputRefused
        ``"empty"`` or ``"binary"``.
    """
    # A head of blanks alone may be that of a longer file; only the reader can tell.
    if len(head) < HEAD and not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise empty(material)
    for signature, form in _SIGNATURES:
        if head.startswith(signature):
            return form
    if head.startswith(_TAR, _TAR_AT) or _is_old_tar(head):
        return "tar"
    if _SKIPPABLE.match(head):
        return "zst"
    if head.startswith(_ISO, _ISO_AT) or _LZH.match(head):
        return "iso" if head.startswith(_ISO, _ISO_AT) else "lzh"
    if head.startswith(b"MZ") and _looks_binary(head):
        return "program"
    if head.startswith(_PICTURES) or _is_framed_picture(head):
        message = _(
            "{file} looks like a picture; a list is read from text alone: get the list itself, or "
            "type it into a spreadsheet."
        )
        raise refused(material, "binary", message)
    if head.startswith(_ACCESS):
        message = _(
            "{file} is a database of Access, which is not opened here; export its tables there as "
            "CSV or XLSX and name these."
        )
        raise refused(material, "binary", message)
    if head.startswith(_BINARIES):
        raise not_text(material)
    if _looks_binary(head):
        if any(mark in head for mark in _ARCHIVES):
            return "behind"
        raise not_text(material)
    return "text"


def not_text(material: Material) -> InputRefused:
    """The refusal of bytes that are nothing known."""
    message = _("{file} is not a text or a workbook; name the list itself.")
    return refused(material, "binary", message)


def _is_old_tar(head: bytes) -> bool:
    """Tars of before 1988, and of some programs still, have nothing but the header's checksum."""
    field = head[148:156].strip(b"\x00 ")
    if len(head) < 512 or not field or not head[0] or field.strip(b"01234567"):
        return False
    return sum(head[:148]) + 8 * ord(" ") + sum(head[156:512]) == int(field, 8)


def empty(material: Material) -> InputRefused:
    """The refusal of a file that holds nothing, or nothing but NUL bytes."""
    if _is_nul(material):
        message = _(
            "{file} holds nothing but NUL bytes, as an empty TAR does, a copy that failed, or room "
            "that was never written to; copy it again from where it came."
        )
        return refused(material, "empty", message)
    return refused(material, "empty", _("{file} is empty; export the list again."))


def _is_nul(material: Material) -> bool:
    seen = False
    with opening(material) as file:
        while piece := file.read(HEAD):
            if piece.strip(b"\x00"):
                return False
            seen = True
    return seen


def utf16_by_pattern(head: bytes) -> str | None:
    """``"utf-16-le"`` or ``"utf-16-be"`` where the NUL bytes of a text without BOM say so."""
    nul = np.frombuffer(head[: len(head) // 2 * 2], dtype=np.uint8) == 0
    if not nul.size:
        return None
    first, second = float(nul[0::2].mean()), float(nul[1::2].mean())
    if not _has_wide_ends(head):
        return None
    if second > 0.1 and first < second / 20:
        return "utf-16-le"
    if first > 0.1 and second < first / 20:
        return "utf-16-be"
    return None


def _has_wide_ends(head: bytes) -> bool:
    """Whether some line end of a text, where it has any, has the zero byte of its two."""
    # The second byte of a character, 上 say, may be the same.
    return head.count(b"\n") < _ENDS or b"\n\0" in head or b"\0\n" in head


def _is_framed_picture(head: bytes) -> bool:
    """WebP, HEIC and AVIF say what they are a few bytes in."""
    return (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or (
        head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    )


def _looks_binary(head: bytes) -> bool:
    if head.startswith(_UTF16_BOMS) or utf16_by_pattern(head):
        return False
    head = head.rstrip(b"\0")  # room that was set aside and never written to
    counts = np.bincount(np.frombuffer(head, dtype=np.uint8), minlength=256)
    controls = sum(int(counts[c]) for c in range(1, 32) if c not in _TEXT_CONTROLS)
    most, nul = max(_FEW, len(head) // 50), int(counts[0])
    # Lines with a zero byte in each are refused one by one.
    lines = nul * 8 <= len(head) and nul <= 2 * int(counts[ord("\n")])
    return controls > most or (controls + nul > most and not lines)
