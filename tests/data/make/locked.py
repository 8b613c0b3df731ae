"""Everything that a password can lock: with the right one, a wrong one, and none."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Callable, Iterator
from functools import cache

from tests.data.make.books import ods, xlsx
from tests.data.make.case import Case, Counts
from tests.data.make.containers import lists
from tests.data.make.packing import aes_zip, seven
from tests.data.make.people import people
from tests.data.make.prose import docx
from tests.data.make.rars import rar5
from tests.data.make.zips import Member, zip_of

_F = "locked"
_N = 15
PASSWORD = "示例Pass1"
CODES = frozenset({"encrypted", "password", "wrong-password"})
_SALT, _VERIFIER = bytes(range(16)), bytes(range(100, 116))


def office(data: bytes) -> bytes:
    """An Office document under the agile encryption of 2010 and later."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(PASSWORD, out)
    return out.getvalue()


def _long(document: bytes) -> bytes:
    """With a comment behind it: what encrypts keeps no stream below 4,096 bytes."""
    return document[:-2] + struct.pack("<H", 5000) + bytes(5000)


def old_xls(rows: list[tuple[str, ...]]) -> bytes:
    """An XLS under the RC4 encryption of Excel 97 ([MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.6)."""
    import xlwt
    from xlwt.CompoundDoc import XlsDoc

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    out = io.BytesIO()
    XlsDoc().save(out, _encrypted(book.get_biff_data()))
    return out.getvalue()


def _encrypted(stream: bytes) -> bytes:
    key = _legacy_key()
    verifier = _rc4(_block_key(key, 0), _VERIFIER + hashlib.md5(_VERIFIER).digest())
    filepass = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + _SALT + verifier
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    shifted = stream[:first] + filepass + stream[first:]
    # The stream is filled up with zeros later, which are read as records of four bytes.
    odd = -len(shifted) % 4
    shifted += struct.pack("<HH", 0, odd) + bytes(odd)
    plain, covered = bytearray(shifted), bytearray(len(shifted))
    place = 0
    while place + 4 <= len(shifted):
        kind, size = struct.unpack_from("<HH", shifted, place)
        start = place + 4
        if kind == 0x85:  # where a sheet begins stays legible
            moved = struct.unpack_from("<I", shifted, start)[0] + len(filepass)
            struct.pack_into("<I", plain, start, moved)
            covered[start + 4 : start + size] = b"\1" * (size - 4)
        elif kind not in (0x809, 0x2F):
            covered[start : start + size] = b"\1" * size
        place = start + size
    blocks = range(0, len(plain), 1024)
    pieces = [_rc4(_block_key(key, i), bytes(plain[at : at + 1024])) for i, at in enumerate(blocks)]
    coded = b"".join(pieces)
    return bytes(c if hide else p for p, c, hide in zip(plain, coded, covered, strict=True))


def _legacy_key() -> bytes:
    first = hashlib.md5(PASSWORD.encode("utf-16-le")).digest()[:5]
    return hashlib.md5((first + _SALT) * 16).digest()[:5]


def _block_key(key: bytes, block: int) -> bytes:
    return hashlib.md5(key + struct.pack("<I", block)).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def cases() -> Iterator[Case]:
    """All of them."""
    files = lists(9000)
    rows = [("姓名", "手机号"), *((p.name, p.mobile) for p in people(9001, _N))]
    one, two = Counts({"mobile": _N}, _N, _N), Counts({"mobile": 2 * _N}, 2 * _N, 2 * _N)
    table = Counts({"mobile": _N}, (_N, _N + 1), _N)
    old = [Member(n.encode(), d, password=PASSWORD.encode()) for n, d in files]
    chinese = [Member(n.encode(), d, password=PASSWORD.encode("gb18030")) for n, d in files]
    yield from _thrice("zipcrypto.zip", lambda: zip_of(old), two)
    yield from _thrice("zipcrypto-gbk-password.zip", lambda: zip_of(chinese), two)
    yield from _thrice("aes.zip", lambda: aes_zip(files, PASSWORD), two)
    yield from _thrice("plain.7z", lambda: seven(files, PASSWORD), two)
    yield from _thrice("hidden-names.7z", lambda: seven(files, PASSWORD, hide_names=True), two)
    yield from _thrice("members.rar", lambda: rar5(files, PASSWORD), two)
    yield from _thrice("agile.xlsx", lambda: office(xlsx(rows)), one)
    yield from _thrice("agile.docx", lambda: office(_long(docx(rows))), table)
    yield from _thrice("rc4.xls", lambda: old_xls(rows), one)
    yield from _thrice(
        "book-in-zip.zip", lambda: aes_zip([("a.xlsx", office(xlsx(rows)))], PASSWORD), one
    )
    half = zip_of([Member(b"open.csv", files[0][1]), old[1]])
    partly = Counts({"mobile": _N}, _N, _N, refused_members=1)
    yield Case(_F, "half-open.none.zip", half, (partly,))
    yield Case(_F, "half-open.right.zip", half, (two,), passwords=(PASSWORD,))
    yield Case(_F, "locked.ods", ods(rows, encrypted=True), (), CODES | {"truncated"}, (PASSWORD,))
    lists_of = tuple(f"falsch{i}" for i in range(8))
    yield Case(
        _F, "password-list.zip", lambda: zip_of(old), (two,), passwords=(*lists_of, PASSWORD)
    )


def _thrice(name: str, content: Callable[[], bytes], right: Counts) -> Iterator[Case]:
    stem, _dot, ending = name.rpartition(".")
    content = cache(content)  # to derive a key takes a second
    yield Case(_F, f"{stem}.right.{ending}", content, (right,), passwords=("nicht", PASSWORD))
    yield Case(_F, f"{stem}.wrong.{ending}", content, (), CODES, ("falsch", "12345678"))
    yield Case(_F, f"{stem}.none.{ending}", content, (), CODES)
