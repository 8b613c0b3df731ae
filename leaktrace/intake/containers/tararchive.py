"""TAR, member by member in its order; links and devices are named and never followed."""

from __future__ import annotations

import tarfile
from collections.abc import Generator, Iterator
from functools import partial
from typing import BinaryIO

from leaktrace.intake.containers.decoding import PIECE
from leaktrace.intake.containers.members import Member, Way
from leaktrace.intake.containers.names import decoded_name
from leaktrace.intake.containers.session import Session
from leaktrace.intake.containers.unhad import (
    Unhad,
    damaged,
    device,
    in_volumes,
    link,
    pipe,
    special,
)
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_VOLUME = b"M"


def members(material: Material, _session: Session, _form: str) -> Generator[Member, None, None]:
    """The members of the tar ``material``."""
    with opening(material) as file:
        size = file.seek(0, 2)
        file.seek(0)
        with tarfile.open(
            fileobj=file, mode="r:", encoding="utf-8", errors="surrogateescape"
        ) as archive:
            while (info := archive.next()) is not None:
                yield _member(archive, info)
                # It keeps what it has read for a look-up that is never made.
                archive.members = []  # type: ignore[attr-defined]
            _check_end(file, archive.offset, size)


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    name = decoded_name(info.name.encode("utf-8", "surrogateescape"))
    if info.isdir():
        return Member(name, is_folder=True)
    if info.isreg():
        ways = [Way(partial(_chunks, archive, info))]
        return Member(name, ways, size=info.size)
    if info.type == _VOLUME:
        return Member(name, refusal=in_volumes())
    return Member(name, left=_left(info))


def _left(info: tarfile.TarInfo) -> Unhad:
    if info.issym() or info.islnk():
        return link()
    if info.isfifo():
        return pipe()
    return device() if info.isdev() else special()


def _chunks(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    file = archive.extractfile(info)
    if file is None:
        raise damaged()
    left = info.size
    with file:
        while piece := file.read(min(PIECE, left)):
            left -= len(piece)
            yield piece
    if left:
        raise damaged()


def _check_end(file: BinaryIO, place: int, size: int) -> None:
    """Python takes a header that it cannot read for the end of the archive."""
    file.seek(place)
    block = file.read(tarfile.BLOCKSIZE)
    if block.strip(b"\x00") or place > size:
        raise damaged()
