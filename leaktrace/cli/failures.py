"""The one place where an exception becomes a line on standard error and an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator

from leaktrace.errors import InputRefused, LeaktraceError, UsageError
from leaktrace.messages import _

FAILED, USAGE, INTERRUPTED = 1, 2, 130


def debugging() -> bool:
    """Whether ``LEAKTRACE_DEBUG`` asks for where an internal error happened."""
    return os.environ.get("LEAKTRACE_DEBUG", "") not in ("", "0")


def say(message: str) -> None:
    """One line for people on standard error, whatever the message holds."""
    from leaktrace.intake.refusals import legible

    line = " ".join(legible(message).split())
    print("leaktrace: " + line, file=sys.stderr)  # noqa: T201 - the CLI prints


def status_of(error: BaseException) -> int:
    """Say what went wrong in one line; the exit status that belongs to it.

    A fault in the saying is itself told as an internal error: no traceback reaches a user.
    """
    try:
        return _told(error)
    except Exception as fault:
        _internal(fault)
        return FAILED


def _told(error: BaseException) -> int:
    from typer import Abort, TyperException

    if isinstance(error, LeaktraceError):
        say(_located(error))
        return USAGE if isinstance(error, UsageError) else FAILED
    if isinstance(error, TyperException):
        return _usage(error)
    if isinstance(error, KeyboardInterrupt | Abort):
        say(_("interrupted; what was stored before stays, the rest was not"))
        return INTERRUPTED
    if isinstance(error, MemoryError):
        say(_("not enough memory; close other programs or work on a part of the file"))
        return FAILED
    if isinstance(error, OSError) and error.filename is not None:
        say(_system(error))
        return FAILED
    _internal(error)
    return FAILED


def _located(error: LeaktraceError) -> str:
    """The message, led by its file and place unless it names them itself."""
    if not isinstance(error, InputRefused):
        return error.message
    missing = [part for part in (error.file, error.place) if part and part not in error.message]
    return ": ".join([*missing, error.message])


def _usage(error: Exception) -> int:
    from leaktrace.cli.words import usage_help, usage_message
    from leaktrace.identifiers.masking import mask_text

    message = usage_message(error)
    if message:
        say(mask_text(message))
        for line in usage_help(error):
            print(line, file=sys.stderr)  # noqa: T201
    return USAGE


def _system(error: OSError) -> str:
    from leaktrace.identifiers.masking import mask_text

    return _(
        "{file}: the system says “{reason}”; check that it exists, that you may use it and "
        "that the disk has room"
    ).format(file=mask_text(str(error.filename)), reason=error.strerror or type(error).__name__)


def _internal(error: BaseException) -> None:
    """Neither the exception's text nor a local value is shown: they may hold what lists hold."""
    say(
        _(
            "an internal error ({error} in {place}); nothing stored was changed; run with "
            "LEAKTRACE_DEBUG=1 for details"
        ).format(error=type(error).__name__, place=_place(error))
    )
    if debugging():
        for line in _trail(error):
            print(line, file=sys.stderr)  # noqa: T201


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "leaktrace" in frame.filename] or frames
    if not ours:
        return "?"
    module = ours[-1].filename.replace("\\", "/").rpartition("leaktrace/")[2]
    return f"{module}:{ours[-1].lineno}"


def _trail(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"  {type(error).__name__}"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"    {frame.filename}:{frame.lineno} {frame.name}"
        error = error.__cause__ or error.__context__
