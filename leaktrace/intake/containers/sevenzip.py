"""7z, by py7zr, in one pass: it hands bytes out as it unpacks, here from a thread of its own."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from typing import Any, BinaryIO

from leaktrace.intake.containers.members import Chunks, Member, Way
from leaktrace.intake.containers.selfextracting import from_7z_on
from leaktrace.intake.containers.session import Session
from leaktrace.intake.containers.sevenzippump import END, Failed, Pump, Started, first_bytes
from leaktrace.intake.containers.unhad import (
    Unhad,
    bomb,
    damaged,
    link,
    locked,
    not_installed,
    unsupported,
)
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening


def members(material: Material, session: Session, _form: str) -> Generator[Member, None, None]:
    """The members of the 7z ``material``."""
    try:
        import py7zr
    except ImportError:
        raise not_installed("7z") from None
    with opening(material) as file:
        archive, password, fits = _opened(py7zr, file, session)
        with archive:
            if fits:
                yield from _unpacked(archive, password, session, material.size)
            else:
                for entry in archive.files:
                    yield _named(entry, locked(session.has_passwords))


def _opened(py7zr: Any, file: BinaryIO, session: Session) -> tuple[Any, str | None, bool]:
    """The archive, the password that it is read under, and whether it can be read."""
    try:
        archive = _at(py7zr, file, None)
    except py7zr.exceptions.PasswordRequired:
        archive = None
    except (MemoryError, Unhad):
        raise
    except py7zr.exceptions.UnsupportedCompressionMethodError:
        raise unsupported() from None
    except Exception:
        raise damaged() from None
    if archive is not None and not archive.needs_password():
        return archive, None, True
    for password in session.passwords():
        # A wrong password shows as damage of any kind, also of the list of members.
        with suppress(Exception):
            first_bytes(_at(py7zr, file, password))
            return _at(py7zr, file, password), password, True
    if archive is None:
        raise locked(session.has_passwords)
    return _at(py7zr, file, None), None, False


def _at(py7zr: Any, file: BinaryIO, password: str | None) -> Any:
    return py7zr.SevenZipFile(from_7z_on(file), "r", password=password)


def _named(entry: Any, refusal: Unhad | None = None) -> Member:
    name = entry.filename
    if entry.is_directory:
        return Member(name, is_folder=True)
    if entry.is_symlink or entry.is_junction:
        return Member(name, left=link())
    return Member(name, size=entry.uncompressed or 0, refusal=refusal)


def _unpacked(archive: Any, password: str | None, session: Session, size: int) -> Iterator[Member]:
    wanted, swelling = [], []
    out = 0
    limits = session.limits
    for entry in archive.files:
        out += entry.uncompressed or 0
        if entry.is_directory or entry.is_symlink or entry.is_junction:
            yield _named(entry)
        elif out > limits.free and out > limits.ratio * size:
            # What is declared is the most that comes; nothing after it need be unpacked.
            swelling.append(entry)
        else:
            wanted.append(entry)
    left = {entry.id: entry for entry in wanted}
    why: Unhad | None = None
    with closing(Pump(archive, list(left))) as pump:
        while (event := pump.next()) is not END:
            if isinstance(event, Failed):
                why = _why(event.error, session)
                break
            if isinstance(event, Started):
                yield _pumped(left.pop(event.number), pump, password, session)
    for entry in left.values():
        yield _named(entry, why or damaged())
    for entry in swelling:
        yield _named(entry, bomb())


def _pumped(entry: Any, pump: Pump, password: str | None, session: Session) -> Member:
    def chunks() -> Chunks:
        while isinstance(event := pump.next(), memoryview):
            yield event
        if isinstance(event, Failed):
            pump.again(event)
            raise _why(event.error, session)

    return Member(entry.filename, [Way(chunks, password)], size=entry.uncompressed or 0)


def _why(error: BaseException, session: Session) -> Unhad:
    name = type(error).__name__
    if name == "PasswordRequired":
        return locked(session.has_passwords)
    return unsupported() if name == "UnsupportedCompressionMethodError" else damaged()
