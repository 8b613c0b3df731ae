"""One file packed by itself: GZ, BZ2, XZ, ZST."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import PurePosixPath

from leaktrace.intake.containers.decoding import streams
from leaktrace.intake.containers.members import Chunks, Member, Way
from leaktrace.intake.containers.names import decoded_name
from leaktrace.intake.containers.session import Session
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_HEAD = 4096
_TARS = {".tgz", ".tbz", ".tbz2", ".tb2", ".txz", ".tzst", ".taz"}
_SUFFIXES = {".gz", ".gzip", ".bz2", ".bz", ".xz", ".zst", ".zstd"}


def members(material: Material, session: Session, form: str) -> Generator[Member, None, None]:
    """The one file in ``material``."""
    with opening(material) as file:
        head = file.read(_HEAD)

        def chunks() -> Chunks:
            file.seek(0)
            return streams(file, form)

        name = (form == "gz" and _gzip_name(head)) or _without_suffix(material.name)
        # While the first pieces are unpacked the reader is ahead of them, never behind.
        yield Member(name, [Way(chunks)], packed=file.tell, deflated=form == "gz")


def _gzip_name(head: bytes) -> str:
    """The name in a gzip header (RFC 1952); empty where there is none."""
    if len(head) < 10 or not head[3] & 8:
        return ""
    start = 10
    if head[3] & 4:
        start += 2 + int.from_bytes(head[10:12], "little")
    end = head.find(b"\x00", start)
    name = decoded_name(head[start:end]) if end > start else ""
    return PurePosixPath(name.replace("\\", "/")).name


def _without_suffix(name: str) -> str:
    path = PurePosixPath(name)
    if path.suffix.lower() in _TARS:
        return f"{path.stem}.tar"
    return path.stem if path.suffix.lower() in _SUFFIXES else name
