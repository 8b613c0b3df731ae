"""Every form in which seized material is read, told from its content and never from its name."""

from __future__ import annotations

import importlib
import zipfile
from collections.abc import Callable
from typing import Protocol, cast

from leaktrace.intake.documents.document import Document
from leaktrace.intake.encodings import TextEncoding, encoding_of
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening, refused
from leaktrace.intake.signatures import signature_of
from leaktrace.messages import _

CONTAINERS: dict[str, str] = {}
"""Form to the module of ``containers`` that unpacks it."""

DOCUMENTS = {
    "xlsx": "workbook",
    "xlsb": "workbook",
    "ods": "workbook",
    "xls": "workbook",
}
"""Form, as :func:`form_of` tells it from signatures, to the module of ``documents`` with its
``read(material) -> Document``."""

TEXTS: tuple[str, ...] = ()
"""Modules of ``documents`` for what is text and yet no delimited list, the surest first. Each has
``matches(sample: str) -> bool`` for the decoded beginning, and
``read_text(material, encoding) -> Document``."""


_OFFICE_MARKS = (b"[Content_Types].xml", b"xl/", b"docProps/", b"_rels/")


class _TextForm(Protocol):
    matches: Callable[[str], bool]
    read_text: Callable[[Material, TextEncoding], Document]


def form_of(material: Material, head: bytes) -> str:
    """The form of the file that begins with ``head``: ``"text"``, or a key of the tables above.

    Raises
    ------
    InputRefused
        ``"empty"``, ``"binary"``, ``"archive"``, ``"document"``, ``"encrypted"`` or
        ``"truncated"``.
    """
    form = signature_of(material, head)
    if form == "zip":
        form = _zip_form(material)
    elif form == "ole2":
        form = _ole2_form(material)
    if form == "text" or form in DOCUMENTS or form in CONTAINERS:
        return form
    if form in ("pdf", "rtf", "doc", "docx", "ppt", "msg"):
        message = _(
            "{file} is a document, not a table; open it in a spreadsheet program, "
            "save it as XLSX or CSV and try again."
        )
        raise refused(material, "document", message)
    message = _("{file} is an archive; unpack it and name the lists in it.")
    raise refused(material, "archive", message)


def document_of(material: Material, form: str) -> Document:
    """The document ``material``, of a form in :data:`DOCUMENTS`."""
    module = importlib.import_module(f"leaktrace.intake.documents.{DOCUMENTS[form]}")
    return cast(Callable[[Material], Document], module.read)(material)


def text_document(material: Material, head: bytes) -> Document | None:
    """The document that a text is, None where it is to be read as a delimited list."""
    if not TEXTS:
        return None
    with opening(material) as file:
        encoding = encoding_of(material, file, head)
    sample = head[encoding.mark :].decode(encoding.name, errors="replace")
    for name in TEXTS:
        module = cast(_TextForm, importlib.import_module(f"leaktrace.intake.documents.{name}"))
        if module.matches(sample):
            return module.read_text(material, encoding)
    return None


def _zip_form(material: Material) -> str:
    """Which of the forms that are ZIPs inside; ``"zip"`` for a plain archive."""
    with opening(material) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                names = {name.lower().replace("\\", "/") for name in archive.namelist()}
                if "xl/workbook.bin" in names:
                    return "xlsb"
                if "[content_types].xml" in names:
                    return _office_form(names)
                if any(name.startswith("xl/") for name in names):
                    return "xlsx"
                if "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:200]:
                    return "ods"
        except (
            zipfile.BadZipFile,
            EOFError,
            ValueError,
            NotImplementedError,
            OSError,
            RuntimeError,
        ):
            # What is wrong with it is told by whoever reads it.
            file.seek(0)
            head = file.read(4096)
            return "xlsx" if any(mark in head for mark in _OFFICE_MARKS) else "zip"
    return "zip"


def _office_form(names: set[str]) -> str:
    for folder, form in (("word/", "docx"), ("ppt/", "ppt")):
        if any(name.startswith(folder) for name in names):
            return form
    return "xlsx"


def _ole2_form(material: Material) -> str:
    """Which of the forms in Microsoft's compound files."""
    with opening(material) as file:
        data = file.read(64 << 20)
    for stream, form in (
        ("EncryptedPackage", "encrypted-office"),
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("WordDocument", "doc"),
        ("PowerPoint Document", "ppt"),
        ("__substg1.0_", "msg"),
    ):
        if stream.encode("utf-16-le") in data:
            return form
    return "doc"
