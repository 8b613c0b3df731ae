"""How a canary is found in a list: by which identifier, in whose row, under which name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.case.records import Canary
from leaktrace.fingerprint.held import HeldList, TokenIndex
from leaktrace.fingerprint.lookup import FULL_ORDER, PARTIAL_ORDER
from leaktrace.identifiers.kinds import KIND

_STRENGTH = (*FULL_ORDER, *PARTIAL_ORDER)
# Distinct masked mobiles (first three, last four digits): about 60 issued prefixes x 10,000.
_MASKED_VALUES = 6e5
_NAME_SHARE = 5e-3  # of people who bear a common name: a made-up or regional list has fewer names


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a canary was found in a list: by which kind, whose row, under its own name or not."""

    kind: str
    person: int
    named: bool
    chance: float


def find_canary(canary: Canary, held: HeldList, full: npt.NDArray[np.bool_]) -> Sighting | None:
    """The strongest sighting of ``canary`` in ``held``, or None.

    ``full`` (bool[n]) tells who shows a full identifier: such a person is matched by that alone.
    Of the partial ones the most telling that a person and the canary both have decides: a masked
    number under another name is another person.
    """
    for kind in _STRENGTH:
        if kind not in canary.tokens or kind not in held.index:
            continue
        for token in canary.tokens[kind]:
            for person in _carriers(held.index[kind], token):
                if KIND[kind].full:
                    named = _same_name(canary, held, int(person))
                    return Sighting(kind, int(person), named, 0.0)
                if not full[person] and not _tells_more(canary, held, int(person), kind):
                    return Sighting(kind, int(person), False, _chance(kind, len(held.people)))
    return None


def _tells_more(canary: Canary, held: HeldList, person: int, kind: str) -> bool:
    """Whether the canary and the person both have a more telling identifier than ``kind``, which
    then did not match."""
    stronger = _STRENGTH[: _STRENGTH.index(kind)]
    shown = (one for one in stronger if one in canary.tokens and one in held.index)
    return any(bool((held.index[one].people == person).any()) for one in shown)


def _carriers(index: TokenIndex, token: int) -> npt.NDArray[np.uint32]:
    value = np.uint64(token)
    low = int(np.searchsorted(index.tokens, value, side="left"))
    high = int(np.searchsorted(index.tokens, value, side="right"))
    return index.people[low:high]


def _same_name(canary: Canary, held: HeldList, person: int) -> bool:
    """Whether the row shows no other name than the canary's."""
    kind = "name_mobile_masked"
    if kind not in canary.tokens or kind not in held.index:
        return True
    entries = held.index[kind]
    if any(person in _carriers(entries, token) for token in canary.tokens[kind]):
        return True
    return not bool((entries.people == person).any())


def _chance(kind: str, people: int) -> float:
    """Probability that somebody among ``people`` shows a canary's partial identifier by chance."""
    if kind == "name_mobile_masked":
        return min(0.5, people * _NAME_SHARE / _MASKED_VALUES)
    if kind == "name_last4":
        return min(0.5, people * _NAME_SHARE / 1e4)
    return min(0.9, people / _MASKED_VALUES)
