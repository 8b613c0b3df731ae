"""The worker's side: take a request, run it, answer; let nothing else out."""

from __future__ import annotations

import inspect
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from leaktrace.errors import InputRefused, LeaktraceError

# Progress is passed on at most this often (seconds): a message for each row would cost more
# than the row.
_BREATH = 0.1


class Pipe(Protocol):
    """One end of a pipe between processes; Windows has a class of its own for it."""

    def send(self, obj: Any, /) -> None:
        """Pickle and send."""

    def recv(self) -> Any:
        """What was sent, in order; EOFError where the other end is gone."""

    def poll(self, timeout: float, /) -> bool:
        """Whether something can be received within ``timeout`` seconds."""

    def close(self) -> None:
        """Close this end."""


@dataclass(frozen=True, slots=True)
class Request:
    """A call to make, and the language to make its messages in."""

    language: str
    function: Callable[..., Any]
    args: tuple[Any, ...]
    named: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call failed: ``form`` is ``"refused"``, ``"failed"``, ``"memory"`` or ``"other"``.

    Of an error that is not ours only the class is told: its text may quote the file.
    """

    form: str
    message: str
    code: str = ""
    file: str = ""
    place: str = ""
    inside: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call."""

    result: Any = None
    failure: Failure | None = None


class _Forwarder:
    """Passes an observer's calls on to the parent."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._pending = 0
        self._last = 0.0

    def begin(self, stage: str, total: int | None = None) -> None:
        self._flush()
        self._pipe.send(("begin", (stage, total)))

    def advance(self, amount: int = 1) -> None:
        self._pending += amount
        if time.monotonic() - self._last > _BREATH:
            self._flush()

    def end(self) -> None:
        self._flush()
        self._pipe.send(("end", ()))

    def _flush(self) -> None:
        if self._pending:
            self._pipe.send(("advance", (self._pending,)))
        self._pending, self._last = 0, time.monotonic()


def serve(pipe: Pipe, memory: int) -> None:
    """Answer requests from ``pipe`` until it closes."""
    _hush()
    _end_with_parent()
    # numpy asks for huge pages; making them took a third of a whole list's time here, with more
    # system time than all else. It reads this when it is imported.
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    from leaktrace.intake.limits import confine_self

    confine_self(memory)
    while True:
        try:
            request = pipe.recv()
        except (EOFError, OSError):
            return
        except Exception as error:  # the request itself cannot be unpickled here
            _send(pipe, Answer(failure=_failure(error)))
            continue
        if request is None:
            return
        _send(pipe, _run(request, pipe))


def _end_with_parent() -> None:
    # Else a parent that is killed leaves this process at work, writing where nobody clears up.
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _hush() -> None:
    # Ctrl-C reaches the whole process group: the parent decides what becomes of this process.
    with suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.close(nowhere)
    with suppress(OSError):
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def _run(request: Request, pipe: Pipe) -> Answer:
    from leaktrace.messages import choose_language

    choose_language(request.language)
    _spare_pandas()
    named = dict(request.named)
    try:
        if "progress" not in named and _takes_progress(request.function):
            named["progress"] = _Forwarder(pipe)
        return Answer(request.function(*request.args, **named))
    except Exception as error:
        return Answer(failure=_failure(error))


class _NoPandas:
    """Finds no pandas."""

    def find_spec(self, name: str, *_where: object) -> None:
        if name == "pandas":
            raise ImportError(name)


def _spare_pandas() -> None:
    """Keep Arrow from importing pandas, a third of a second, to ask whether a value is a Series.

    It asks once in a process. What imports pandas itself still can.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow

    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pyarrow.array([])
    finally:
        sys.meta_path.remove(finder)


def _takes_progress(function: Callable[..., Any]) -> bool:
    try:
        return "progress" in inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False


def _failure(error: Exception) -> Failure:
    if isinstance(error, InputRefused):
        inside = tuple(map(_failure, error.inside))
        return Failure("refused", error.message, error.code, error.file, error.place, inside)
    if isinstance(error, LeaktraceError):
        return Failure("failed", error.message, error.code)
    form = "memory" if isinstance(error, MemoryError) else "other"
    return Failure(form, type(error).__name__)


def _send(pipe: Pipe, answer: Answer) -> None:
    try:
        pipe.send(answer)
    except (BrokenPipeError, ConnectionError):
        return
    except Exception as error:  # a result that cannot be pickled
        with suppress(OSError):
            pipe.send(Answer(failure=_failure(error)))
