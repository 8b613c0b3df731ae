"""Things for a worker to do, lists to read, and what is common to the tests of the intake."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.intake.blocks import ListReading
from leaktrace.intake.reading import open_list
from leaktrace.messages import current_language

MOBILES = ("13912345678", "15000000017", "18700001234", "13655556666")


def id_number(first17: str) -> str:
    """``first17`` with its check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(first17, weights, strict=True))
    return first17 + "10X98765432"[total % 11]


IDS = tuple(id_number(f"3201061985030{i:04d}") for i in (4011, 4012, 4013, 4014))


def workbook(*sheets: list[list[Any]], names: tuple[str, ...] = (), hidden: int = -1) -> bytes:
    """An XLSX of these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    for i, rows in enumerate(sheets):
        sheet = book.active if i == 0 else book.create_sheet()
        if i < len(names):
            sheet.title = names[i]
        for row in rows:
            sheet.append(row)
        if i == hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(path: Path, **named: Any) -> tuple[ListReading, dict[str, Any]]:
    """The list in ``path``, read to the end, and its blocks put together (see :func:`gathered`)."""
    reading = open_list(path, **named)
    return reading, gathered(reading)


def gathered(reading: ListReading) -> dict[str, Any]:
    """All blocks of a reading as plain values."""
    cells: list[list[Any]] = []
    found: list[tuple[Any, ...]] = []
    masks: list[tuple[bool, bool]] = []
    names: list[Any] = []
    days: list[int] = []
    for block in reading.blocks:
        base = len(masks)
        assert len(block.identified) == len(block.refused) == len(block.registered) == block.rows
        assert not (block.identified & block.refused).any()
        if block.cells:
            cells += [list(row) for row in zip(*(c.to_pylist() for c in block.cells), strict=True)]
        for f in block.found:
            assert np.all(np.diff(f.rows) >= 0)
            for i, row in enumerate(f.rows.tolist()):
                value = None if f.values is None else int(f.values[i])
                text = None if f.texts is None else f.texts[i].as_py()
                found.append((base + row, f.column, f.kind.name, value, text))
        masks += zip(block.identified.tolist(), block.refused.tolist(), strict=True)
        names += [None] * block.rows if block.names is None else block.names.to_pylist()
        days += block.registered.tolist()
    return {
        "cells": cells,
        "found": sorted(found, key=str),
        "rows": len(masks),
        "identified": sum(i for i, _r in masks),
        "refused": sum(r for _i, r in masks),
        "names": names,
        "days": days,
    }


def double(number: int) -> int:
    return 2 * number


def count(number: int, progress: Any) -> int:
    progress.begin("counting", number)
    for _step in range(number):
        progress.advance()
    progress.end()
    return number


def refuse(path: Path) -> None:
    raise InputRefused("no", code="empty", file=str(path), place="row 1")


def fail() -> None:
    raise LeaktraceError("the work failed", code="key-missing")


def quote_the_file(path: Path) -> None:
    raise ValueError(f"cannot read {MOBILES[0]} in {path}")


def die(path: Path) -> None:
    os._exit(70)


def swell(path: Path) -> int:
    hoard = []
    for _step in range(200):
        hoard.append(bytearray(os.urandom(1 << 20) * 16))
        time.sleep(0.005)
    return len(hoard)


def sleep(path: Path) -> None:
    time.sleep(60)


def shout() -> str:
    print(MOBILES[0])
    print(MOBILES[0], file=sys.stderr)
    os.write(2, MOBILES[0].encode())
    return current_language()


def process_id() -> int:
    return os.getpid()
