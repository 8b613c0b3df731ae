"""Sets alone, of the longest lists: one identifier a row, and nobody asks who carries it.

Then a person is an identifier, and no row needs to be looked at again.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np

from leaktrace.engines.large.arrays import ArrayFile
from leaktrace.engines.large.codes import IDS, MORE, ONE_OTHER, OTHERS, SEEN
from leaktrace.engines.large.indexes import Counts
from leaktrace.engines.large.linking import People, in_parts
from leaktrace.engines.large.scatter import PARTS, Scatter
from leaktrace.engines.large.spill import Spill
from leaktrace.engines.people import LINKING
from leaktrace.fingerprint.held import TokenIndex, UInt64
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.fingerprint.sorting import first_of_runs
from leaktrace.messages import _
from leaktrace.progress import Progress


def sets_are_enough(spill: Spill) -> bool:
    """Whether each row holds one identifier that links, of one kind, and nothing that tells who."""
    kinds = [name for name, scatter in spill.matched.items() if scatter.count]
    asked = spill.with_rows or spill.mobiles is not None or spill.dated or spill.named
    if asked or spill.weak.count or len(kinds) != 1 or kinds[0] not in LINKING:
        return False
    codes = spill.codes
    one = SEEN | ONE_OTHER
    holders = int(np.count_nonzero(codes & (IDS | OTHERS | MORE) != 0))
    return holders == int(np.count_nonzero(codes & (SEEN | IDS | OTHERS | MORE) == one))


def write_sets(
    spill: Spill, folder: Path, progress: Progress
) -> tuple[People, dict[str, TokenIndex], Counts]:
    """The sets of such a list, written into ``folder``; its people, without who is who."""
    counts = Counts({}, {}, {})
    names = sorted({*spill.matched, *spill.excluded, *spill.derived})
    index = {}
    progress.begin(_("writing exact sets"), PARTS * len(names))
    people = 0
    for name in names:
        if name in spill.derived or name in spill.matched:
            found = _write(spill, name, folder / f"{name}.tokens.npy", progress)
            if found:
                counts.distinct[name] = found
                tokens = np.load(folder / f"{name}.tokens.npy", mmap_mode="r")
                index[name] = TokenIndex(tokens, np.broadcast_to(np.uint32(NOBODY), (found,)))
            if name in spill.matched and spill.matched[name].count:
                people = found
        _count(spill, name, counts)
    progress.end()
    rows = int(np.count_nonzero(spill.codes & OTHERS != 0))
    nobody = np.broadcast_to(np.uint32(NOBODY), (len(spill),))
    full = np.broadcast_to(np.bool_(True), (people,))
    return People(nobody, people, full, duplicates=rows - people), index, counts


def _write(spill: Spill, name: str, path: Path, progress: Progress) -> int:
    scatters = [kept[name] for kept in (spill.matched, spill.derived) if name in kept]
    file, count = ArrayFile(path, np.uint64), 0
    for tokens in in_parts(partial(_distinct, scatters)):
        file.add(tokens)
        count += len(tokens)
        progress.advance()
    file.finish()
    return count


def _count(spill: Spill, name: str, counts: Counts) -> None:
    """Distinct identifiers as they were written, those that match nothing among them."""
    written = [kept[name] for kept in (spill.matched, spill.excluded) if name in kept]
    if name in spill.excluded:
        counts.excluded[name] = _size([spill.excluded[name]])
        counts.written[name] = _size(written)
    elif name in spill.matched and spill.matched[name].count:
        alone = name not in spill.derived
        counts.written[name] = counts.distinct[name] if alone else _size(written)


def _size(scatters: list[Scatter]) -> int:
    return sum(len(tokens) for tokens in in_parts(partial(_distinct, scatters)))


def _distinct(scatters: list[Scatter], number: int) -> UInt64:
    parts = [scatter.tokens(number) for scatter in scatters]
    tokens = parts[0] if len(parts) == 1 else np.concatenate(parts)
    tokens.sort()
    first = first_of_runs(tokens)
    return tokens if first.all() else tokens[first]
