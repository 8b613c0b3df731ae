"""What a leaf holds: the record of one planting, word for word, and 32 random bytes.

Without the random bytes, whoever sees the hash of a leaf beside the one that is opened to him could
find that canary's number by trying all 1e11 of them.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leaktrace.canary.proving.merkle import leaf_hash
from leaktrace.case.records import Planting, Source
from leaktrace.intake.refusals import legible
from leaktrace.times import Moment

FORM = "leaktrace planting 1"
SALT_BYTES = 32

PLANTED, IMPORTED, FOUND = "plant", "import", "found"
"""How a record came to be: with ``canary plant``, ``canary import``, or later, for a planting that
was imported before records existed."""

CHANNELS = ("form", "app", "counter", "400-call", "sms-reply", "annual-report", "other")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a planting was done, as it was told.

    Attributes
    ----------
    channel : str
        One of :data:`CHANNELS`; empty where it was not said.
    place : str
        Where: a page, an app, a branch.
    by, authorised_by : str
        Who did it, and who allowed it.
    evidence_sha256 : str
        Of a screenshot or a receipt, 64 hexadecimal digits; empty where there is none.
    marks : mapping of str to str
        What was told there and nowhere else (an employer, a layout, an amount), by name.
    true_registrant : bool
        A real person with a number or mailbox of its own; nothing that was said is false.
    note : str
    """

    channel: str = ""
    place: str = field(default="", repr=False)
    by: str = field(default="", repr=False)
    authorised_by: str = field(default="", repr=False)
    evidence_sha256: str = ""
    marks: Mapping[str, str] = field(default_factory=dict, repr=False)
    true_registrant: bool = False
    note: str = field(default="", repr=False)


def planting_said(
    number: int, canary: str, planting: Planting, identity: Mapping[str, str]
) -> dict[str, Any]:
    """The part of a record that the rest of the ledger says too."""
    return {
        "planting": number,
        "canary": canary,
        "source": planting.source,
        "planted": _moment_said(planting.planted_at),
        "identity": dict(identity),
    }


def circumstances_said(
    told: Circumstances, source: Source | None, numbers: tuple[str, ...]
) -> dict[str, Any]:
    """The part of a record that stands nowhere else."""
    return {
        "source_name": source.name if source else "",
        "source_kind": source.kind if source else "",
        "numbers": list(numbers),
        "channel": told.channel,
        "place": told.place,
        "by": told.by,
        "authorised_by": told.authorised_by,
        "evidence_sha256": told.evidence_sha256,
        "marks": dict(told.marks),
        "true_registrant": told.true_registrant,
        "note": told.note,
    }


def canonical(record: Mapping[str, Any]) -> str:
    """The one way to write a record: JSON, its keys sorted, no blanks, text as it is.

    What is hashed is this text; who checks a proof hashes it as it stands and writes nothing anew.
    """
    said = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return legible(said)


def new_salt() -> bytes:
    """32 random bytes for one leaf."""
    return secrets.token_bytes(SALT_BYTES)


def leaf_of(text: str, salt: bytes) -> bytes:
    """The hash of the leaf with the record ``text``: its 32 random bytes first, then the text."""
    return leaf_hash(salt + text.encode("utf-8", "surrogatepass"))


def _moment_said(moment: Moment) -> dict[str, Any]:
    return {
        "text": moment.text,
        "earliest": _seconds(moment.earliest),
        "latest": _seconds(moment.latest),
    }


def _seconds(instant: float) -> int | float:
    # A whole second has one spelling in every language that reads JSON.
    return int(instant) if instant == int(instant) else instant
