"""Tables of dBASE and FoxPro (``.dbf``): the records, and those that are marked as deleted."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from datetime import date, timedelta

from leaktrace.errors import InputRefused
from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.dbfheader import EASTERN, DbfHeader, Field, dbf_header
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.numbers import number_text
from leaktrace.intake.documents.streams import cut_off, damaged, record_of, warn
from leaktrace.intake.encodings import encoding_of, share_of_lines
from leaktrace.intake.material import InMemory, Material
from leaktrace.intake.records import Record
from leaktrace.intake.refusals import opening
from leaktrace.intake.signatures import HEAD, empty
from leaktrace.messages import _, ngettext

_STEP = 1 << 20
_SAMPLE = 1 << 17
_SAMPLED = 64 << 20
_KEPT, _DELETED, _END = b" ", b"*", b"\x1a"
# Day 0 of the Julian count, after Python's.
_JULIAN = 1_721_425


def read(material: Material) -> Document:
    """The records of ``material``, the deleted ones a table of their own. Memory does not grow
    with it.

    Raises
    ------
    InputRefused
        ``"empty"``.
    """
    with opening(material) as file:
        header = dbf_header(file.read(HEAD))
    if header is None or material.size <= header.start:
        raise empty(material)
    warnings: list[Warning] = []
    reader = _Reader(material, header, _encoding(material, header), warnings)
    names = tuple(field.name for field in header.fields)
    tables = [
        DocumentTable(None, reader.rows(_KEPT), names),
        DocumentTable("deleted", reader.rows(_DELETED), names),
    ]
    made = {"modified": header.modified} if header.modified else {}
    return Document("dbf", tables, {"encoding": reader.encoding, "made": made}, warnings)


def _encoding(material: Material, header: DbfHeader) -> str:
    """What the texts are in: what they say themselves, where the language byte says little."""
    texts = _texts(material, header)
    if _decoded_as(texts, "utf-8"):
        return "utf-8"
    if header.encoding in EASTERN or texts.isascii():
        return header.encoding or "gb18030"
    sample = Material(material.path, material.chain, InMemory(texts))
    try:
        with sample.open() as file:
            return encoding_of(sample, file, texts[:HEAD]).name
    except InputRefused:
        return header.encoding or "gb18030"


def _decoded_as(texts: bytes, encoding: str) -> bool:
    """Whether nearly all texts beyond ASCII are in an encoding."""
    lines = [line for line in texts.split(b"\n") if not line.isascii()]
    return share_of_lines(lines, encoding) > 0.9


def _texts(material: Material, header: DbfHeader) -> bytes:
    """Texts of the first records that are not all ASCII, a line each."""
    kept, size, read = [], 0, 0
    fields = [field for field in header.fields if field.kind in "CV"]
    for record in _records(material, header):
        read += len(record)
        if size > _SAMPLE or read > _SAMPLED:
            break
        if not record.isascii():
            for field in fields:
                text = record[field.start : field.start + field.size].strip(b" \0\n")
                kept.append(text)
                size += len(text) + 1
    return b"\n".join(kept)


def _records(material: Material, header: DbfHeader) -> Iterator[bytes]:
    """The records, whatever sign they bear; the last may be cut off."""
    with opening(material) as file:
        file.seek(header.start)
        step = max(1, _STEP // header.length) * header.length
        while piece := file.read(step):
            for start in range(0, len(piece), header.length):
                yield piece[start : start + header.length]


class _Reader:
    """Reads the records that bear one sign or the other."""

    def __init__(
        self, material: Material, header: DbfHeader, encoding: str, warnings: list[Warning]
    ) -> None:
        self._material = material
        self._header = header
        self.encoding = encoding
        self._warnings = warnings
        self._decoder = codecs.getincrementaldecoder(encoding)("leaktrace.damaged")

    def rows(self, sign: bytes) -> Iterator[Record]:
        """The rows whose records bear ``sign``; past the header's count too, up to the end."""
        found = number = 0
        for record in _records(self._material, self._header):
            if record[:1] not in (_KEPT, _DELETED):
                if record[:1] != _END and number < self._header.count:
                    damaged(self._warnings)
                break
            whole = len(record) == self._header.length
            number += whole
            if record.startswith(sign) and len(record) > 1:
                found += 1
                yield record_of([self._cell(field, record) for field in self._header.fields])
            if not whole:
                break
        if number < self._header.count:
            cut_off(self._warnings)
        if found and sign == _DELETED:
            self._tell_deleted(found)

    def _tell_deleted(self, count: int) -> None:
        text = ngettext(
            "{count} record is marked as deleted and was never wiped; it was read too, as the "
            "table “deleted”.",
            "{count} records are marked as deleted and were never wiped; they were read too, as "
            "the table “deleted”.",
            count,
        ).format(count=count)
        warn(self._warnings, "deleted-records", text)

    def _cell(self, field: Field, record: bytes) -> str:
        data = record[field.start : field.start + field.size]
        if len(data) < field.size:
            # A part of a number would pass for another.
            return ""
        if field.kind in "MGPW" or (field.kind == "B" and field.size != 8):
            self._tell_memo(data)
            return ""
        binary = _binary(field, data)
        if binary is not None:
            return binary
        if field.kind == "V" and data[-1] < ord(" "):
            # One that does not fill its field ends with its length.
            data = data[: data[-1]]
        data = data.partition(b"\0")[0].strip()
        if field.kind == "D" and len(data) == 8 and data.isdigit():
            return f"{data[:4].decode()}-{data[4:6].decode()}-{data[6:].decode()}"
        if data.isascii():
            return data.decode("ascii")
        # A text may be cut in the middle of its last character by the width of its field.
        self._decoder.reset()
        return self._decoder.decode(data, final=False)

    def _tell_memo(self, reference: bytes) -> None:
        if reference.strip(b" 0\0"):
            text = _(
                "long texts of this table stand in a file of their own (.fpt, .dbt), which is not "
                "read; export the table with them as CSV to have them."
            )
            warn(self._warnings, "memo", text)


def _binary(field: Field, data: bytes) -> str | None:
    """A value that is not written as text; None where it is."""
    if field.kind in "CNFLVD":
        return None
    if not data.strip(b" ") or (field.kind in "T@" and not any(data)):
        return ""
    if field.kind in "I+" and field.size == 4:
        if field.kind == "I":
            return str(struct.unpack("<i", data)[0])
        return str(struct.unpack(">I", data)[0] ^ 0x80000000)
    if field.kind == "Y" and field.size == 8:
        whole, part = divmod(abs(amount := struct.unpack("<q", data)[0]), 10_000)
        return f"{'-' if amount < 0 else ''}{whole}.{part:04d}"
    if field.kind == "B" and field.size == 8:
        return number_text(struct.unpack("<d", data)[0])
    if field.kind == "T" and field.size == 8:
        return _moment(*struct.unpack("<II", data))
    return ""


def _moment(day: int, milliseconds: int) -> str:
    """A Julian day and the time of day, as FoxPro keeps them."""
    try:
        shown = (date.min + timedelta(day - _JULIAN - 1)).isoformat()
    except (OverflowError, ValueError):
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{shown} {minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
