"""Proving that a canary was planted before: records, commitments, time stamps, proofs."""

from leaktrace.canary.proving.commitments import (
    Commitment,
    CommitOutcome,
    commit,
    read_commitments,
)
from leaktrace.canary.proving.leaves import CHANNELS, Circumstances
from leaktrace.canary.proving.plantingchecks import planting_checks
from leaktrace.canary.proving.proofchecks import ProofCheck, check_proof
from leaktrace.canary.proving.proofs import Proof, prove, write_new, write_proof
from leaktrace.canary.proving.stamping import add_stamp
from leaktrace.canary.proving.stamps import (
    StampCheck,
    check_stamp,
    load_authorities,
    read_answer,
    request_of,
)

__all__ = [
    "CHANNELS",
    "Circumstances",
    "CommitOutcome",
    "Commitment",
    "Proof",
    "ProofCheck",
    "StampCheck",
    "add_stamp",
    "check_proof",
    "check_stamp",
    "commit",
    "load_authorities",
    "planting_checks",
    "prove",
    "read_answer",
    "read_commitments",
    "request_of",
    "write_new",
    "write_proof",
]
