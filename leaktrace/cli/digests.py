"""Digests and time stamps as they are given on the command line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.errors import UsageError
from leaktrace.messages import _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_DIGEST = re.compile(r"[0-9a-f]{64}")
_BETWEEN = re.compile(r"[\s:]")

Stamp = Annotated[
    Path | None,
    typer.Option("--stamp", metavar="FILE.tsr", help=_("what the authority answered (RFC 3161)")),
]
Authority = Annotated[
    Path | None,
    typer.Option(
        "--authority",
        metavar="CERT.pem",
        help=_("certificates of time-stamp authorities that you trust"),
    ),
]


def checked_digest(text: str) -> str:
    """``text`` as 64 hexadecimal digits in small letters; blanks and colons in it do not count.

    Raises
    ------
    UsageError
    """
    plain = _BETWEEN.sub("", text).lower()
    if not _DIGEST.fullmatch(plain):
        raise UsageError(_("--digest takes the 64 hexadecimal digits of leaktrace canary commit"))
    return plain


def trusted(file: Path | None) -> tuple[Certificate, ...]:
    """The certificates in ``file``; none where none was given."""
    from leaktrace.canary.proving import load_authorities

    return () if file is None else load_authorities(file)
