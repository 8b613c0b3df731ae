"""A list in a delimited text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from leaktrace.intake.headerrow import header_row
from leaktrace.intake.headers import is_header_word
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.material import Material
from leaktrace.intake.opened import OpenedList, OpenedTable
from leaktrace.intake.plainlines import plain_block
from leaktrace.intake.rawblocks import RawBlock, raw_blocks
from leaktrace.intake.recognition import CountedBlock, Wanted, recognise_block
from leaktrace.intake.textfile import TextForm, layout_of, pieces, text_form
from leaktrace.intake.understanding import TablePlan, plan_table

# Pieces in hand at once: one is being read, one recognised, one waits; each takes about ten
# times its size.
_AHEAD = 3
_THREADS = 2


def open_text(
    material: Material,
    head: bytes,
    mapping: Mapping[str, str],
    wanted: Wanted,
    known: KnownNames,
    *,
    fast: bool = True,
) -> OpenedList:
    """The list in the text ``material``, which begins with ``head``: one table.

    ``fast=False`` keeps to the slow road, which gives the same blocks.

    Raises
    ------
    InputRefused
        As :func:`~leaktrace.intake.textfile.text_form`.
    """
    form = text_form(material, head)
    place = header_row(form.sample)
    plan = plan_table(form.sample, place, form.spread, form.layout.width, mapping)

    def blocks(number: int) -> Iterator[CountedBlock]:
        return _blocks(material, form, plan, number, wanted, known, fast and form.even)

    return OpenedList(
        "text", [OpenedTable(None, plan, len(plan.columns), blocks)], _facts(form, plan)
    )


def _facts(form: TextForm, plan: TablePlan) -> dict[str, Any]:
    return {
        "form": "text",
        "encoding": form.encoding.name,
        "encoding_why": form.encoding.why,
        "mark": form.encoding.mark > 0,
        "delimiter": form.layout.delimiter,
        "columns": form.layout.width,
        "sampled": len(form.sample),
        "usual_cells": form.usual[0],
        "usual_lines": form.usual[1],
        "header_row": None if plan.header_row is None else plan.header_row + 1,
        "header": plan.shown_headers(),
        "header_words": sum(is_header_word(c.header) for c in plan.columns if c.header),
        **form.style,
    }


def _blocks(
    material: Material,
    form: TextForm,
    plan: TablePlan,
    table: int,
    wanted: Wanted,
    known: KnownNames,
    fast: bool,
) -> Iterator[CountedBlock]:
    def work(piece: bytes, is_first: bool) -> list[CountedBlock]:
        if fast and not is_first:
            plain = plain_block(piece, form.layout, plan.columns, table, wanted)
            if plain is not None:
                return [plain]
        layout = layout_of(piece, form.layout)
        blocks: Iterable[RawBlock] = raw_blocks(piece, layout, fast=fast, raw=not wanted.cells)
        if is_first:
            blocks = plan.without_header(blocks)
        counted = [
            recognise_block(raw, table, plan.columns, wanted, known, ends=plan.margins)
            for raw in blocks
            if raw.rows
        ]
        # What the last block tells of, all of the piece is read.
        return [*counted[:-1], *(replace(last, size=len(piece)) for last in counted[-1:])]

    pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="leaktrace-intake")
    waiting: deque[Future[list[CountedBlock]]] = deque()
    try:
        for number, piece in enumerate(pieces(material, form)):
            waiting.append(pool.submit(work, piece, number == 0))
            if len(waiting) >= _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
