"""``leaktrace watch``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson, Callee, the_case
from leaktrace.cli.outcomes import ALL_REFUSED, DONE, SOME_REFUSED
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.case import Case
    from leaktrace.progress import Progress
    from leaktrace.workflows.watching import News, TakenLogs

SOMETHING_NEW = 4
_TOP = 0.9999


def command() -> Command:
    """The command ``watch``."""
    return one_command(
        "watch",
        watch,
        _(
            "Calls and messages, canaries in lists, lists taken in, sources whose probability of "
            "circulating rose past a mark, what was burnt, what is due: each is told once. The "
            "first watch of a case tells all there is. Where nothing is new, nothing is printed."
        )
        + "\n\n"
        + _(
            "Exit status: 0 nothing is new, 4 something is, 3 nothing is but a line of a log was "
            "refused (told once), 1 it failed. What is told is remembered after it was written: "
            "if the process is killed just then, it is told once more, and never lost. Sources "
            "are weighed only where the case has changed; that takes the time of a trace."
        ),
    )


def watch(
    context: typer.Context,
    more: Annotated[
        list[Path] | None,
        typer.Argument(metavar=_("LOG"), help=_("more logs, as those of --import")),
    ] = None,
    import_: Annotated[
        list[Path] | None,
        typer.Option(
            "--import",
            metavar=_("LOG"),
            help=_(
                "take in calls first: a file, or a folder of files, which may have grown since; "
                "repeatable"
            ),
        ),
    ] = None,
    callee: Callee = "",
    mark: Annotated[
        list[float] | None,
        typer.Option(
            "--mark",
            metavar=_("PROBABILITY"),
            help=_("tell of a source that reaches it; repeatable; else 0.95"),
        ),
    ] = None,
    within: Annotated[
        int,
        typer.Option("--within", min=0, max=3650, metavar=_("DAYS"), help=_("what is due in them")),
    ] = 14,
    peek: Annotated[
        bool,
        typer.Option("--peek", "--dry-run", help=_("show what is new, and remember nothing")),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Tell what is new."""
    from leaktrace.workflows.watching import MARK
    from leaktrace.workflows.watching import watch as watch_case

    paths = [*(import_ or ()), *(more or ())]
    marks = _checked(mark or [MARK])
    if peek and paths:
        raise UsageError(_("--peek changes nothing in the case: leave the logs out"))

    def tell(news: News) -> None:
        if not (news or logs or as_json):
            return
        from leaktrace.cli.watched import news_json, show_news, tell_refused

        if as_json:
            write_json(news_json(news, logs, remembered=not peek))
        else:
            show_news(news, context.obj)
            sys.stdout.flush()
        if logs is not None:
            tell_refused(logs)

    with progress() as bars, the_case(context) as case:
        logs = _taken(case, paths, callee, bars) if paths else None
        found = watch_case(
            case,
            tell,
            marks=marks,
            within=within,
            logs=logs,
            remembering=not peek,
            progress=bars,
        )
    return _status(found, logs)


def _checked(marks: Sequence[float]) -> Sequence[float]:
    if all(0 < one <= _TOP for one in marks):
        return marks
    text = _("--mark takes a probability above 0, and not above {top}, which none exceeds")
    raise UsageError(text.format(top=_TOP))


def _taken(case: Case, paths: Sequence[Path], callee: str, bars: Progress) -> TakenLogs:
    from leaktrace.intake.worker import Worker
    from leaktrace.workflows.watching import take_logs

    with Worker() as worker:
        return take_logs(case, paths, bars, callee=callee, worker=worker)


def _status(news: News, logs: TakenLogs | None) -> int:
    if news:
        return SOMETHING_NEW
    if logs is None or not logs.refused:
        return DONE
    return ALL_REFUSED if logs.nothing_accepted else SOME_REFUSED
