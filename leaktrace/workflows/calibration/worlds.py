"""Which fresh worlds are traced, and tracing them in processes of their own."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field

from leaktrace.attribution.calibration import shipped_validation
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress
from leaktrace.simulate.presets import preset
from leaktrace.simulate.settings import WorldSettings, check
from leaktrace.workflows.calibration.trials import Trial, spoken_trials

FIRST_SEED, SEEDS = 10_000, 3
_PROCESSES = 2


def shipped_families() -> tuple[str, ...]:
    """The families that the shipped validation was fitted on."""
    return shipped_validation().families


@dataclass(frozen=True, slots=True)
class Worlds:
    """Which worlds: ``seeds`` of each family, from seed ``first`` on.

    Attributes
    ----------
    families : tuple of str
    first, seeds : int
    sources, batches : int or None
        Instead of the families' own.
    """

    families: tuple[str, ...] = field(default_factory=shipped_families)
    first: int = FIRST_SEED
    seeds: int = SEEDS
    sources: int | None = None
    batches: int | None = None

    @property
    def last(self) -> int:
        """The last seed."""
        return self.first + self.seeds - 1

    @property
    def own_sizes(self) -> bool:
        """Whether the worlds have the sizes of their families."""
        return self.sources is None and self.batches is None

    def settings_of(self, family: str) -> WorldSettings:
        """The settings of a family, in these sizes."""
        own = preset(family)
        sources = own.sources if self.sources is None else self.sources
        return own.with_changes(
            sources=sources,
            batches=own.batches if self.batches is None else self.batches,
            # Room for a twin takes a second source that leaks.
            twins=min(own.twins, max(sources - 1, 0)),
        )

    def each(self) -> list[tuple[str, int]]:
        """Family and seed of every world, in order."""
        return [
            (family, self.first + turn) for family in self.families for turn in range(self.seeds)
        ]


def check_fresh(worlds: Worlds) -> None:
    """Refuse worlds that cannot be drawn, or on whose seeds this version was fitted.

    Raises
    ------
    UsageError
    """
    if worlds.seeds < 1 or not worlds.families:
        raise UsageError(_("--seeds takes how many worlds of each family, at least 1"))
    if worlds.first < 0:
        raise UsageError(_("--seed takes the seed of the first world, at least 0"))
    for family in worlds.families:
        check(worlds.settings_of(family))
    used_first, used_last = shipped_validation().seeds
    if worlds.first <= used_last and worlds.last >= used_first:
        raise UsageError(
            _(
                "this version was fitted on the seeds {first} to {last}, so that nothing can be "
                "checked on them: name others with --seed"
            ).format(first=used_first, last=used_last)
        )


def traced_worlds(
    worlds: Worlds, *, processes: int = _PROCESSES, progress: Progress = SILENT
) -> tuple[Trial, ...]:
    """All trials of the worlds, in order of families, seeds, lists and sources.

    Parameters
    ----------
    worlds : Worlds
    processes : int
        So many at a time; with 1 the worlds are traced in this process. The result is the same.
    progress : Progress
        Told of every world.

    Raises
    ------
    LeaktraceError
        If a process ends before its work is done (memory).
    """
    each = worlds.each()
    found: list[Trial] = []
    progress.begin(_("Tracing simulated worlds"), len(each))
    if min(processes, len(each)) == 1:
        for family, seed in each:
            found += _traced(worlds, family, seed)
            progress.advance()
    else:
        with _pool(min(processes, len(each))) as pool:
            futures = [pool.submit(_traced, worlds, *one) for one in each]
            for done in futures:
                found += _result(done)
                progress.advance()
    progress.end()
    return tuple(found)


def _traced(worlds: Worlds, family: str, seed: int) -> list[Trial]:
    # Settings do not travel between processes; what they are made from does.
    return spoken_trials(family, seed, worlds.settings_of(family))


def _result(done: Future[list[Trial]]) -> list[Trial]:
    try:
        return done.result()
    except BrokenProcessPool:
        raise LeaktraceError(
            _("a process that traced a world has ended early; is there memory for two of them?"),
            code="process",
        ) from None


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that do not outlive a failure or an interrupt."""
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_ignore_interrupts)
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _ignore_interrupts() -> None:
    """Ctrl-C reaches the parent, which ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
