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


def zip_put(pack: zipfile.ZipFile, name: str, data: bytes | str, gbk: bool = False) -> None:
    """Add one member of fixed date."""
    info = (GbkInfo if gbk else zipfile.ZipInfo)(name, STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    pack.writestr(info, data)


def xlsx_bytes(book: Any) -> bytes:
    """The workbook's bytes without the time of day."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                day = rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"
                data = re.sub(day, b"2023-06-01T08:00:00Z", data)
            zip_put(new, name, data)
    return out.getvalue()


def crlf(lines: list[str]) -> str:
    return "\r\n".join(lines) + "\r\n"
