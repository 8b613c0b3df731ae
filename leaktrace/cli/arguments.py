"""What can be told from the bare arguments, before any command is built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_GLOBALS = ("-C", "--case", "--lang")


def globals_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with ``-C``, ``--case`` and ``--lang`` moved to the front.

    People write them after the command as often as before it; after ``--`` nothing is moved.
    """
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument in _GLOBALS:
            front += [argument, *_value(waiting)]
        elif argument.startswith(("--case=", "--lang=")):
            front.append(argument)
        else:
            rest.append(argument)
    return front + rest


def _value(waiting: Iterator[str]) -> list[str]:
    """The value that follows, as a list; empty at the end of the line."""
    return [value for value in (next(waiting, None),) if value is not None]
