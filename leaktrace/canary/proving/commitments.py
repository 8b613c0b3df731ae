"""Committing to all plantings of a case at once: the digest to publish, or to have stamped.

A commitment is the root of the tree over the plantings, their number, and the newest link of the
ledger's chain. It gives away how many plantings there are and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from leaktrace.canary.proving.merkle import root_of
from leaktrace.canary.proving.records import Records, case_name, read_leaves
from leaktrace.case.case import Case
from leaktrace.case.chain import chain_head
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _

FORM = "leaktrace commitment 1"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a case committed to.

    Attributes
    ----------
    case : str
        Random digits that name the case.
    at : str
        When, by the computer's clock (ISO 8601, UTC).
    plantings : int
        How many plantings there were; controls count.
    root : str
        The root of the tree over them, 64 hexadecimal digits.
    ledger : str
        The newest link of the ledger's chain then, 64 hexadecimal digits.
    number : int
        Its number in the case, from 1; 0 where it is from a file.
    stamp : bytes or None
        The answer of a time-stamp authority (RFC 3161), DER.
    """

    case: str
    at: str
    plantings: int
    root: str
    ledger: str
    number: int = 0
    stamp: bytes | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """What the digest is of: one line of JSON, its keys sorted, ended by a line feed."""
        said = {
            "form": FORM,
            "case": self.case,
            "at": self.at,
            "plantings": self.plantings,
            "root": self.root,
            "ledger": self.ledger,
        }
        return json.dumps(said, sort_keys=True, separators=(",", ":")) + "\n"

    @property
    def digest(self) -> str:
        """What is published, or stamped: the SHA-256 of the text, 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class CommitOutcome:
    """What became of committing.

    Attributes
    ----------
    commitment : Commitment
    status : str
        ``"added"``, or ``"unchanged"`` where nothing was planted since the newest one.
    completed : int
        How many plantings from before there were records got one now.
    """

    commitment: Commitment
    status: str
    completed: int = 0


def commit(case: Case) -> CommitOutcome:
    """Commit to all plantings of the case; without a new one, the newest commitment stands.

    Raises
    ------
    LeaktraceError
        ``"no-plantings"``, or ``"damaged"`` where the plantings are no longer those that an
        earlier commitment was made of.
    """
    with case.writing("canary commit") as writer, writer.one_input():
        # First of all: what this command writes is linked only when the transaction ends.
        link = chain_head(writer.connection)
        completed = Records(writer).complete()
        leaves = read_leaves(writer.connection)
        if not leaves:
            raise LeaktraceError(
                _(
                    "nothing was planted yet, so there is nothing to commit to; plant first, with: "
                    "leaktrace canary plant"
                ),
                code="no-plantings",
            )
        before = read_commitments(writer.connection)
        if before and not covers(before[-1], leaves):
            raise _altered()
        if before and before[-1].plantings == len(leaves):
            return CommitOutcome(before[-1], "unchanged", completed)
        made = Commitment(
            case_name(writer.connection),
            datetime.now(UTC).isoformat(timespec="seconds"),
            len(leaves),
            root_of(leaves).hex(),
            link,
            before[-1].number + 1 if before else 1,
        )
        writer.connection.execute(
            "INSERT INTO commitments (id, at, plantings, root, link, run) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                made.number,
                made.at,
                made.plantings,
                bytes.fromhex(made.root),
                bytes.fromhex(made.ledger),
                writer.run(),
            ),
        )
    return CommitOutcome(made, "added", completed)


def covers(commitment: Commitment, leaves: Sequence[bytes]) -> bool:
    """Whether the tree over ``leaves`` begins with the plantings that were committed to."""
    count = commitment.plantings
    return count <= len(leaves) and root_of(leaves[:count]).hex() == commitment.root


def read_commitments(ledger: sqlite3.Connection) -> tuple[Commitment, ...]:
    """The commitments of a case, in order."""
    case = case_name(ledger)
    rows = ledger.execute("SELECT * FROM commitments ORDER BY id")
    return tuple(
        Commitment(
            case,
            row["at"],
            row["plantings"],
            bytes(row["root"]).hex(),
            bytes(row["link"]).hex(),
            row["id"],
            None if row["stamp"] is None else bytes(row["stamp"]),
        )
        for row in rows
    )


def commitment_in(text: str) -> Commitment:
    """The commitment that ``text`` says.

    Raises
    ------
    ValueError
        If it says none.
    """
    said: Any = json.loads(text)
    if not isinstance(said, dict) or said.get("form") != FORM:
        raise ValueError("another form")
    case, at, root, ledger = (str(said.get(name, "")) for name in ("case", "at", "root", "ledger"))
    count = said.get("plantings")
    if type(count) is not int:
        raise ValueError("no number")
    if count < 1 or len(bytes.fromhex(root)) != 32:
        raise ValueError("no root")
    return Commitment(case, at, count, root, ledger)


def _altered() -> LeaktraceError:
    return LeaktraceError(
        _(
            "the plantings are no longer those that the case committed to before: somebody changed "
            "the ledger; go back to a copy of the case folder, and run: leaktrace verify"
        ),
        code="damaged",
    )
