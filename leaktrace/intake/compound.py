"""Microsoft's compound files: one stream taken out, and put alone into a sound one.

The reader of workbooks follows the chains of sectors without counting: a chain that bites its own
tail fills the memory. What olefile, which counts, could take out is given to it in a file whose
chains are straight.
"""

from __future__ import annotations

import struct
from typing import IO

_SECTOR = 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NO_ENTRY = 0xFFFFFFFF
_HEADED = 109
# Shorter streams stand elsewhere, in a chain of their own.
_SHORTEST = 4096
_NAMES = ("Workbook", "Book")


def workbook_stream(file: IO[bytes]) -> tuple[str, bytes] | None:
    """The name and the bytes of the stream of sheets in an old workbook; None where none is."""
    import olefile

    with olefile.OleFileIO(file) as ole:
        name = next((name for name in _NAMES if ole.exists(name)), None)
        return None if name is None else (name, ole.openstream(name).read())


def compound_of(name: str, data: bytes) -> bytes:
    """A compound file ([MS-CFB], version 4) with this stream alone.

    Raises
    ------
    ValueError
        If ``data`` is too large for it (456 MB).
    """
    data += bytes(max(0, _SHORTEST - len(data)))
    sectors = -(-len(data) // _SECTOR)
    tables = 1
    while tables * (_SECTOR // 4) < sectors + 2 + tables:
        tables += 1
    if tables > _HEADED:
        raise ValueError("too large")
    chain = [*range(1, sectors), _END, _END, _END, *[_FAT] * tables]
    fat = struct.pack(f"<{len(chain)}I", *chain)
    fat += b"\xff" * (tables * _SECTOR - len(fat))
    # Some readers want the root to hold the sectors of short streams, though there are none.
    root = _entry("Root Entry", 5, child=1, start=sectors + 1, size=_SECTOR)
    directory = root + _entry(name, 2, child=_NO_ENTRY, start=0, size=len(data))
    body = data.ljust(sectors * _SECTOR, b"\0") + directory.ljust(_SECTOR, b"\0")
    body += bytes(_SECTOR) + fat
    return _header(sectors, range(sectors + 2, sectors + 2 + tables)) + body


def _header(directory: int, tables: range) -> bytes:
    """The first sector: where the directory and the tables of chains stand."""
    listed = [*tables, *[_FREE] * (_HEADED - len(tables))]
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 4, 0xFFFE, 12, 6, 1, len(tables), directory, 0, _SHORTEST, _END, 0, _END, 0,
    )  # fmt: skip
    return (head + struct.pack(f"<{_HEADED}I", *listed)).ljust(_SECTOR, b"\0")


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII36xIQ",
        written, len(written), kind, 1, _NO_ENTRY, _NO_ENTRY, child, start, size,
    )  # fmt: skip
