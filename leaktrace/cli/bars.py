"""Progress bars on standard error, only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from leaktrace.progress import SILENT, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


class Bars:
    """Shows each stage of long work as a bar; stages may lie within one another."""

    def __init__(self, display: RichProgress) -> None:
        self._display = display
        self._stages: list[TaskID] = []

    def begin(self, stage: str, total: int | None = None) -> None:
        """Show a bar for ``stage``; one of unknown length pulses."""
        self._stages.append(self._display.add_task(stage, total=total))

    def advance(self, amount: int = 1) -> None:
        """Move the innermost bar on."""
        if self._stages:
            self._display.advance(self._stages[-1], amount)

    def end(self) -> None:
        """Take the innermost bar away."""
        if self._stages:
            self._display.remove_task(self._stages.pop())


@contextmanager
def progress() -> Iterator[Progress]:
    """An observer for long work: bars on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        yield SILENT
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    from leaktrace.cli.output import screen

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with RichProgress(*columns, console=screen(errors=True), transient=True) as display:
        yield Bars(display)
