"""What a document says of its own making: application, people, times."""

from __future__ import annotations

import html
import re
import zipfile
from datetime import datetime
from typing import Any

from leaktrace.identifiers.masking import mask_text

_NAMES = {
    "Application": "application",
    "AppVersion": "version",
    "generator": "application",
    "Author": "author",
    "creator": "author",
    "initial-creator": "author",
    "LastAuthor": "last_author",
    "lastModifiedBy": "last_author",
    "Company": "company",
    "Created": "created",
    "created": "created",
    "creation-date": "created",
    "LastSaved": "modified",
    "modified": "modified",
    "date": "modified",
    "Title": "title",
    "title": "title",
}
_PROPERTY = re.compile(r"<(?:[a-zA-Z]+:)?([A-Za-z-]+)(?:\s[^<>]*)?>([^<]{1,300})</")
_PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_MOST = 1 << 16
_OLE = {
    "creating_application": "application",
    "author": "author",
    "last_saved_by": "last_author",
    "company": "company",
    "create_time": "created",
    "last_saved_time": "modified",
    "title": "title",
}


def made_of(text: str) -> dict[str, str]:
    """What stands in properties written as XML; identifiers in it are masked.

    The keys are ``application``, ``version``, ``author``, ``last_author``, ``company``,
    ``created``, ``modified`` and ``title``, those that there are; times as they are written.
    """
    made: dict[str, str] = {}
    for name, value in _PROPERTY.findall(text):
        if name in _NAMES:
            noted(made, _NAMES[name], html.unescape(value))
    return made


def made_of_archive(archive: zipfile.ZipFile) -> dict[str, str]:
    """The same of an Office or OpenDocument file."""
    made: dict[str, str] = {}
    names = set(archive.namelist())
    for part in _PARTS:
        if part in names:
            with archive.open(part) as file:
                text = file.read(_MOST).decode("utf-8", "replace")
            made = {**made_of(text), **made}
    return made


def made_of_ole(file: Any) -> dict[str, str]:
    """The same of a compound file, from its summary information."""
    import olefile

    made: dict[str, str] = {}
    with olefile.OleFileIO(file) as ole:
        said = ole.get_metadata()
    page = said.codepage if isinstance(said.codepage, int) else 0
    for name, key in _OLE.items():
        noted(made, key, _text(getattr(said, name, None), page))
    return made


def _text(value: object, page: int) -> str:
    if isinstance(value, bytes):
        encodings = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs"}
        # olefile writes the code page 65001 of UTF-8 as a negative number of 16 bits.
        for encoding in (encodings.get(page, "utf-8"), "gb18030"):
            try:
                return value.decode(encoding)
            except ValueError:
                continue
        return value.decode("latin-1")
    if isinstance(value, datetime):
        return value.isoformat() + "Z" if value.year > 1601 else ""
    return "" if value is None else str(value)


def noted(made: dict[str, str], key: str, value: str) -> None:
    """Write down what is said first of ``key``, in one line, masked."""
    text = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    if text:
        made.setdefault(key, mask_text(text))
