"""Office files under a password: the file in them, decrypted."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from itertools import chain
from types import SimpleNamespace
from typing import Any, BinaryIO

from leaktrace.intake.containers.decoding import PIECE
from leaktrace.intake.containers.members import Chunks, Member, Way
from leaktrace.intake.containers.session import Session
from leaktrace.intake.containers.unhad import damaged, locked, too_big, unsupported
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

# Excel encrypts under this what is only to be protected from changes.
_EXCELS_OWN = "VelvetSweatshop"
# The decrypted file is held in memory, of an old workbook eight bytes for each of its own.
_MOST = {"encrypted-office": 1 << 29, "encrypted-xls": 1 << 27}
_FILE_PASS, _BOF = 0x2F, 0x809


def members(material: Material, session: Session, form: str) -> Generator[Member, None, None]:
    """The one file in ``material``."""
    if material.size > _MOST[form]:
        raise too_big()
    with opening(material) as file:
        ways = _ways(_opened(file), session)
        # Without a password that fits it is this file that is refused, not the one in it.
        first = next(ways)
        yield Member(material.name, chain((first,), ways))


def is_locked_workbook(file: BinaryIO) -> bool:
    """Whether the old workbook ``file`` is encrypted: a FilePass record follows its first."""
    import olefile

    file.seek(0)
    try:
        with olefile.OleFileIO(file) as ole:
            name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
            if name is None:
                return False
            stream = ole.openstream(name)
            for _record in range(20):
                head = stream.read(4)
                kind, size = int.from_bytes(head[:2], "little"), int.from_bytes(head[2:], "little")
                if kind == _FILE_PASS:
                    return True
                if not head or not stream.read(size):
                    return False
    except Exception:
        # What is wrong with it is told by whoever reads it.
        return False
    return False


def _opened(file: BinaryIO) -> Any:
    import msoffcrypto
    from msoffcrypto import exceptions

    try:
        return msoffcrypto.OfficeFile(file)
    except exceptions.DecryptionError:
        raise unsupported() from None
    except Exception:
        # Its OSErrors, too, speak of the file's inside.
        raise damaged() from None


def _ways(office: Any, session: Session) -> Iterator[Way]:
    from msoffcrypto import exceptions

    for password in chain((_EXCELS_OWN,), session.passwords()):
        try:
            _load(office, password)
        except exceptions.InvalidKeyError:
            continue
        except exceptions.DecryptionError:
            raise unsupported() from None
        yield Way(lambda: _chunks(office), password)
    raise locked(session.has_passwords)


def _load(office: Any, password: str) -> None:
    if office.format == "ooxml":
        office.load_key(password=password, verify_password=True)
    else:
        office.load_key(password=password)


def _chunks(office: Any) -> Chunks:
    plain = io.BytesIO()
    if office.format == "ooxml":
        office.decrypt(plain)
    else:
        _decrypt_in_memory(office, plain)
    view = plain.getbuffer()
    for start in range(0, len(view), PIECE):
        yield view[start : start + PIECE]


def _decrypt_in_memory(office: Any, plain: io.BytesIO) -> None:
    """Decrypt an old workbook; left to itself, the library writes it to the disk in plain."""
    from msoffcrypto.format import xls97

    kept = xls97.tempfile
    xls97.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)
    try:
        office.decrypt(plain)
    finally:
        xls97.tempfile = kept
