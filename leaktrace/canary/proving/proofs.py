"""Proofs: one planting opened, the others hidden, by a file that anybody can check."""

from __future__ import annotations

import base64
import json
import os
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leaktrace.canary.proving.commitments import Commitment, covers, read_commitments
from leaktrace.canary.proving.merkle import audit_path, consistency_path
from leaktrace.canary.proving.records import StoredRecord, read_leaves, read_record
from leaktrace.case.case import Case
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.privacy import restrict_to_owner
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.refusals import shown
from leaktrace.messages import _

FORM = "leaktrace proof 1"


@dataclass(frozen=True, slots=True)
class Later:
    """A newer commitment, and what shows that it begins with the plantings of the older."""

    commitment: Commitment
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One planting, opened.

    Attributes
    ----------
    record : str
        What is proven, word for word.
    salt : bytes
        The 32 random bytes of its leaf.
    index : int
        Its place among the plantings, from 0.
    path : tuple of bytes
        The hashes beside the way from its leaf to the root.
    commitment : Commitment
        To which the root belongs.
    later : Later or None
        The newest commitment, where it is another.
    """

    record: str = field(repr=False)
    salt: bytes = field(repr=False)
    index: int
    path: tuple[bytes, ...]
    commitment: Commitment
    later: Later | None = None

    @property
    def said(self) -> Mapping[str, Any]:
        """What the record says."""
        return dict(json.loads(self.record))

    def document(self) -> str:
        """The proof as it is written to a file."""
        said = {
            "form": FORM,
            "record": self.record,
            "salt": self.salt.hex(),
            "index": self.index,
            "path": [one.hex() for one in self.path],
            "commitment": self.commitment.text,
            "stamp": _stamp_text(self.commitment),
            "later": self.later
            and {
                "commitment": self.later.commitment.text,
                "path": [one.hex() for one in self.later.path],
            },
        }
        return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def prove(
    case: Case, canary: str, source: str | None = None, *, commitment: int | None = None
) -> Proof:
    """Open the planting of ``canary`` (at ``source``, where it was planted in several).

    ``canary`` may also be the number of a planting, where no canary is called so.

    It is proven by the commitment that is asked for, else by the oldest with a stamp that holds it,
    else by the oldest.

    Raises
    ------
    LeaktraceError
        ``"unknown-canary"``, ``"unknown-planting"``, ``"several-plantings"``,
        ``"not-committed"`` or ``"damaged"``.
    """
    row = _planting(case.ledger, canary, source)
    record = _record(case, row["id"])
    leaves = read_leaves(case.ledger)
    numbers = [one[0] for one in case.ledger.execute(_NUMBERS)]
    index = numbers.index(row["id"])
    every = read_commitments(case.ledger)
    chosen = _chosen(every, index, commitment)
    newest = every[-1]
    if not covers(chosen, leaves) or not covers(newest, leaves):
        raise _damaged()
    path = audit_path(leaves[: chosen.plantings], index)
    later = None
    if newest.number != chosen.number:
        steps = consistency_path(leaves[: newest.plantings], chosen.plantings)
        later = Later(newest, steps)
    return Proof(record.text, record.salt, index, path, chosen, later)


_NUMBER = re.compile(r"[0-9]{1,9}")
_NUMBERS = "SELECT planting FROM planting_records ORDER BY planting"


def write_proof(proof: Proof, path: Path) -> None:
    """Write ``proof`` to a new file, for its owner alone: it shows an identity.

    Raises
    ------
    LeaktraceError
        ``"exists"`` (nothing is overwritten) or ``"unwritable"``.
    """
    write_new(path, proof.document().encode("utf-8"))
    restrict_to_owner(path)


def write_new(path: Path, data: bytes) -> None:
    """Write ``data`` to a file that is not there yet.

    Raises
    ------
    LeaktraceError
        ``"exists"`` (nothing is overwritten) or ``"unwritable"``.
    """
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(data)
    except FileExistsError as error:
        raise LeaktraceError(
            _("{file} exists, and nothing is overwritten; name a new file").format(
                file=shown(path)
            ),
            code="exists",
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LeaktraceError(
            _("{file} cannot be written: {reason}").format(file=shown(path), reason=reason),
            code="unwritable",
        ) from error


def _planting(ledger: sqlite3.Connection, canary: str, source: str | None) -> sqlite3.Row:
    rows = ledger.execute(
        "SELECT id, source FROM plantings WHERE canary = ? ORDER BY id", (canary,)
    ).fetchall()
    if not rows and _NUMBER.fullmatch(canary):
        rows = ledger.execute(
            "SELECT id, source FROM plantings WHERE id = ?", (int(canary),)
        ).fetchall()
    if not rows:
        raise LeaktraceError(
            _("there is no canary, and no planting, {canary} in this case").format(
                canary=mask_text(canary)
            ),
            code="unknown-canary",
        )
    sources = ", ".join(row["source"] or "-" for row in rows)
    found = [row for row in rows if source is None or row["source"] == source]
    if not found:
        raise LeaktraceError(
            _("canary {canary} was not planted at {source}; it was at: {sources}").format(
                canary=canary, source=mask_text(source or "-"), sources=sources
            ),
            code="unknown-planting",
        )
    if len(found) > 1:
        raise LeaktraceError(
            _("canary {canary} was planted at {sources}; name the one that is to be shown").format(
                canary=canary, sources=sources
            ),
            code="several-plantings",
        )
    row: sqlite3.Row = found[0]
    return row


def _record(case: Case, number: int) -> StoredRecord:
    row = case.ledger.execute(
        "SELECT * FROM planting_records WHERE planting = ?", (number,)
    ).fetchone()
    if row is None:
        raise _not_committed()
    record = read_record(row, case.sealer)
    if not record.sound:
        raise _damaged()
    return record


def _chosen(every: Sequence[Commitment], index: int, number: int | None) -> Commitment:
    holding = [one for one in every if one.plantings > index]
    if number is not None:
        holding = [one for one in holding if one.number == number]
    if not holding:
        raise _not_committed()
    stamped = [one for one in holding if one.stamp is not None]
    return (stamped or holding)[0]


def _not_committed() -> LeaktraceError:
    return LeaktraceError(
        _(
            "this planting is not in a commitment yet, so nothing shows when it was recorded; make "
            "one, and publish it or have it stamped, with: leaktrace canary commit"
        ),
        code="not-committed",
    )


def _damaged() -> LeaktraceError:
    return LeaktraceError(
        _(
            "the plantings are no longer those that the case committed to, so nothing can be "
            "proven; go back to a copy of the case folder, and run: leaktrace verify"
        ),
        code="damaged",
    )


def _stamp_text(commitment: Commitment) -> str | None:
    stamp = commitment.stamp
    return None if stamp is None else base64.b64encode(stamp).decode("ascii")
