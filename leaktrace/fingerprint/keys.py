"""The secret key under which everything is tokenised: made, derived from, written, read."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.fingerprint.privacy import restrict_to_owner
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _

SECRET_BYTES = 32
_HEADER = "leaktrace key 1"
_FILE_LIMIT = 4096
_DERIVE = b"leaktrace-derive"
_NAME = b"leaktrace-keyid"
_CHECK = b"leaktrace-check"


@dataclass(frozen=True)
class Key:
    """A secret of 32 bytes.

    Parameters
    ----------
    secret : bytes
        32 random bytes; never shown (``repr`` leaves it out).

    Raises
    ------
    ValueError
        If ``secret`` is not 32 bytes long.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError("a key has 32 bytes")

    @classmethod
    def new(cls) -> Key:
        """A fresh key from the system's random source."""
        return cls(secrets.token_bytes(SECRET_BYTES))

    @cached_property
    def fingerprint(self) -> str:
        """20 hexadecimal digits that name the key and do not lead back to it."""
        return hashlib.blake2b(self.secret, digest_size=10, person=_NAME).hexdigest()

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one ``purpose``: keyed BLAKE2b of its name (RFC 7693)."""
        digest = hashlib.blake2b(
            purpose.encode("utf-8"), digest_size=32, key=self.secret, person=_DERIVE
        )
        return digest.digest()

    def save(self, path: Path) -> None:
        """Write the key file, readable by its owner alone.

        Raises
        ------
        LeaktraceError
            If ``path`` exists (a key is never overwritten) or cannot be written.
        """
        text = f"{_HEADER}\n{self.secret.hex()}\ncheck {_checksum(self.secret)}\n"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            message = _("{file} exists, and a key is never overwritten: choose another name")
            raise LeaktraceError(
                message.format(file=mask_text(path.name)), code="exists"
            ) from error
        except OSError as error:
            message = _("the key cannot be written to {file}: {reason}")
            reason = error.strerror or type(error).__name__
            raise LeaktraceError(
                message.format(file=mask_text(path.name), reason=reason)
            ) from error
        with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
            file.write(text)
        restrict_to_owner(path)


def load_key(path: Path) -> Key:
    """The key in the file at ``path``.

    Raises
    ------
    InputRefused
        If there is no such file, or it is no key file, or it is damaged.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_FILE_LIMIT)
    except OSError as error:
        message = _("the key file {file} cannot be read: {reason}")
        reason = error.strerror or type(error).__name__
        raise InputRefused(
            message.format(file=mask_text(path.name), reason=reason),
            code="missing",
            file=mask_text(path.name),
        ) from error
    text = raw.decode("utf-8-sig", errors="replace")
    found = re.fullmatch(_HEADER + r"\s+([0-9a-f]{64})\s+check ([0-9a-f]{8})\s*", text)
    if found is None:
        message = _(
            "{file} is no leaktrace key; name the right file (a copy of a case's own key is put "
            "back with: leaktrace key import FILE)"
        )
        raise InputRefused(
            message.format(file=mask_text(path.name)), code="not-a-key", file=mask_text(path.name)
        )
    secret = bytes.fromhex(found[1])
    if not hmac.compare_digest(_checksum(secret), found[2]):
        message = _("the key in {file} is damaged: take another copy of it")
        raise InputRefused(
            message.format(file=mask_text(path.name)), code="damaged", file=mask_text(path.name)
        )
    return Key(secret)


def _checksum(secret: bytes) -> str:
    return hashlib.blake2b(secret, digest_size=4, person=_CHECK).hexdigest()
