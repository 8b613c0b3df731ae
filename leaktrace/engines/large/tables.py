"""The people and the rows of a large list, as the list store keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.engines.large.arrowfile import ArrowFile
from leaktrace.engines.large.columns import CHUNK, Column
from leaktrace.engines.large.linking import People
from leaktrace.engines.large.mobiles import CARRIER, NEVER, REGION, SWEPT, THERE
from leaktrace.engines.large.spill import Spill
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.held import NO_DAY, PeopleTable, UInt32, UInt64
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.identifiers.kinds import KIND
from leaktrace.messages import _

Facts = npt.NDArray[np.uint32]
_LATEST = np.iinfo(np.int32).max
_LARGEST_LIST = 2**31


def people_of(spill: Spill, people: People, id_token: UInt64) -> PeopleTable:
    """The table of people; columns that say nothing take no memory."""
    facts = _facts(spill, people)
    return PeopleTable(
        id_token=id_token,
        registered=_registered(spill, people),
        full=people.full,
        **{name: read(facts) for name, read in _TOLD.items()},
    )


def _told(dtype: npt.DTypeLike, shift: int, mask: int) -> Callable[[Facts], Any]:
    """Reads one column out of facts; of none nothing, without memory."""

    def read(facts: Facts) -> Any:
        if facts.strides == (0,):
            return np.broadcast_to(np.zeros((), dtype=dtype), facts.shape)
        return (facts >> np.uint32(shift) & np.uint32(mask)).astype(dtype)

    return read


_TOLD = {
    "carrier": _told(np.uint8, CARRIER, 0xFF),
    "region": _told(np.uint16, REGION, 0xFFFF),
    "swept": _told(np.bool_, 0, SWEPT),
    "never_issued": _told(np.bool_, 0, NEVER),
}


def _facts(spill: Spill, people: People) -> Facts:
    """What the first mobile of each person says, 0 where nothing: uint32[people]."""
    if spill.mobiles is None:
        return np.broadcast_to(np.uint32(0), (people.count,))
    facts = np.zeros(people.count, dtype=np.uint32)
    swept = spill.mobiles.swept_rows(len(spill))
    more: list[Facts] = [np.zeros(0, dtype=np.uint32)]
    start = 0
    for chunk in spill.mobiles.facts.chunks():
        rows = slice(start, start + len(chunk))
        chunk |= swept[rows] * np.uint32(SWEPT)
        low, high = np.searchsorted(people.more_rows, (start, start + len(chunk)))
        more.append(chunk[people.more_rows[low:high] - start])
        _take_first(facts, chunk, people.person[rows])
        start += len(chunk)
    _take_first(facts, np.concatenate(more), people.more_people)
    return facts


def _take_first(facts: Facts, told: Facts, people: UInt32) -> None:
    """Give everyone without a fact the first one that is told of it."""
    there = np.flatnonzero((told & np.uint32(THERE) != 0) & (people != NOBODY))
    there = there[facts[people[there]] == 0]
    # Of several writes the last stays, so writing backwards leaves the first.
    facts[people[there[::-1]]] = told[there[::-1]]


def _registered(spill: Spill, people: People) -> Any:
    if "registered" not in spill.columns:
        return np.broadcast_to(np.int32(NO_DAY), (people.count,))
    days = np.full(people.count, _LATEST, dtype=np.int32)
    start = 0
    for chunk in _days(spill.columns["registered"]):
        low, high = np.searchsorted(people.more_rows, (start, start + len(chunk)))
        for told, who in (
            (chunk, people.person[start : start + len(chunk)]),
            (chunk[people.more_rows[low:high] - start], people.more_people[low:high]),
        ):
            dated = (told != NO_DAY) & (who != NOBODY)
            np.minimum.at(days, who[dated], told[dated])
        start += len(chunk)
    days[days == _LATEST] = NO_DAY
    return days


def _days(column: Column) -> Iterator[npt.NDArray[np.int32]]:
    for chunk in column.chunks():
        yield (chunk.astype(np.int64) + NO_DAY).astype(np.int32)


def write_people(path: Path, spill: Spill, people: People, id_token: UInt64) -> None:
    """``people.arrow``, of what :func:`people_of` gives; memory does not hold all its columns."""
    # Booleans as bytes: the list store maps them.
    types: dict[str, npt.DTypeLike] = {
        "id_token": np.uint64,
        "registered": np.int32,
        "carrier": np.uint8,
        "region": np.uint16,
        "swept": np.uint8,
        "never_issued": np.uint8,
        "full": np.uint8,
    }
    with ArrowFile(path, people.count, types) as file:
        file.fill("id_token", _cut(id_token))
        file.fill("registered", _cut(_registered(spill, people)))
        file.fill("full", _cut(people.full))
        facts = _facts(spill, people)
        for name, read in _TOLD.items():
            file.fill(name, map(read, _cut(facts)))


def _cut(values: npt.NDArray[Any]) -> Iterator[npt.NDArray[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def write_rows(path: Path, spill: Spill, people: People) -> None:
    """``rows.arrow``.

    Raises
    ------
    LeaktraceError
        If rows hold more further identifiers than an Arrow list can.
    """
    kinds = sorted(spill.first)
    types: dict[str, npt.DTypeLike] = {
        "table": np.uint16,
        "status": np.uint8,
        "person": np.uint32,
        "registered": np.int32,
        "name": np.uint64,
        **dict.fromkeys(kinds, np.uint64),
    }
    further = sum(len(rows) for rows, _tokens in spill.further.values())
    if further >= _LARGEST_LIST:
        raise LeaktraceError(_("a list may have 2,147,483,647 further identifiers: split it"))
    lists = {"other_kinds": (np.uint8, further), "other_tokens": (np.uint64, further)}
    with ArrowFile(path, len(spill), types, lists) as file:
        for name in ("table", "status", "name"):
            if name in spill.columns:
                file.fill(name, spill.columns[name].chunks())
        file.fill("person", _cut(people.person))
        if "registered" in spill.columns:
            file.fill("registered", _days(spill.columns["registered"]))
        else:
            file.fill("registered", _cut(np.broadcast_to(np.int32(NO_DAY), (len(spill),))))
        for kind in kinds:
            file.fill(kind, spill.first[kind].chunks())
        if further:
            _fill_further(file, spill)


def _fill_further(file: ArrowFile, spill: Spill) -> None:
    for name in ("other_kinds", "other_tokens"):
        file.fill(name, (offsets for offsets, _, _ in _further(spill)), offsets=True)
    file.fill("other_kinds", (kinds for _, kinds, _ in _further(spill)))
    file.fill("other_tokens", (tokens for _, _, tokens in _further(spill)))


def _further(spill: Spill) -> Iterator[tuple[Any, Any, UInt64]]:
    """The further identifiers, some rows at a time: offsets, codes of kinds, tokens."""
    kinds = [(KIND[name].code, _Pairs(*spill.further[name])) for name in sorted(spill.further)]
    total = 0
    yield np.zeros(1, dtype=np.int32), np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.uint64)
    for start in range(0, len(spill), CHUNK):
        stop = min(start + CHUNK, len(spill))
        found = [(code, *pairs.before(stop)) for code, pairs in kinds]
        rows = np.concatenate([rows for _, rows, _ in found])
        order = np.argsort(rows, kind="stable")
        codes = np.concatenate([np.full(len(rows), code, np.uint8) for code, rows, _ in found])
        tokens = np.concatenate([tokens for _, _, tokens in found])
        counts = np.bincount(rows.astype(np.int64) - start, minlength=stop - start)
        yield (total + np.cumsum(counts)).astype(np.int32), codes[order], tokens[order]
        total += len(rows)


class _Pairs:
    """Goes through the further identifiers of one kind by their rows."""

    def __init__(self, rows: Column, tokens: Column) -> None:
        self._chunks = zip(rows.chunks(), tokens.chunks(), strict=True)
        self._rows = np.zeros(0, dtype=np.uint32)
        self._tokens = np.zeros(0, dtype=np.uint64)

    def before(self, stop: int) -> tuple[UInt32, UInt64]:
        """Those not yet given of rows before ``stop``."""
        while not len(self._rows) or self._rows[-1] < stop:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._rows = np.concatenate((self._rows, chunk[0]))
            self._tokens = np.concatenate((self._tokens, chunk[1]))
        cut = int(np.searchsorted(self._rows, stop))
        rows, tokens = self._rows[:cut], self._tokens[:cut]
        self._rows, self._tokens = self._rows[cut:], self._tokens[cut:]
        return rows, tokens
