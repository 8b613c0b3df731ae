"""Looking at a case, telling what is new, and remembering that it was told, in this order.

Whatever ends the process in between, nothing is lost: what was told and not remembered is told once
more, and nothing else is told twice. Two watches at once tell each thing once, too: the case is
held from before the telling until it is remembered, and whoever comes second looks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from leaktrace.case.case import Case
from leaktrace.progress import SILENT, Progress
from leaktrace.workflows.watching.logs import TakenLogs, after_refusals
from leaktrace.workflows.watching.looking import look
from leaktrace.workflows.watching.memory import Memory, read_memory, remember
from leaktrace.workflows.watching.records import News

MARK = 0.95
"""The ``leaked`` at which a source is told of, where nobody asks for another."""

WITHIN_DAYS = 14.0
"""What falls due in so many days is told of."""


def watch(
    case: Case,
    tell: Callable[[News], None],
    *,
    marks: Sequence[float] = (MARK,),
    within: float = WITHIN_DAYS,
    logs: TakenLogs | None = None,
    remembering: bool = True,
    progress: Progress = SILENT,
) -> News:
    """Tell what is new in ``case``, and remember it.

    Parameters
    ----------
    case : Case
    tell : callable
        Is given the news, and must have let them out of its hands when it returns (written and
        flushed): they are not told again. It is called once, also where nothing is new.
    marks : sequence of float
        A source is told of when its ``leaked`` reaches one of them, and again when it fell below it
        and reaches it once more.
    within : float
        Days: what falls due in them is told of.
    logs : TakenLogs, optional
        What was taken in just before, so that its refusals are remembered, too.
    remembering : bool
        Without it the case is only read.
    progress : Progress

    Returns
    -------
    News

    Raises
    ------
    LeaktraceError
        As tracing does; ``busy`` while another command writes to the case. Then nothing was told.
    """
    while True:
        before = read_memory(case.ledger)
        news, rows = look(case, before, marks, within, progress)
        after = Memory(rows | after_refusals(before, logs))
        if not remembering or (not news and after == before):
            tell(news)
            return news
        with case.writing("watch", **_arguments(marks, within)) as writer:
            if read_memory(case.ledger) != before:
                continue
            failure = _untold(tell, news)
            if failure is None:
                remember(writer, before, after)
                return news
        raise failure


def _untold(tell: Callable[[News], None], news: News) -> OSError | None:
    """Why the news could not be told; kept apart from what the case's own disk refuses."""
    try:
        tell(news)
    except OSError as error:
        return error
    return None


def _arguments(marks: Sequence[float], within: float) -> Mapping[str, object]:
    return {"marks": list(marks), "within": within}
