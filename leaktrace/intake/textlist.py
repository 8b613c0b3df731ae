"""A list in a delimited text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from leaktrace.intake.blocks import ListReading, RowBlock
from leaktrace.intake.headerrow import header_row
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.mapping import check_columns
from leaktrace.intake.rawblocks import RawBlock, raw_blocks
from leaktrace.intake.recognition import CountedBlock, Wanted, recognise_block
from leaktrace.intake.tally import Tally
from leaktrace.intake.textfile import TextForm, pieces, text_form
from leaktrace.intake.understanding import TablePlan, plan_table

# Pieces in hand at once: one is being read, one recognised, one waits; each takes about ten
# times its size.
_AHEAD = 3
_THREADS = 2


def read_text_list(
    path: Path, head: bytes, mapping: Mapping[str, str], wanted: Wanted, *, fast: bool = True
) -> ListReading:
    """The list in the text ``path``, which begins with ``head``; see ``open_list``.

    ``fast=False`` keeps to the slow road, which gives the same blocks.
    """
    form = text_form(path, head)
    place = header_row(form.sample)
    plan = plan_table(form.sample, place, form.spread, form.layout.width, mapping)
    check_columns(mapping, [(len(plan.columns), [c.header for c in plan.columns])])
    reading = ListReading(blocks=iter(()), tables=[None])
    reading.layout.update(_facts(form, plan))
    tally = Tally(path, reading)
    tally.add_table(plan, member=None, sheet=None)
    reading.blocks = _blocks(path, form, plan, wanted, tally, fast and form.even)
    return reading


def _facts(form: TextForm, plan: TablePlan) -> dict[str, Any]:
    return {
        "form": "text",
        "encoding": form.encoding.name,
        "mark": form.encoding.mark > 0,
        "delimiter": form.layout.delimiter,
        "columns": form.layout.width,
        "header_row": None if plan.header_row is None else plan.header_row + 1,
        "header": plan.shown_headers(),
    }


def _blocks(
    path: Path, form: TextForm, plan: TablePlan, wanted: Wanted, tally: Tally, fast: bool
) -> Iterator[RowBlock]:
    known = KnownNames()

    def work(piece: bytes, is_first: bool) -> list[CountedBlock]:
        blocks: Iterable[RawBlock] = raw_blocks(piece, form.layout, fast=fast, raw=not wanted.cells)
        if is_first:
            blocks = plan.without_header(blocks)
        return [recognise_block(raw, 0, plan.columns, wanted, known) for raw in blocks if raw.rows]

    pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="leaktrace-intake")
    waiting: deque[Future[list[CountedBlock]]] = deque()
    try:
        for number, piece in enumerate(pieces(path, form)):
            waiting.append(pool.submit(work, piece, number == 0))
            if len(waiting) >= _AHEAD:
                yield from tally.counted(waiting.popleft().result())
        while waiting:
            yield from tally.counted(waiting.popleft().result())
        tally.finish()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
