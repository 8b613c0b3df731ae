"""A canary's identity: what of it a list would show, and the tokens of that."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from leaktrace.case.lines import LineRefused
from leaktrace.engines.gather import BlockTokens, Gatherer
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers import recognise_cell
from leaktrace.identifiers.kinds import (
    EMAIL,
    ID_NUMBER,
    KIND,
    LANDLINE,
    MOBILE,
    MOBILE_FOREIGN,
    Form,
    Kind,
)
from leaktrace.identifiers.names import normalise_name
from leaktrace.identifiers.recogniser import Identifier
from leaktrace.intake.blocks import NO_DAY, Found, RowBlock
from leaktrace.messages import _

_WANTED: dict[str, tuple[Kind, ...]] = {
    "mobile": (MOBILE, MOBILE_FOREIGN, LANDLINE),
    "id_number": (ID_NUMBER,),
    "email": (EMAIL,),
}
_DASHES = str.maketrans("", "", " -‐‑–—.\t")


@dataclass(frozen=True, slots=True)
class Identity:
    """A canary's identity, understood.

    Attributes
    ----------
    fields : mapping of str to str
        Its filled fields (of :data:`FIELDS`) as written.
    mobile : int
        Its first mainland mobile, 0 where it has none.
    tokens : mapping of str to tuple of int
        By kind, every token that it would show in a list, derived partial ones included.
    useless_id : bool
        Its ID number has a wrong check digit and matches nothing.
    """

    fields: Mapping[str, str]
    mobile: int
    tokens: Mapping[str, tuple[int, ...]]
    useless_id: bool


def comparable(field: str, text: str) -> str:
    """One spelling of a field, to tell whether two lines say the same of a canary."""
    if field == "name":
        return normalise_name(text) or text.strip()
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return plain.translate(_DASHES) if field in ("mobile", "id_number") else plain


def understood(
    fields: Mapping[str, str], tokeniser: Tokeniser, titles: Mapping[str, str] | None = None
) -> Identity:
    """The identity in ``fields``, which their table calls by ``titles``.

    Raises
    ------
    LineRefused
        If a field is not what its column says, or is a number that everybody knows, or if nothing
        in it could be found in a list.
    """
    found: list[Identifier] = []
    useless_id = False

    def title(field: str) -> str:
        return (titles or {}).get(field, field)

    for field, kinds in _WANTED.items():
        if field not in fields:
            continue
        seen = recognise_cell(fields[field], phones=field == "mobile")
        if any(one.excluded for one in seen):
            raise LineRefused(
                "well-known",
                _("{column} is a number that everybody knows; plant one of its own").format(
                    column=title(field)
                ),
            )
        good = [one for one in seen if one.kind in kinds]
        suspect = any(one.kind.name == "id_number_suspect" for one in seen)
        if not good and not (field == "id_number" and suspect):
            raise LineRefused("not-recognised", _unrecognised(field).format(column=title(field)))
        useless_id |= not good
        found += good
    if not found:
        raise LineRefused(
            "no-identifier",
            _(
                "this canary has no mobile, ID number or e-mail by which a list could show it; "
                "give it one"
            ),
        )
    mobiles = [one.value for one in found if one.kind == MOBILE and one.value is not None]
    name = normalise_name(fields.get("name", ""))
    return Identity(
        dict(fields), mobiles[0] if mobiles else 0, _tokens(found, name, tokeniser), useless_id
    )


def _unrecognised(field: str) -> str:
    said = {
        "mobile": _("{column} is not a phone number that is known; check its digits"),
        "id_number": _("{column} is not an ID number; check its digits"),
        "email": _("{column} is not an e-mail address; check it"),
    }
    return said[field]


def _tokens(found: list[Identifier], name: str, tokeniser: Tokeniser) -> dict[str, tuple[int, ...]]:
    # Through the same gatherer as every list, so that a canary's tokens are what a list shows.
    import pyarrow as pa

    gatherer = Gatherer(tokeniser)
    block = RowBlock(
        table=0,
        rows=1,
        cells=[],
        found=[_found(column, one) for column, one in enumerate(found)],
        identified=np.ones(1, dtype=np.bool_),
        refused=np.zeros(1, dtype=np.bool_),
        names=pa.array([name or None], pa.string()),
        registered=np.full(1, NO_DAY, dtype=np.int32),
    )
    gatherer.add(BlockTokens(tokeniser).of(block))
    gathered = gatherer.finish()
    tokens: dict[str, set[int]] = {}
    for kept in (gathered.written, gathered.derived):
        for kind, occurrences in kept.items():
            if KIND[kind].matched:
                matched = occurrences.matched().tokens
                tokens.setdefault(kind, set()).update(int(token) for token in matched)
    return {kind: tuple(sorted(values)) for kind, values in sorted(tokens.items()) if values}


def _found(column: int, one: Identifier) -> Found:
    import pyarrow as pa

    row = np.zeros(1, dtype=np.int64)
    if one.kind.form is Form.TEXT:
        return Found(one.kind, column, row, texts=pa.array([one.text], pa.string()))
    return Found(one.kind, column, row, values=np.array([one.value], dtype=np.uint64))
