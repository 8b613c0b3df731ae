"""One line of the table NUMBERS, understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from leaktrace.canary.pool.links import Token, number_tokens
from leaktrace.canary.pool.records import ADDRESS, EMAIL, KINDS, LANDLINE, MOBILE
from leaktrace.canary.pool.words import KIND_WORDS
from leaktrace.case.lines import LineRefused, checked_id, moment_in, note_of, sound
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.intake.tables import TableRow
from leaktrace.messages import _
from leaktrace.times import Moment

_COST = re.compile(r"[¥￥]?\s*(\d{1,9}(?:\.\d{1,4})?)\s*元?")


@dataclass(frozen=True, slots=True)
class NumberLine:
    """What a line says of a number.

    Attributes
    ----------
    row : TableRow
    id, kind : str
    tokens : frozenset of (str, int)
    details : mapping
        What may be said anew at any time: ``value, carrier, region, cost, note``.
    custodian : str
    moments : mapping of str to Moment or None
        ``acquired_at, contract_end, topup_due, quarantine_until``, None where empty.
    """

    row: TableRow
    id: str
    kind: str
    tokens: frozenset[Token]
    details: Mapping[str, str | float | None] = field(repr=False)
    custodian: str = field(repr=False)
    moments: Mapping[str, Moment | None]


def number_line(row: TableRow, tokeniser: Tokeniser, key: Key) -> NumberLine:
    """The line ``row``.

    Raises
    ------
    LineRefused
    """
    values = sound(row).values
    number = checked_id(row, "number_id")
    value = values["value"]
    if not value:
        raise LineRefused(
            "no-value", _("{column} is empty; give the number").format(column=row.title("value"))
        )
    kind = _kind(row)
    titles = {name: row.title("value") for name in ("mobile", "email")}
    tokens = number_tokens(kind or _guess(value), value, tokeniser, key, titles)
    found = _kind_of(tokens, row)
    if kind and kind != found:
        raise LineRefused(
            "other-kind",
            _("{column} is not of the kind in {kind}; put one of the two right").format(
                column=row.title("value"), kind=row.title("kind")
            ),
        )
    details = {
        "value": value,
        "carrier": values["carrier"],
        "region": values["region"],
        "cost": _cost(row),
        "note": note_of(row),
    }
    names = ("acquired_at", "contract_end", "topup_due", "quarantine_until")
    moments = {name: moment_in(row, name) for name in names}
    return NumberLine(row, number, found, tokens, details, values["custodian"], moments)


def _kind(row: TableRow) -> str:
    written = row.values["kind"].strip().lower()
    if written and written not in KIND_WORDS:
        raise LineRefused(
            "kind",
            _("{column} is none of: {kinds}").format(
                column=row.title("kind"), kinds=", ".join(KINDS)
            ),
        )
    return KIND_WORDS.get(written, "")


def _guess(value: str) -> str:
    return EMAIL if "@" in unicodedata.normalize("NFKC", value) else MOBILE


def _kind_of(tokens: frozenset[Token], row: TableRow) -> str:
    if len(tokens) != 1:
        raise LineRefused(
            "several-numbers",
            _("{column} holds several numbers; give each a line of its own").format(
                column=row.title("value")
            ),
        )
    ((name, _token),) = tokens
    return name if name in (LANDLINE, EMAIL, ADDRESS) else MOBILE


def _cost(row: TableRow) -> float | None:
    text = unicodedata.normalize("NFKC", row.values["cost"]).strip()
    if not text:
        return None
    found = _COST.fullmatch(text)
    if not found:
        raise LineRefused(
            "cost",
            _("{column} is no amount; write it as 19 or 19.50").format(column=row.title("cost")),
        )
    return float(found[1])
