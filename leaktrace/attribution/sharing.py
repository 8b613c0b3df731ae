"""Work on many batches shared with a second process.

Every item is worked out by itself, by the same code in either process, so that it does not matter
who does which. Where a process cannot be started, or is not worth its start, all is done here.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import ModuleType, TracebackType
from typing import Any, Generic, TypeVar

from leaktrace.messages import choose_language, current_language
from leaktrace.progress import Progress

Item = TypeVar("Item")
Result = TypeVar("Result")
# A process takes a second to start.
WORTH_SHARING = 150
_CHUNK = 8


def processes_for(items: int) -> int:
    """How many processes are worth it for so many batches: one or two.

    A process that is itself one of several (a worker of the caller's pool) starts none.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    alone = multiprocessing.parent_process() is None
    return 2 if items >= WORTH_SHARING and alone and (cores or 1) > 1 else 1


class Helper:
    """A second process that takes its share of the items; use it as a context manager.

    Parameters
    ----------
    processes : int
        1: everything is done here.

    Attributes
    ----------
    elsewhere : int
        Items that the second process did.
    """

    def __init__(self, processes: int = 1) -> None:
        self.elsewhere = 0
        self._wanted = processes > 1
        self._process: SpawnProcess | None = None
        self._pipe: Connection[Any, Any] | None = None

    def __enter__(self) -> Helper:
        if self._wanted:
            with suppress(OSError, RuntimeError, ValueError):
                self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def map(
        self, task: Callable[[Item], Result], items: Sequence[Item], progress: Progress
    ) -> list[Result]:
        """``task`` of each item, in order.

        ``task``, the items and the results can be pickled; ``task`` gives the same in every
        process. ``progress`` is advanced by each item.
        """
        shared = _Shared(task, items)
        pipe = self._pipe
        if pipe is None or len(items) <= _CHUNK:
            shared.work(progress)
            return shared.results()
        helper = threading.Thread(target=shared.send_to, args=(pipe,), daemon=True)
        helper.start()
        try:
            shared.work(progress)
            helper.join()
        except BaseException:
            self._stop()
            raise
        if shared.failed:
            self._stop()
        shared.work(progress)
        progress.advance(shared.elsewhere)
        self.elsewhere += shared.elsewhere
        return shared.results()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, current_language()), daemon=True)
        main = sys.modules.get("__main__")
        # What the child runs stands in leaktrace; the caller's main module may be a script without
        # a guard, which must not run a second time.
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            process.start()
        finally:
            if main is not None:
                sys.modules["__main__"] = main
        theirs.close()
        self._process, self._pipe = process, ours

    def _stop(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            with suppress(OSError, ValueError):
                pipe.send(None)
            pipe.close()
        if process is not None:
            process.join(0.5)
            process.kill()
            process.join(5)


@dataclass
class _Shared(Generic[Item, Result]):
    """Items that two processes take from, chunk by chunk."""

    task: Callable[[Item], Result]
    items: Sequence[Item]

    def __post_init__(self) -> None:
        starts = range(0, len(self.items), _CHUNK)
        self._left = deque(range(start, min(start + _CHUNK, len(self.items))) for start in starts)
        self._done: dict[int, Result] = {}
        self.elsewhere = 0
        self.failed = False

    def work(self, progress: Progress) -> None:
        """Do here what nobody has taken yet."""
        while (chunk := self._taken(self._left.popleft)) is not None:
            for place in chunk:
                self._done[place] = self.task(self.items[place])
                progress.advance()

    def send_to(self, pipe: Connection[Any, Any]) -> None:
        """Let the process at the other end of ``pipe`` do its share."""
        chunk: range | None = None
        try:
            pipe.send(self.task)
            while (chunk := self._taken(self._left.pop)) is not None:
                pipe.send([self.items[place] for place in chunk])
                results = pipe.recv()
                if results is None:
                    raise RuntimeError("the other process failed")
                self._done.update(zip(chunk, results, strict=True))
                self.elsewhere += len(chunk)
        except Exception:
            # Whatever went wrong there: it is done again here, and fails here if it must.
            self.failed = True
            if chunk is not None:
                self._left.append(chunk)

    @staticmethod
    def _taken(take: Callable[[], range]) -> range | None:
        """The next chunk, or None where none is left."""
        try:
            return take()
        except IndexError:
            return None

    def results(self) -> list[Result]:
        return [self._done[place] for place in range(len(self.items))]


def serve(pipe: Connection[Any, Any], language: str) -> None:
    """The other process: take a task, then items to do, until there are no more."""
    choose_language(language)
    task: Callable[[Any], Any] | None = None
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while (message := pipe.recv()) is not None:
            if not isinstance(message, list):
                task = message
                continue
            try:
                pipe.send([task(item) for item in message] if task is not None else None)
            except Exception:
                pipe.send(None)
