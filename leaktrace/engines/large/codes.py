"""What memory keeps of each row of a large list: one byte."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from leaktrace.engines.gather import Tokens
from leaktrace.engines.occurrences import FURTHER, IDENTIFIED, STATUSES, Occurrences, Rows
from leaktrace.engines.people import LINKING
from leaktrace.fingerprint.sorting import first_of_runs
from leaktrace.identifiers.kinds import ID_NUMBER

# The byte of a row: how many ID numbers (up to 2), how many other linking identifiers (up to 3),
# whether it is somebody by a weaker identifier alone, whether it is identified, and whether it is
# one more person of the row before.
IDS, OTHERS, WEAK, SEEN, MORE = 0x03, 0x0C, 0x10, 0x20, 0x40
ONE_OTHER = 0x04
_STATUS_CODES = np.zeros(STATUSES, dtype=np.uint8)
_STATUS_CODES[[IDENTIFIED, FURTHER]] = SEEN, MORE


def codes_of(tokens: Tokens, matched: Mapping[str, Occurrences]) -> npt.NDArray[np.uint8]:
    """The byte of each row, but for WEAK: uint8[rows]."""
    if bool((tokens.status == IDENTIFIED).all()):
        codes = np.full(len(tokens), SEEN, dtype=np.uint8)
    else:
        codes = _STATUS_CODES[tokens.status]
    if ID_NUMBER.name in matched:
        codes |= _often([matched[ID_NUMBER.name].rows], len(tokens), 2)
    linking = [matched[kind].rows for kind in LINKING if kind in matched]
    if linking:
        codes |= _often(linking, len(tokens), 3) << np.uint8(2)
    return codes


def _often(rows: list[Rows], count: int, most: int) -> npt.NDArray[np.uint8]:
    """How often each row comes: uint8[count], at most ``most``."""
    if len(rows) == 1 and bool(first_of_runs(rows[0]).all()):
        if len(rows[0]) == count:
            return np.ones(count, dtype=np.uint8)
        once = np.zeros(count, dtype=np.uint8)
        once[rows[0]] = 1
        return once
    often = np.bincount(rows[0] if len(rows) == 1 else np.concatenate(rows), minlength=count)
    return np.minimum(often, most).astype(np.uint8)
