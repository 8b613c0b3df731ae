"""``python -m tests.workflows.watching.killed WHERE CASE LOG``: a watch that kills itself there.

It reads the log in its own process, and weighs no sources: both take longest, and neither matters.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import leaktrace.calls.taking as taking
import leaktrace.intake.worker as worker
import leaktrace.workflows.watching.looking as looking
import leaktrace.workflows.watching.telling as watching
from leaktrace.cli.main import main
from leaktrace.workflows.watching.memory import Memory

PLACES = ("importing", "looked", "told", "remembering", "remembered")
"""In the order in which a watch comes by them."""

_LINES = 3


def _die(*_arguments: Any) -> None:
    # On Windows any signal ends the process at once, as SIGKILL does elsewhere.
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _then_die(function: Callable[..., Any]) -> Callable[..., Any]:
    def dying(*arguments: Any) -> None:
        function(*arguments)
        _die()

    return dying


def _half_remember(writer: Any, _before: Memory, after: Memory) -> None:
    """All written, and nothing committed."""
    with writer.one_input():
        rows = [(*row, writer.run()) for row in sorted(after.rows)]
        writer.connection.executemany("INSERT INTO watched VALUES (?, ?, ?, ?)", rows)
        _die()


def _mine(where: str) -> None:
    """Lay the mine."""
    if where == "importing":
        lines = iter(range(_LINES))
        happen = taking.happen

        def dying(*arguments: Any) -> None:
            happen(*arguments)
            if next(lines, None) is None:
                _die()

        taking.happen = dying
    elif where == "looked":
        watching.look = _then_die(watching.look)
    elif where == "told":
        watching.remember = _die  # type: ignore[assignment]
    elif where == "remembering":
        watching.remember = _half_remember
    elif where == "remembered":
        watching.remember = _then_die(watching.remember)


class _Here:
    """A worker that is none."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is left."""

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What ``function`` gives."""
        return function(*arguments)


if __name__ == "__main__":
    looking.leaked_figures = lambda *_arguments: {}
    worker.Worker = _Here  # type: ignore[assignment,misc]
    _mine(sys.argv[1])
    sys.argv[1:] = ["-C", sys.argv[2], "watch", "--import", sys.argv[3], "--json"]
    main()
