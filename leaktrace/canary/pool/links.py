"""Which numbers of the pool a canary's identity uses, told by their tokens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from leaktrace.canary.identity import Identity, comparable, understood
from leaktrace.canary.pool.records import ADDRESS, EMAIL
from leaktrace.case.reading import read_identity
from leaktrace.case.writer import Writer
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.kinds import EMAIL as EMAIL_KIND
from leaktrace.identifiers.kinds import LANDLINE, MOBILE, MOBILE_FOREIGN

OWN_KINDS = tuple(kind.name for kind in (MOBILE, MOBILE_FOREIGN, LANDLINE, EMAIL_KIND))

Token = tuple[str, int]


def number_tokens(
    kind: str, value: str, tokeniser: Tokeniser, key: Key, titles: Mapping[str, str]
) -> frozenset[Token]:
    """The tokens by which a number is known again; the table calls the column by ``titles``.

    Raises
    ------
    LineRefused
        If ``value`` is not of that kind.
    """
    if kind == ADDRESS:
        return frozenset({address_token(value, key)})
    field = "email" if kind == EMAIL else "mobile"
    return frozenset(_own(understood({field: value}, tokeniser, titles)))


def address_token(address: str, key: Key) -> Token:
    """The token of an address, which no list is looked through for."""
    import hmac

    # However it is spaced.
    text = "".join(comparable("address", address).split()).encode("utf-8", "surrogatepass")
    secret = key.derive("pool addresses")
    return ADDRESS, int.from_bytes(hmac.digest(secret, text, "sha256")[:8], "big")


def _own(identity: Identity) -> Iterator[Token]:
    for kind in OWN_KINDS:
        for token in identity.tokens.get(kind, ()):
            yield kind, token


class NumberLinks:
    """Links canaries to the pool's numbers, for one command, inside its transaction."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.owners: dict[Token, str] = {}
        for row in writer.connection.execute("SELECT * FROM number_tokens"):
            self.owners[row["kind"], int.from_bytes(row["token"], "big")] = row["number"]

    def numbers_of(self, identity: Identity) -> tuple[str, ...]:
        """The ids of the numbers that ``identity`` uses."""
        tokens = list(_own(identity))
        if identity.fields.get("address"):
            tokens.append(address_token(identity.fields["address"], self._writer.sealer.key))
        return tuple(sorted({self.owners[one] for one in tokens if one in self.owners}))

    def link(self, canary: str, identity: Identity) -> tuple[str, ...]:
        """Write which numbers a canary uses; their ids."""
        numbers = self.numbers_of(identity)
        for number in numbers:
            self.write(canary, number)
        return numbers

    def write(self, canary: str, number: str) -> None:
        """Write that ``canary`` uses ``number``."""
        self._writer.connection.execute(
            "INSERT OR IGNORE INTO canary_numbers VALUES (?, ?, ?)",
            (canary, number, self._writer.run()),
        )


def link_numbers(writer: Writer, canary_id: str, identity: Identity) -> tuple[str, ...]:
    """Write which numbers of the pool a canary's ``identity`` uses; their ids.

    To be called inside a transaction, after the canary was written.
    """
    return NumberLinks(writer).link(canary_id, identity)


def users_by_token(writer: Writer, *, addresses: bool) -> Mapping[Token, list[str]]:
    """The canaries of the case by the tokens of theirs that a number may have.

    ``addresses`` opens every identity.
    """
    found: dict[Token, list[str]] = defaultdict(list)
    marks = ", ".join("?" * len(OWN_KINDS))
    for row in writer.connection.execute(
        f"SELECT * FROM canary_tokens WHERE kind IN ({marks}) ORDER BY canary", OWN_KINDS
    ):
        found[row["kind"], int.from_bytes(row["token"], "big")].append(row["canary"])
    if addresses:
        ledger, sealer = writer.connection, writer.sealer
        for (canary,) in ledger.execute("SELECT id FROM canaries ORDER BY id").fetchall():
            address = read_identity(ledger, sealer, canary).get("address")
            if address:
                found[address_token(address, sealer.key)].append(canary)
    return found
