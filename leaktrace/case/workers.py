"""The process that opens untrusted files: the caller's, or one of its own for a single call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.intake.refusals import shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _


@contextmanager
def a_worker(given: Worker | None) -> Iterator[Worker]:
    """``given``, or a worker that ends with the ``with`` block."""
    if given is not None:
        yield given
    else:
        with Worker() as worker:
            yield worker


@contextmanager
def called(path: Path | str) -> Iterator[None]:
    """A refusal inside calls the file as the user does: ``path``, masked.

    A worker may have started in another folder, so it is given absolute paths. A mapping that does
    not fit one file is that file's refusal: it may fit the others.
    """
    try:
        yield
    except InputRefused as error:
        raise _renamed(error, error.file, shown(path)) from None
    except LeaktraceError as error:
        if error.code != "usage":
            raise
        name = shown(path)
        message = _("{name}: {text}").format(name=name, text=error.message)
        raise InputRefused(message, code="mapping", file=name) from None


def _renamed(error: InputRefused, before: str, name: str) -> InputRefused:
    message = error.message.replace(before, name) if before else error.message
    file = error.file.replace(before, name) if before else name
    renamed = InputRefused(message, code=error.code, file=file, place=error.place)
    renamed.inside = tuple(_renamed(one, before, name) for one in error.inside)
    return renamed
