"""Results for people, on standard output: tables that degrade on plain consoles and in pipes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaktrace.messages import ngettext

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# Wide enough that nothing is cut or folded when another program reads the output.
_PIPE_WIDTH = 10_000
_COMMAND = re.compile(r"\bleaktrace(?= [a-z])")


def screen(*, errors: bool = False) -> Console:
    """A console over standard output (or error): plain text is shown as it is, never as markup."""
    from rich.console import Console

    stream = sys.stderr if errors else sys.stdout
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> Table:
    """A table of plain texts; the columns at the positions ``right`` are aligned to the right.

    Cells fold where the terminal is narrow, and are never cut.
    """
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for position, header in enumerate(headers):
        justify = "right" if position in right else "left"
        made.add_column(header, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        made.add_row(*[safe(cell) for cell in row])
    return made


def show(*things: object) -> None:
    """Print tables and paragraphs on standard output."""
    console = screen()
    for thing in things:
        console.print(safe(thing) if isinstance(thing, str) else thing)


def next_step(*lines: str, case: Path | None = None) -> None:
    """Suggest what to do next, on standard error; in the ``case`` that was named, if one was."""
    named = "leaktrace" if case is None else f"leaktrace -C {quoted(case)}"
    for line in lines:
        said = _COMMAND.sub(lambda _found: named, line)
        print(safe(said), file=sys.stderr)  # noqa: T201 - the CLI prints


def quoted(path: Path) -> str:
    """``path`` as it is typed in a shell."""
    text = str(path)
    return f'"{text}"' if any(mark in text for mark in " &;()'") else text


def safe(text: str) -> str:
    """``text`` without control characters, which a hostile file name may hold."""
    from leaktrace.intake.refusals import legible

    return "".join(
        character if character.isprintable() or character == "\n" else "\ufffd"
        for character in legible(text)
    )


def percent(share: float) -> str:
    """A share as people read it; never 100% or 0% unless it is exactly that."""
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.999 < share < 1:
        return ">99.9%"
    return f"{share:.1%}"


def count(number: int) -> str:
    """A count with its thousands set apart."""
    return f"{number:,}"


def rows_text(number: int) -> str:
    """So many rows."""
    return ngettext("{count} row", "{count} rows", number).format(count=count(number))


def people_text(number: int) -> str:
    """So many people."""
    return ngettext("{count} person", "{count} people", number).format(count=count(number))
