"""The shareable fingerprint of a list: a sample of its tokens, one in ``scaled``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.built import BuiltList
from leaktrace.fingerprint.fracminhash import DEFAULT_SCALED, LARGEST_SCALED, SMALLEST_SCALED
from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable, TokenIndex, UInt64
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.lookup import FULL_ORDER, NOBODY, sampled
from leaktrace.fingerprint.minhash import MINHASH_PEOPLE, NUM_PERM, minhash
from leaktrace.identifiers.kinds import ID_NUMBER, KIND
from leaktrace.messages import _

Months = npt.NDArray[np.int16]
NO_MONTH = -(2**15)


@dataclass(frozen=True, slots=True)
class KindSketch:
    """The sample of one kind.

    Attributes
    ----------
    tokens : uint64[n]
        Ascending, distinct, below ``2**64 / scaled``.
    distinct : int
        Distinct tokens of the kind in the whole list.
    months : int16[n] or None
        Month of the earliest registration (months since 1970-01), NO_MONTH where unknown.
    minhash : uint32[128] or None
        datasketch's hash values over the whole list.
    """

    tokens: UInt64
    distinct: int
    months: Months | None = None
    minhash: Any = None


@dataclass(frozen=True, slots=True)
class SketchFile:
    """The sketch of a list under one key.

    It holds one token in ``scaled``, of full kinds and partial ones, derived ones included. Of a
    list of fewer than some 10 x ``scaled`` people it says little, and may be empty: the standard
    error tells. Whoever has the key can list the identifiers behind the sampled tokens.

    Attributes
    ----------
    key_fingerprint : str
    scaled : int
    people : int
        In the whole list.
    written : dict of kind to int
        Distinct identifiers in the whole list as they were written.
    kinds : dict of kind to KindSketch
    """

    key_fingerprint: str
    scaled: int
    people: int
    written: Mapping[str, int]
    kinds: Mapping[str, KindSketch] = field(default_factory=dict)

    def to_held(self) -> HeldList:
        """The sketch as a list to compare with: every sampled token is a person of its own.

        A month is held as its first day.
        """
        names = sorted(self.kinds)
        full_counts = any(self.kinds[kind].distinct for kind in FULL_ORDER if kind in self.kinds)
        index, days, ids, full = {}, [], [], []
        start = 0
        for name in names:
            tokens = self.kinds[name].tokens
            people = np.arange(start, start + len(tokens), dtype=np.uint32)
            start += len(tokens)
            index[name] = TokenIndex(tokens, people)
            days.append(_days(self.kinds[name].months, len(tokens)))
            ids.append(tokens if name == ID_NUMBER.name else np.zeros_like(tokens))
            # A sampled partial token belongs to somebody with a full identifier as a rule, unless
            # the list has none.
            full.append(np.full(len(tokens), name in FULL_ORDER or full_counts))
        return HeldList(
            people=PeopleTable(
                id_token=_joined(ids, np.uint64),
                registered=_joined(days, np.int32),
                carrier=np.zeros(start, dtype=np.uint8),
                region=np.zeros(start, dtype=np.uint16),
                swept=np.zeros(start, dtype=np.bool_),
                never_issued=np.zeros(start, dtype=np.bool_),
                full=_joined(full, np.bool_),
            ),
            index=index,
            scaled=self.scaled,
            size=self.people,
            distinct={name: self.kinds[name].distinct for name in names},
            written=dict(self.written),
        )


def sketch_of(
    listed: HeldList | BuiltList,
    key: Key,
    scaled: int = DEFAULT_SCALED,
    *,
    months: bool = True,
    classic: bool = True,
) -> SketchFile:
    """The sketch of an exact list.

    Parameters
    ----------
    listed : HeldList or BuiltList
        Made under ``key``.
    key : Key
        Only its fingerprint goes in.
    scaled : int
        One token in so many is kept: 10 to 1,000,000.
    months : bool
        With the month of each sampled person's registration.
    classic : bool
        With classic MinHash, for lists of up to 1e6 people. It is left out of sets of fewer than
        128 x ``scaled`` tokens, where it would show a greater part of them than the sample does.

    Raises
    ------
    LeaktraceError
        If ``scaled`` is out of bounds, or ``listed`` is a sketch itself.
    """
    held = listed.held if isinstance(listed, BuiltList) else listed
    if not SMALLEST_SCALED <= scaled <= LARGEST_SCALED:
        message = _("a sketch keeps one token in {low} to {high}: choose a scale in between")
        raise LeaktraceError(message.format(low=SMALLEST_SCALED, high=LARGEST_SCALED))
    if held.scaled != 1:
        raise LeaktraceError(_("a sketch cannot be made of a sketch: give the list itself"))
    kinds = {}
    for name, index in sorted(held.index.items()):
        distinct = held.distinct[name]
        small = held.size <= MINHASH_PEOPLE and distinct >= NUM_PERM * scaled
        kinds[name] = KindSketch(
            *_sample(index, held.people, scaled, distinct, months),
            minhash(index.tokens) if classic and small and KIND[name].full else None,
        )
    return SketchFile(key.fingerprint, scaled, held.size, dict(held.written), kinds)


def _sample(
    index: TokenIndex, people: PeopleTable, scaled: int, distinct: int, months: bool
) -> tuple[UInt64, int, Months | None]:
    stop = sampled(index.tokens, scaled)
    tokens, starts = np.unique(index.tokens[:stop], return_index=True)
    if not months:
        return tokens, distinct, None
    owners = index.people[:stop]
    days = np.full(stop, NO_DAY, dtype=np.int64)
    days[owners != NOBODY] = people.registered[owners[owners != NOBODY]]
    days[days == NO_DAY] = np.iinfo(np.int64).max
    earliest = np.minimum.reduceat(days, starts) if len(starts) else days
    known = earliest != np.iinfo(np.int64).max
    found = np.full(len(tokens), NO_MONTH, dtype=np.int16)
    dates = earliest[known].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    found[known] = np.clip(dates, NO_MONTH + 1, 2**15 - 1)
    return tokens, distinct, found


def _days(months: Months | None, count: int) -> npt.NDArray[np.int32]:
    days = np.full(count, NO_DAY, dtype=np.int32)
    if months is not None:
        known = months != NO_MONTH
        first = months[known].astype("datetime64[M]").astype("datetime64[D]")
        days[known] = first.astype(np.int64)
    return days


def _joined(parts: list[Any], dtype: Any) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)
