"""Rows above and below those of people: who made the list, whom to call, what it adds up to.

They are rows without identifiers (the contract's words), though a phone may stand in them: it is
kept as it was written, names nobody in the list and matches nothing. A row that may be somebody's
is left to be so: only what stands beyond the last row of somebody, and says itself that it is none,
is taken for a margin.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

import numpy as np

from leaktrace.intake.edges import WINDOW, own_rows
from leaktrace.intake.footwords import BARE, FIELD, TITLES
from leaktrace.intake.recognition import CountedBlock, Margin

# More rows with a phone are no foot.
_MOST = 4


def without_margins(blocks: Iterable[CountedBlock], above: int) -> Iterator[CountedBlock]:
    """The blocks of one table, their margins noted and left to nobody.

    ``above`` rows stand above the header. A block is held back until a window of rows follows it.
    """
    rest = iter(blocks)
    held: deque[CountedBlock] = deque(_marked(list(_begun(rest)), above, from_top=True))
    while True:
        while len(held) > 1 and _rows(islice(held, 1, None)) >= WINDOW:
            yield held.popleft()
        following = next(rest, None)
        if following is None:
            break
        held.append(following)
    yield from _marked(list(held), 0, from_top=False)


def _begun(blocks: Iterator[CountedBlock]) -> Iterator[CountedBlock]:
    rows = 0
    for one in blocks:
        yield one
        rows += _rows([one])
        if rows >= WINDOW:
            return


def _rows(blocks: Iterable[CountedBlock]) -> int:
    further = ((one.block.rows, one.block.further) for one in blocks)
    return sum(rows if more is None else int(np.count_nonzero(~more)) for rows, more in further)


def _marked(blocks: list[CountedBlock], above: int, *, from_top: bool) -> list[CountedBlock]:
    """Blocks that begin or end a table, the margins there marked."""
    run = [
        (number, row, TITLES.get(code, code))
        for number, row, code in _run(blocks, above, from_top=from_top)
        if code != BARE
    ]
    found: dict[int, dict[int, str]] = {}
    for number, row, reason in run if len(run) <= _MOST else ():
        found.setdefault(number, {})[row] = reason
    return [_left_to_nobody(one, found[i]) if i in found else one for i, one in enumerate(blocks)]


def _run(blocks: list[CountedBlock], above: int, *, from_top: bool) -> list[tuple[int, int, str]]:
    """The rows (block, record, code) up to the first that is somebody's; none in doubt."""
    step = 1 if from_top else -1
    run: list[tuple[int, int, str]] = []
    for number in range(len(blocks))[::step]:
        for row in own_rows(blocks[number].block)[::step].tolist():
            code = blocks[number].edges.get(row, "")
            if code == FIELD or len(run) >= WINDOW:
                return []
            if not code or (code in TITLES and len(run) >= above):
                return run
            run.append((number, row, code))
    # Without a row of somebody, what looks like a margin may be all there is.
    return []


def _left_to_nobody(counted: CountedBlock, reasons: Mapping[int, str]) -> CountedBlock:
    """``counted`` with the identifiers of these records taken from whoever they would name."""
    block = counted.block
    own = own_rows(block)
    ends = np.append(own, block.rows)
    gone = np.zeros(block.rows, dtype=np.bool_)
    margins = []
    for row, reason in sorted(reasons.items()):
        place = int(np.searchsorted(own, row))
        gone[row : ends[place + 1]] = True
        margins.append(Margin(place, reason))
    found = [
        replace(one, excluded=gone[one.rows] | (False if one.excluded is None else one.excluded))
        if gone[one.rows].any()
        else one
        for one in block.found
    ]
    block = replace(block, found=found, identified=block.identified & ~gone)
    return replace(counted, block=block, margins=(*counted.margins, *margins))
