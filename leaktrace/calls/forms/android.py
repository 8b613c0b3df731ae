"""Backups of Android's "SMS Backup & Restore": its calls, messages and multimedia messages in XML.

Fields after the app's own description of its files: ``type`` 2 of a call is one that was made, 2 to
6 of a message one that was not received; ``presentation`` other than 1 is a number that was hidden.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leaktrace.calls.forms.rows import CallRows, call_row
from leaktrace.calls.records import SMS
from leaktrace.intake.blocks import Warning
from leaktrace.intake.bombs import unsafe
from leaktrace.intake.documents.markup import fed, note_errors, xml_parser
from leaktrace.intake.documents.splitting import Event
from leaktrace.intake.documents.streams import characters
from leaktrace.intake.encodings import encoding_of
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening
from leaktrace.intake.tables import TableRow
from leaktrace.times import SHANGHAI

_ROOT = re.compile(r"<(?:smses|calls|allcalls)[\s>]")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BEGINNING = 1 << 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FROM = "137"  # of an address of a multimedia message: who sent it
_LONGEST = 20_000


class _Backup:
    """Takes the elements of a backup, and makes rows of those that came in."""

    def __init__(self) -> None:
        self.out: list[Event] = []
        self.rows: list[TableRow] = []
        self.outgoing = 0
        self._number = 0
        self._message: dict[str, str] = {}
        self._said: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        told = dict(attributes)
        if tag in ("call", "sms", "mms"):
            self._number += 1
        if tag == "call":
            hidden = told.get("presentation", "1") not in ("1", "")
            self._add(told, "" if hidden else told.get("number", ""), "", told.get("type") != "2")
        elif tag == "sms":
            came = told.get("type", "1") == "1"
            self._add(told, told.get("address", ""), SMS, came, told.get("body", ""))
        elif tag == "mms":
            self._message, self._said = told, []
        elif tag == "part" and told.get("ct") == "text/plain":
            self._said.append(told.get("text", ""))
        elif tag == "addr" and told.get("type") == _FROM:
            self._message["address"] = told.get("address", "")

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "mms":
            told = self._message
            came = told.get("msg_box", "1") == "1"
            self._add(told, told.get("address", ""), SMS, came, " ".join(self._said))

    def data(self, text: str) -> None:
        """Text between elements, which says nothing here."""

    def comment(self, text: str) -> None:
        """A comment."""

    def close(self) -> None:
        """The end."""

    def _add(
        self, told: Mapping[str, str], caller: str, kind: str, came: bool, body: str = ""
    ) -> None:
        if not came:
            self.outgoing += 1
            return
        values = {
            "caller": caller,
            "started_at": _moment(told.get("date", "")),
            "duration_s": told.get("duration", ""),
            "kind": kind,
            "transcript": body[:_LONGEST],
        }
        self.rows.append(call_row(self._number, values))


def matches(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is such a backup."""
    text = head.replace(b"\0", b"").decode("utf-8", "replace").lstrip("\ufeff\ufffd \r\n\t")
    return text.startswith("<") and _ROOT.search(text[:_BEGINNING]) is not None


def read_backup(path: Path, head: bytes) -> CallRows:
    """The calls and messages that came in, in the backup ``path``, which begins with ``head``.

    Raises
    ------
    InputRefused
        ``"unsafe"``, where it declares a document type or entities, which the app never writes.
    """
    material = Material(path)
    with opening(material) as file:
        encoding = encoding_of(material, file, head)
    beginning = next(characters(material, encoding, _BEGINNING), "")
    if _DOCTYPE.search(beginning):
        raise unsafe(material)
    backup = _Backup()
    warnings: list[Warning] = []
    parser = xml_parser(backup)
    for _row in fed(parser, backup, characters(material, encoding)):
        pass
    note_errors(parser, warnings)
    return CallRows("android", backup.rows, backup.outgoing, tuple(warnings))


def _moment(milliseconds: str) -> str:
    if not re.fullmatch(r"\d{9,14}", milliseconds):
        return ""
    instant = _EPOCH + timedelta(seconds=int(milliseconds) // 1000)
    return instant.astimezone(SHANGHAI).isoformat()
