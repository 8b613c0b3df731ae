"""Checking a proof: with no case, no key, and nothing but the file."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaktrace.canary.files import opened
from leaktrace.canary.proving.commitments import Commitment, commitment_in
from leaktrace.canary.proving.leaves import FORM as RECORD_FORM
from leaktrace.canary.proving.leaves import leaf_of
from leaktrace.canary.proving.merkle import HASH_BYTES, is_consistent, root_by_path
from leaktrace.canary.proving.proofs import FORM, Later, Proof
from leaktrace.canary.proving.stamps import StampCheck, check_stamp
from leaktrace.errors import InputRefused
from leaktrace.intake.refusals import shown
from leaktrace.messages import _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_LIMIT = 1 << 24


@dataclass(frozen=True, slots=True)
class ProofCheck:
    """What a proof shows.

    Attributes
    ----------
    proof : Proof
    faults : tuple of str
        ``"root"`` (the record does not lead to the commitment's root), ``"case"`` (the record is of
        another case), ``"later"`` (the newer commitment does not begin with the older),
        ``"published"`` (the digest that was given is of another commitment), ``"stamp"``,
        ``"record"`` (it is none). Without any the proof holds.
    stamp : StampCheck or None
        Of the commitment's stamp; None where there is none.
    published : str
        ``"same"`` or ``"later"`` where a published digest was given and is that of the proof's own
        commitment, or of the newer one in it; ``"differs"`` where it is neither; else ``""``.
    """

    proof: Proof
    faults: tuple[str, ...] = ()
    stamp: StampCheck | None = None
    published: str = ""

    @property
    def holds(self) -> bool:
        """Whether the proof shows what it says."""
        return not self.faults

    @property
    def said(self) -> Mapping[str, Any]:
        """What the record says; nothing where it is none."""
        return {} if "record" in self.faults else self.proof.said


def check_proof(
    path: Path,
    *,
    digest: str = "",
    stamp: bytes | None = None,
    authorities: Sequence[Certificate] = (),
) -> ProofCheck:
    """Check the proof in the file at ``path``.

    ``digest`` is the one that was published, from wherever it was; ``stamp`` an authority's answer
    that came beside the proof, else the one in it is taken; ``authorities`` are certificates of
    time-stamp authorities that the reader trusts.

    Raises
    ------
    InputRefused
        ``"not-a-proof"``, or ``"missing"`` where it cannot be read.
    """
    proof = load_proof(path)
    commitment = proof.commitment
    answer = commitment.stamp if stamp is None else stamp
    checked = None if answer is None else check_stamp(answer, commitment.digest, authorities)
    found = _published(proof, digest) if digest else ""
    faults = list(_faults(proof))
    if found == "differs":
        faults.append("published")
    if checked is not None and not checked.good:
        faults.append("stamp")
    return ProofCheck(proof, tuple(faults), checked, found)


def _faults(proof: Proof) -> list[str]:
    commitment, later = proof.commitment, proof.later
    leaf = leaf_of(proof.record, proof.salt)
    root = root_by_path(leaf, proof.index, commitment.plantings, proof.path)
    faults = [] if root is not None and root.hex() == commitment.root else ["root"]
    try:
        said = proof.said
        if said.get("form") != RECORD_FORM:
            faults.append("record")
        elif said.get("case") != commitment.case:
            faults.append("case")
    except (ValueError, TypeError, RecursionError):
        faults.append("record")
    if later is not None and not _is_later(commitment, later):
        faults.append("later")
    return faults


def _is_later(commitment: Commitment, later: Later) -> bool:
    newer = later.commitment
    return newer.case == commitment.case and is_consistent(
        commitment.plantings,
        bytes.fromhex(commitment.root),
        newer.plantings,
        bytes.fromhex(newer.root),
        later.path,
    )


def _published(proof: Proof, digest: str) -> str:
    if digest == proof.commitment.digest:
        return "same"
    if proof.later is not None and digest == proof.later.commitment.digest:
        return "later"
    return "differs"


def load_proof(path: Path) -> Proof:
    """The proof in a file, not yet checked.

    Raises
    ------
    InputRefused
        ``"not-a-proof"``, or ``"missing"`` where it cannot be read.
    """
    with opened(path) as file:
        raw = file.read(_LIMIT)
    try:
        return _proof_in(json.loads(raw.decode("utf-8-sig")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputRefused(
            _("{file} is no proof; take a file that leaktrace canary prove wrote").format(
                file=shown(path)
            ),
            code="not-a-proof",
            file=shown(path),
        ) from error


def _proof_in(said: Any) -> Proof:
    if said["form"] != FORM or type(said["index"]) is not int or type(said["record"]) is not str:
        raise ValueError("another form")
    later = said.get("later")
    return Proof(
        record=said["record"],
        salt=_hash(said["salt"]),
        index=said["index"],
        path=_path(said["path"]),
        commitment=_commitment(said),
        later=later and Later(_commitment(later), _path(later["path"])),
    )


def _commitment(said: Mapping[str, Any]) -> Commitment:
    stamp = said.get("stamp")
    made = commitment_in(said["commitment"])
    if made.text != said["commitment"]:
        # Its digest is over these very bytes, so there is one way to write it.
        raise ValueError("written otherwise")
    return replace(made, stamp=None if stamp is None else base64.b64decode(stamp, validate=True))


def _path(said: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(_hash(one) for one in said)


def _hash(said: str) -> bytes:
    found = bytes.fromhex(said)
    if len(found) != HASH_BYTES:
        raise ValueError("no hash")
    return found
