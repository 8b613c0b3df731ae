"""Letters and web archives in MIME (``.eml``, ``.mht``): the texts and the files in them."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import cast

from leaktrace.intake.containers.members import Chunks, Member, Way
from leaktrace.intake.containers.session import Session
from leaktrace.intake.containers.unhad import litter, too_big
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_MOST = 128 << 20
_LINE = re.compile(rb"([A-Za-z][A-Za-z-]*):[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*|From [^\r\n]*\r?\n")
_HEADERS = frozenset(
    b"from to cc bcc subject date received return-path message-id mime-version content-type "
    b"delivered-to reply-to sender x-mailer dkim-signature content-transfer-encoding".split()
)
_SURE = frozenset(b"received mime-version message-id return-path content-type".split())
_MARKUP = re.compile(rb"<[^<>]{0,2000}>|&nbsp;|&#160;")
_BETWEEN = re.compile(rb"(?<=\d)[ \t-]{1,2}(?=\d)")
_LONG = re.compile(rb"\d{7,}")
_ENDINGS = {"text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml"}


def is_mail(head: bytes) -> bool:
    """Whether a text that begins with ``head`` begins with the header of a letter.

    A pasted card ("Name: … Date: …") has no line that programs alone write.
    """
    names: list[bytes] = []
    place = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    while len(names) < 60 and (line := _LINE.match(head, place)):
        names.append((line[1] or b"").lower())
        place = line.end()
    known = [name for name in names if name in _HEADERS]
    if {b"mime-version", b"content-type"} <= set(known):
        return True
    return len(known) >= 3 and not _SURE.isdisjoint(known) and len(known) * 4 >= len(names)


def members(material: Material, _session: Session, _form: str) -> Generator[Member, None, None]:
    """The texts of the letter ``material`` and what is attached to it."""
    if material.size > _MOST:
        raise too_big()
    with opening(material) as file:
        letter = BytesParser(policy=policy.default).parse(file)
    yield from _parts(letter)


def _parts(part: Message) -> Iterator[Member]:
    kind = part.get_content_type()
    inner = cast(list[Message], part.get_payload()) if part.is_multipart() else []
    if kind == "message/rfc822" and inner:
        for letter in inner:
            yield _member("letter.eml", letter.as_bytes())
    elif inner:
        for one in _chosen(kind, inner):
            yield from _parts(one)
    else:
        yield _leaf(part, kind)


def _chosen(kind: str, parts: list[Message]) -> list[Message]:
    """Of two writings of one text the one with tables, and the other where it has more numbers."""
    if kind != "multipart/alternative" or not any(map(_has_page, parts)):
        return parts
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    pages = [part for part in parts if part not in plain]
    shown = set().union(*(_numbers(inner) for part in pages for inner in part.walk()))
    return [part for part in plain if not _numbers(part) <= shown] + pages


def _numbers(part: Message) -> set[bytes]:
    """The long numbers in a text, however they are set."""
    data = part.get_payload(decode=True)
    if part.get_content_maintype() != "text" or not isinstance(data, bytes):
        return set()
    return set(_LONG.findall(_BETWEEN.sub(b"", _MARKUP.sub(b" ", data))))


def _has_page(part: Message) -> bool:
    return any(inner.get_content_type() == "text/html" for inner in part.walk())


def _leaf(part: Message, kind: str) -> Member:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    name = _file_name(part)
    attached = part.get_content_disposition() == "attachment"
    if not name:
        name = f"text{_ENDINGS.get(kind, '')}"
    is_dress = kind.startswith(("image/", "text/css", "application/javascript", "font/"))
    if not attached and (is_dress or name.rpartition("/")[2].lower() == "filelist.xml"):
        return Member(name, left=litter(), size=len(data))
    return _member(name, data)


def _file_name(part: Message) -> str:
    """The name of an attached file, or where a page stood; raw bytes in it are Chinese."""
    try:
        name = part.get_filename() or ""
    except Exception:
        # The headers of letters are broken in more ways than the library knows.
        name = ""
    if not name and isinstance(part, EmailMessage):
        name = str(part.get("Content-Location") or "")
        name = name.partition("?")[0].replace("\\", "/").rstrip("/").rpartition("/")[2]
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _member(name: str, data: bytes) -> Member:
    def chunks() -> Chunks:
        yield data

    return Member(name, (Way(chunks),), size=len(data))
