"""Time stamps after RFC 3161: the request for one, and what an answer shows.

The request leaves out the nonce: it guards against an old answer to the same request, and an answer
that is older than the commitment cannot be, since nobody could know its digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from leaktrace.canary.files import opened, unreadable
from leaktrace.canary.proving import der
from leaktrace.canary.proving.der import Value
from leaktrace.messages import _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

SHA256 = der.oid("2.16.840.1.101.3.4.2.1")
SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
STAMP_INFO = der.oid("1.2.840.113549.1.9.16.1.4")
_GRANTED = (0, 1)
_LIMIT = 1 << 20
_DIGITS = 14  # of a time to the second


@dataclass(frozen=True, slots=True)
class StampCheck:
    """What a time stamp shows.

    Attributes
    ----------
    code : str
        ``"trusted"`` (signed, by an authority that was given), ``"signed"`` (signed by the
        certificate in it, and no authority was given to compare that with), ``"unknown-authority"``
        (it does not lead to one that was given), ``"bad-signature"``, ``"other-digest"`` (of
        something else), ``"rejected"`` (the authority gave none) or ``"unreadable"``.
    at : str
        When, by the authority's clock (ISO 8601, UTC); empty where it shows nothing.
    authority : str
        Whose certificate signed it.
    """

    code: str
    at: str = ""
    authority: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing speaks against it."""
        return self.code in ("trusted", "signed")


@dataclass(frozen=True, slots=True)
class Token:
    """The parts of a time stamp that are compared."""

    info: bytes
    imprint: bytes
    at: datetime
    signer: Value
    certificates: tuple[bytes, ...]


def request_of(digest: str) -> bytes:
    """The request to stamp ``digest`` (SHA-256, 64 hexadecimal digits), DER (RFC 3161, 2.4.1)."""
    algorithm = der.value(der.SEQUENCE, der.value(der.OID, SHA256), der.value(der.NOTHING))
    imprint = der.value(der.SEQUENCE, algorithm, der.value(der.OCTETS, bytes.fromhex(digest)))
    version, with_certificate = der.value(der.INTEGER, b"\x01"), der.value(der.BOOLEAN, b"\xff")
    return der.value(der.SEQUENCE, version, imprint, with_certificate)


def check_stamp(answer: bytes, digest: str, authorities: Sequence[Certificate] = ()) -> StampCheck:
    """What ``answer`` (DER, a response or the token in it) shows of ``digest``.

    Who signed it is compared with ``authorities``, certificates that the reader trusts.
    """
    from leaktrace.canary.proving.signatures import authority_of, leads_to, signed_by

    try:
        token = read_token(answer)
        if token is None:
            return StampCheck("rejected")
        if token.imprint.hex() != digest:
            return StampCheck("other-digest")
        at = token.at.isoformat(timespec="seconds")
        signer, others = signed_by(token)
    except (ValueError, IndexError):
        return StampCheck("unreadable")
    if signer is None:
        return StampCheck("bad-signature", at)
    found = StampCheck("signed", at, authority_of(signer))
    if not authorities:
        return found
    known = leads_to(signer, others, authorities, token.at)
    return replace(found, code="trusted" if known else "unknown-authority")


def stamped_digest(answer: bytes) -> str:
    """The digest that ``answer`` stamps, not yet checked; empty where it stamps none."""
    try:
        token = read_token(answer)
    except (ValueError, IndexError):
        return ""
    return "" if token is None else token.imprint.hex()


def read_token(answer: bytes) -> Token | None:
    """The time stamp in ``answer``; None where the authority refused to give one.

    Raises
    ------
    ValueError, IndexError
        If it is none (RFC 3161, sections 2.4.2; RFC 5652, section 5).
    """
    first, *rest = der.only(answer).parts()
    if first.tag == der.SEQUENCE:  # a response: its status, then the token
        if first.parts()[0].number() not in _GRANTED:
            return None
        content = rest[0]
    else:
        content = der.only(answer)
    kind, wrapped = content.parts()
    if kind.body != SIGNED_DATA:
        raise ValueError("not signed")
    fields = wrapped.parts()[0].parts()
    what, inside = fields[2].parts()
    info = inside.parts()[0].body
    (signer,) = fields[-1].parts()
    if what.body != STAMP_INFO:
        raise ValueError("no time stamp")
    said = der.only(info).parts()
    algorithm, imprint = said[2].parts()
    if said[0].number() != 1 or algorithm.parts()[0].body != SHA256:
        raise ValueError("another version, or hash")
    within = fields[3].parts() if fields[3].tag == der.FIRST else []
    certificates = tuple(one.whole for one in within)
    return Token(info, imprint.body, _instant(said[4]), signer, certificates)


def _instant(value: Value) -> datetime:
    text = value.body.decode("ascii")
    if value.tag != der.TIME or not text.endswith("Z"):
        raise ValueError("no time")
    return datetime.strptime(text[:_DIGITS], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def load_authorities(path: Path) -> tuple[Certificate, ...]:
    """The certificates in a PEM file, or the one in a DER file, of authorities to be trusted.

    Raises
    ------
    InputRefused
        If it cannot be read, or holds none.
    """
    from cryptography import x509

    try:
        raw = path.read_bytes()
        if b"-----BEGIN" in raw:
            return tuple(x509.load_pem_x509_certificates(raw))
        return (x509.load_der_x509_certificate(raw),)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("it holds no certificate")
        raise unreadable(path, reason, "not-a-certificate") from error


def read_answer(path: Path) -> bytes:
    """The bytes of an authority's answer in a file.

    Raises
    ------
    InputRefused
        If it cannot be read, or is larger than any answer.
    """
    with opened(path) as file:
        raw = file.read(_LIMIT + 1)
    if len(raw) > _LIMIT:
        raise unreadable(path, _("it is too large for a time stamp"))
    return raw
