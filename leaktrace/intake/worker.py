"""One spawned process in which hostile files are opened, with limits on memory and time.

A crash, an endless loop or a file that swells is the refusal of that one file; the process is
replaced and the work goes on.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, TypeVar

from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.intake.child import Answer, Failure, Pipe, Request, serve
from leaktrace.intake.limits import GLANCE, confine, default_memory, resident
from leaktrace.intake.refusals import refused
from leaktrace.messages import _, current_language
from leaktrace.progress import SILENT, Progress

T = TypeVar("T")

_starting = threading.Lock()


class Worker:
    """A process of its own for what must not harm this one; use it as a context manager.

    Parameters
    ----------
    memory : int, optional
        Bytes of resident memory that the process may take; by default 4 GiB, or three quarters
        of the machine's memory where that is less.
    seconds : float
        How long one call may take.

    Notes
    -----
    The process starts at the first call and is used again for the next ones.
    """

    def __init__(self, *, memory: int | None = None, seconds: float = 3600.0) -> None:
        self._memory = default_memory() if memory is None else memory
        self._seconds = seconds
        self._process: SpawnProcess | None = None
        self._pipe: Pipe | None = None
        self._job: object = None

    @property
    def limits(self) -> dict[str, float]:
        """What one call may take: bytes of ``memory``, ``seconds``."""
        return {"memory": self._memory, "seconds": self._seconds}

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def call(
        self,
        function: Callable[..., T],
        *args: Any,
        on_progress: Progress | None = None,
        **named: Any,
    ) -> T:
        """``function(*args, **named)``, run in the process.

        ``function`` stands at the top level of a module; what goes in and comes out can be
        pickled. If it takes a ``progress`` keyword, it is given an observer whose messages reach
        ``on_progress`` here. The first path among the arguments names the file in refusals.

        Raises
        ------
        InputRefused
            As ``function`` raised it, or ``"crashed"``, ``"too-big"``, ``"timeout"``, or
            ``"unreadable"`` where the function failed in any other way.
        LeaktraceError
            As ``function`` raised it.
        """
        file = next((a for a in (*args, *named.values()) if isinstance(a, Path)), Path("?"))
        request = Request(current_language(), function, args, named)
        try:
            pipe = self._ready()
            with suppress(BrokenPipeError, ConnectionError):
                pipe.send(request)
            answer = self._answer(file, pipe, SILENT if on_progress is None else on_progress)
        except BaseException:
            self._kill()
            raise
        return _opened(answer, file)  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._pipe is not None and self._process.is_alive():
            with suppress(OSError, ValueError):
                self._pipe.send(None)
            self._process.join(0.5)
        self._kill()

    def _ready(self) -> Pipe:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        self._kill()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._memory), daemon=True)
        with _starting:
            _start_light(process)
        theirs.close()
        self._process, self._pipe = process, ours
        self._job = confine(process.pid or 0, self._memory)
        return ours

    def _answer(self, file: Path, pipe: Pipe, progress: Progress) -> Answer:
        end = time.monotonic() + self._seconds
        while True:
            try:
                if pipe.poll(GLANCE):
                    message = pipe.recv()
                    if isinstance(message, Answer):
                        return message
                    _tell(progress, message)
                    continue
            except (EOFError, OSError):
                raise self._ended(file) from None
            process = self._process
            if process is not None and resident(process.pid or 0) > self._memory:
                raise _too_big(file)
            if time.monotonic() > end:
                message = _("{file} took too long to read; it may be damaged. Split it and retry.")
                raise refused(file, "timeout", message)

    def _ended(self, file: Path) -> InputRefused:
        message = _(
            "{file} made its reader fail; it is damaged or made to do harm. "
            "Open it in a spreadsheet program, save it as CSV and try again."
        )
        return refused(file, "crashed", message)

    def _kill(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = self._job = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join(5)
            with suppress(ValueError):
                process.close()


def _start_light(process: SpawnProcess) -> None:
    """Start ``process`` without running the caller's main module in it a second time.

    What the child runs stands in leaktrace; the main module may be a whole command line, or a
    script without a guard.
    """
    main = sys.modules.get("__main__")
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        process.start()
    finally:
        if main is not None:
            sys.modules["__main__"] = main


def _tell(progress: Progress, message: tuple[str, tuple[Any, ...]]) -> None:
    name, values = message
    if name == "begin":
        progress.begin(*values)
    elif name == "advance":
        progress.advance(*values)
    elif name == "end":
        progress.end()


def _too_big(file: Path) -> InputRefused:
    message = _("{file} needs more memory than is allowed; split it, or save it as CSV.")
    return refused(file, "too-big", message)


def _refusal(failure: Failure) -> InputRefused:
    error = InputRefused(failure.message, code=failure.code, file=failure.file, place=failure.place)
    error.inside = tuple(map(_refusal, failure.inside))
    return error


def _opened(answer: Answer, file: Path) -> Any:
    if answer.failure is None:
        return answer.result
    failure = answer.failure
    if failure.form == "memory":
        raise _too_big(file)
    if failure.form == "refused":
        raise _refusal(failure)
    if failure.form == "failed":
        raise LeaktraceError(failure.message, code=failure.code)
    message = _(
        "{file} could not be read ({error}); it is damaged or of a form that is not known. "
        "Open it in a spreadsheet program, save it as CSV and try again."
    ).replace("{error}", failure.message)
    raise refused(file, "unreadable", message)
