"""Files of fixed date, so that the same list has the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

STAMP = (2023, 6, 1, 12, 0, 0)


class GbkInfo(zipfile.ZipInfo):
    """A member whose name stands in GBK, as an old Chinese Windows writes it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zip_bytes(
    members: list[tuple[str, bytes]], kind: type[zipfile.ZipInfo] = zipfile.ZipInfo
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in members:
            info = kind(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(info, data)
    return out.getvalue()


def gbk_zip(members: list[tuple[str, bytes]]) -> bytes:
    return zip_bytes(members, GbkInfo)


def xlsx_bytes(book: Any) -> bytes:
    """The workbook's bytes without the time of day."""
    raw = io.BytesIO()
    book.save(raw)
    members: list[tuple[str, bytes]] = []
    with zipfile.ZipFile(raw) as pack:
        for name in pack.namelist():
            data = pack.read(name)
            if name == "docProps/core.xml":
                day = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
                data = re.sub(day, b"2023-06-01T12:00:00Z", data)
            members.append((name, data))
    return zip_bytes(members)


def xls_bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
