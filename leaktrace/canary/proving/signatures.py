"""Who signed a time stamp: the signature itself, and the way to an authority that is trusted.

Signatures and certificates are checked by ``cryptography``; what is left here is to find what was
signed (RFC 5652, section 5.4) and that the certificate is the one that the stamp itself names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from leaktrace.canary.proving import der
from leaktrace.canary.proving.der import Value
from leaktrace.canary.proving.stamps import SHA256, STAMP_INFO, Token

_CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
_SIGNER_1 = der.oid("1.2.840.113549.1.9.16.2.12")  # signingCertificate, by SHA-1 (RFC 2634)
_SIGNER_2 = der.oid("1.2.840.113549.1.9.16.2.47")  # signingCertificateV2 (RFC 5035)
_PSS = der.oid("1.2.840.113549.1.1.10")
_HASHES: dict[bytes, hashes.HashAlgorithm] = {
    SHA256: hashes.SHA256(),
    der.oid("2.16.840.1.101.3.4.2.2"): hashes.SHA384(),
    der.oid("2.16.840.1.101.3.4.2.3"): hashes.SHA512(),
}
# The hash that a signature's own algorithm names, where that is another than the attributes'.
_OF_SIGNATURE: dict[bytes, hashes.HashAlgorithm] = {
    der.oid("1.2.840.113549.1.1.11"): hashes.SHA256(),
    der.oid("1.2.840.113549.1.1.12"): hashes.SHA384(),
    der.oid("1.2.840.113549.1.1.13"): hashes.SHA512(),
    der.oid("1.2.840.10045.4.3.2"): hashes.SHA256(),
    der.oid("1.2.840.10045.4.3.3"): hashes.SHA384(),
    der.oid("1.2.840.10045.4.3.4"): hashes.SHA512(),
}


def signed_by(token: Token) -> tuple[x509.Certificate | None, list[x509.Certificate]]:
    """The certificate whose key signed ``token``, None where none in it did; and the others in it.

    Raises
    ------
    ValueError, IndexError
        If it is not built as a signature is.
    """
    certificates = _certificates(token)
    fields = token.signer.parts()
    algorithm, attributes = fields[2].parts()[0].body, fields[3]
    method, signature = fields[4].parts()[0].body, fields[5].body
    hashed = _HASHES.get(algorithm)
    if attributes.tag != der.FIRST or hashed is None:
        raise ValueError("no signed attributes, or an unknown hash")
    said = {one.parts()[0].body: one.parts()[1].parts()[0] for one in attributes.parts()}
    told = [said[name].body if name in said else None for name in (_CONTENT_TYPE, _MESSAGE_DIGEST)]
    if told != [STAMP_INFO, _digest(hashed, token.info)]:
        return None, certificates
    # Signed is the set of attributes as such, not under the tag that it has here.
    signed = der.value(der.SET, attributes.body)
    algorithm_of = _OF_SIGNATURE.get(method, hashed)
    for certificate in certificates:
        if _is_named(certificate, said) and _verifies(
            certificate, method, algorithm_of, signature, signed
        ):
            return certificate, [one for one in certificates if one != certificate]
    return None, certificates


def leads_to(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    authorities: Sequence[x509.Certificate],
    at: datetime,
) -> bool:
    """Whether ``signer`` may stamp times, and was vouched for by an authority at that time."""
    policy = PolicyBuilder().store(Store(list(authorities))).time(at.replace(tzinfo=None))
    if signer in authorities:
        return _may_stamp(signer) and (
            signer.not_valid_before_utc <= at <= signer.not_valid_after_utc
        )
    try:
        checker = policy.extension_policies(
            ca_policy=_authority_policy(), ee_policy=_stamper_policy()
        ).build_client_verifier()
        checker.verify(signer, list(others))
    except (VerificationError, ValueError, UnsupportedAlgorithm):
        return False
    return True


def authority_of(certificate: x509.Certificate) -> str:
    """Whose certificate it is, as it says itself."""
    return certificate.subject.rfc4514_string()


def _certificates(token: Token) -> list[x509.Certificate]:
    found = []
    for raw in token.certificates:
        # One that cannot be read signed nothing that can be checked; the others may have.
        with suppress(ValueError, x509.InvalidVersion):
            found.append(x509.load_der_x509_certificate(raw))
    return found


def _digest(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    return hashlib.new(algorithm.name, data).digest()


def _is_named(certificate: x509.Certificate, said: dict[bytes, Value]) -> bool:
    """Whether the stamp names this certificate as its signer's (RFC 3161, section 2.4.2)."""
    if _SIGNER_2 in said:
        first = said[_SIGNER_2].parts()[0].parts()[0].parts()
        algorithm = _HASHES.get(first[0].parts()[0].body) if first[0].tag == der.SEQUENCE else None
        named = first[1].body if first[0].tag == der.SEQUENCE else first[0].body
        return certificate.fingerprint(algorithm or hashes.SHA256()) == named
    if _SIGNER_1 in said:
        first = said[_SIGNER_1].parts()[0].parts()[0].parts()
        return certificate.fingerprint(hashes.SHA1()) == first[0].body
    return False


def _verifies(
    certificate: x509.Certificate,
    method: bytes,
    algorithm: hashes.HashAlgorithm,
    signature: bytes,
    signed: bytes,
) -> bool:
    try:
        key = certificate.public_key()
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, _padding(method, algorithm), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(algorithm))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, signed)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _padding(method: bytes, algorithm: hashes.HashAlgorithm) -> padding.AsymmetricPadding:
    if method == _PSS:
        return padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
    return padding.PKCS1v15()


def _may_stamp(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return usage.critical and ExtendedKeyUsageOID.TIME_STAMPING in usage.value


def _stamper_policy() -> ExtensionPolicy:
    def check(_policy: object, _certificate: object, usage: x509.ExtendedKeyUsage) -> None:
        if ExtendedKeyUsageOID.TIME_STAMPING not in usage:
            raise ValueError("not for time stamps")

    # Critical, as RFC 3161, section 2.3, has it.
    return ExtensionPolicy.permit_all().require_present(
        x509.ExtendedKeyUsage, Criticality.CRITICAL, check
    )


def _authority_policy() -> ExtensionPolicy:
    def check(_policy: object, _certificate: object, basic: x509.BasicConstraints) -> None:
        if not basic.ca:
            raise ValueError("not an authority")

    # Authorities for time stamps need not follow what browsers ask of those for web sites.
    return ExtensionPolicy.permit_all().require_present(
        x509.BasicConstraints, Criticality.AGNOSTIC, check
    )
