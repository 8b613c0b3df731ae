"""A list as it is held once fingerprinted: its people, and who carries which token.

Everything that compares lists (attribution, ``compare``, the graph) works on :class:`HeldList`,
whether the list is a batch, a reference or a sketch of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

UInt64 = npt.NDArray[np.uint64]
UInt32 = npt.NDArray[np.uint32]
NO_DAY = -(2**31)


@dataclass(frozen=True, slots=True)
class TokenIndex:
    """Who carries which token of one kind.

    Attributes
    ----------
    tokens : uint64[m]
        Ascending; distinct (token, person) pairs, so a token shared by people comes several times.
    people : uint32[m]
        The person (row of :class:`PeopleTable`) that carries it; 0xFFFFFFFF where sets alone were
        asked for.
    """

    tokens: UInt64
    people: UInt32


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """One row a person, in order of first appearance in the list.

    Attributes
    ----------
    id_token : uint64[n]
        Token of the person's valid ID number, 0 where there is none.
    registered : int32[n]
        Earliest day of registration (days since 1970-01-01, Shanghai), NO_DAY where unknown.
    carrier : uint8[n]
        Carrier of issue of the (first) mobile: identifiers.segments.CARRIERS index, 0 unknown.
    region : uint16[n]
        Region of issue: identifiers.segments.REGIONS index, 0 unknown.
    swept : bool[n]
        The mobile stands in a dense or regular run of numbers, as made-up ones do.
    never_issued : bool[n]
        The mobile is in a segment that was never issued.
    full : bool[n] or None
        The person has a full identifier that is its own: a valid ID number, or one that is not
        beside many people (of whom ID numbers, names or, without these, other identifiers tell).
        None: everyone has, or it is unknown.
    """

    id_token: UInt64
    registered: npt.NDArray[np.int32]
    carrier: npt.NDArray[np.uint8]
    region: npt.NDArray[np.uint16]
    swept: npt.NDArray[np.bool_]
    never_issued: npt.NDArray[np.bool_]
    full: npt.NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.id_token)


@dataclass(frozen=True, slots=True)
class HeldList:
    """A list's people and tokens by kind (full and partial kinds, derived partial ones included).

    ``scaled`` is 1 for an exact list. For a sketch it is the FracMinHash scale: only tokens below
    ``2**64 / scaled`` are held, so a token above that is missing, not absent; ``size`` (people in
    the whole list) then exceeds ``len(people)``, and each held token is a person of its own.
    ``distinct`` gives the number of distinct tokens in the whole list by kind, ``written`` that of
    the identifiers as they were written (derived partial ones left out, excluded ones included).
    """

    people: PeopleTable
    index: Mapping[str, TokenIndex]
    scaled: int
    size: int
    distinct: Mapping[str, int]
    written: Mapping[str, int] = field(default_factory=dict)
