"""Every form in which seized material is read, told from its content and never from its name."""

from __future__ import annotations

import importlib
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from leaktrace.intake.containers.mail import is_mail
from leaktrace.intake.containers.office import is_locked_workbook
from leaktrace.intake.containers.selfextracting import form_behind
from leaktrace.intake.containers.unhad import Unhad
from leaktrace.intake.containers.zipdirectory import entries
from leaktrace.intake.documents.dbfheader import dbf_header
from leaktrace.intake.documents.document import Document
from leaktrace.intake.encodings import TextEncoding, encoding_of
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening, refused
from leaktrace.intake.signatures import not_text, signature_of
from leaktrace.messages import _

CONTAINERS = {
    "zip": "ziparchive",
    "tar": "tararchive",
    "gz": "streams",
    "bz2": "streams",
    "xz": "streams",
    "zst": "streams",
    "7z": "sevenzip",
    "rar": "rararchive",
    "encrypted-office": "office",
    "encrypted-xls": "office",
    "mail": "mail",
}
"""Form to the module of ``containers`` that unpacks it."""

DOCUMENTS = {
    "xlsx": "workbook",
    "xlsb": "workbook",
    "ods": "ods",
    "docx": "docx",
    "pdf": "pdf",
    "rtf": "rtf",
    "xls": "workbook",
    "dbf": "dbf",
    "sqlite": "sqlitefile",
    "doc": "doc",
}
"""Form, as :func:`form_of` tells it from signatures, to the module of ``documents`` with its
``read(material) -> Document``."""

TEXTS: tuple[str, ...] = (
    "vcard",
    "html",
    "spreadsheetml",
    "sqlform",
    "jsonform",
    "boxed",
    "chat",
    "weblog",
    "turned",
    "cards",
    "wall",
    "stanzas",
    "prose",
)
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
    form = "dbf" if dbf_header(head) else signature_of(material, head)
    if form == "zip":
        form = _zip_form(material)
    elif form == "ole2":
        form = _ole2_form(material)
    elif form == "text" and is_mail(head):
        form = "mail"
    elif form == "program":
        form = _form_behind_program(material)
    elif form == "behind":
        form = _form_behind_junk(material)
    if form == "text" or form in DOCUMENTS or form in CONTAINERS:
        return form
    if form == "msg":
        message = _(
            "{file} is a letter of Outlook; open it there, save it as .eml or as text and its "
            "attachments beside it, and name these."
        )
        raise refused(material, "document", message)
    if form in ("ole2", "ppt"):
        message = _(
            "{file} is a document, not a table; open it in a spreadsheet program, "
            "save it as XLSX or CSV and try again."
        )
        raise refused(material, "document", message)
    message = _(
        "{file} is an archive of a form that is not opened here; unpack it with 7-Zip and name "
        "the lists in it."
    )
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
            found = {entry.name.lower().replace("\\", "/"): entry.info for entry in entries(file)}
        except Unhad as why:
            # What is wrong with it is told by whoever reads it.
            file.seek(0)
            head = file.read(4096) if why.code == "truncated" else b""
            return "xlsx" if any(mark in head for mark in _OFFICE_MARKS) else "zip"
        if "xl/workbook.bin" in found:
            return "xlsb"
        if "[content_types].xml" in found:
            return _office_form(set(found))
        if any(name.startswith("xl/") for name in found):
            return "xlsx"
        return "ods" if b"spreadsheet" in _kind_of(file, found.get("mimetype")) else "zip"


def _kind_of(file: BinaryIO, info: zipfile.ZipInfo | None) -> bytes:
    """What the member ``mimetype`` says, which is stored as it is; other ways of packing it could
    swell."""
    if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(info) as member:
            return member.read(200)
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, RuntimeError, zlib.error):
        return b""


def _office_form(names: set[str]) -> str:
    for folder, form in (("word/", "docx"), ("ppt/", "ppt")):
        if any(name.startswith(folder) for name in names):
            return form
    return "xlsx"


def _form_behind_program(material: Material) -> str:
    with opening(material) as file:
        form = form_behind(file)
    if form is None:
        message = _("{file} is a program, not a list; never run it, and name the list itself.")
        raise refused(material, "binary", message)
    return form


def _form_behind_junk(material: Material) -> str:
    """The archive behind bytes that are none of it, as what was carved out of a disk has them."""
    with opening(material) as file:
        form = form_behind(file)
    if form is None:
        raise not_text(material)
    return form


def _ole2_form(material: Material) -> str:
    """Which of the forms in Microsoft's compound files."""
    with opening(material) as file:
        data = file.read(64 << 20)
        locked = is_locked_workbook(file)
    for stream, form in (
        ("EncryptedPackage", "encrypted-office"),
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("WordDocument", "doc"),
        ("PowerPoint Document", "ppt"),
        ("__substg1.0_", "msg"),
    ):
        if stream.encode("utf-16-le") in data:
            return "encrypted-xls" if form == "xls" and locked else form
    if not _is_compound(data):
        message = _("{file} is damaged, and nothing in it could be read; look for a sound copy.")
        raise refused(material, "truncated", message)
    return "ole2"


def _is_compound(data: bytes) -> bool:
    """Whether more than the signature is that of a compound file: its version, and the order of its
    bytes."""
    return data[26:30] in (b"\x03\x00\xfe\xff", b"\x04\x00\xfe\xff")
