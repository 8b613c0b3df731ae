"""``leaktrace report``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.assuming import Assumptions, Priors, Twins, Without, settings_of
from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.attribution import Settings
    from leaktrace.attribution.result import Trace
    from leaktrace.case import Case
    from leaktrace.report.letters import Choice


class Audience(StrEnum):
    """For whom a letter is."""

    COMPLAINT = "complaint"
    POLICE = "police"
    REGULATOR = "regulator"
    CARRIER = "carrier"
    COMPANY = "company"
    PRESS = "press"


def command() -> Command:
    """The command ``report``."""
    return one_command(
        "report",
        report,
        _(
            "It needs no network and shows no identifier of a person. It is written in the "
            "language of --lang. With --for it is a letter in its place, for 12321 (complaint) and "
            "others: on the terminal, or as .html or .txt. Letters to 12321, the police and the "
            "carrier show who called. A canary's number is told only once that is agreed, and "
            "burns the canary."
        ),
    )


def report(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT.html", help=_("the report, or the letter"))
    ] = None,
    audience: Annotated[
        Audience | None,
        typer.Option(
            "--for",
            metavar=_("WHOM"),
            help=_(
                "a letter, in place of the report: complaint (to 12321), police, regulator, "
                "carrier, company (needs --source) or press"
            ),
        ),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar=_("ID"), help=_("the source that it is about"))
    ] = "",
    campaigns: Annotated[
        list[str] | None,
        typer.Option("--campaign", metavar=_("ID"), help=_("calls of this campaign; repeatable")),
    ] = None,
    canaries: Annotated[
        list[str] | None,
        typer.Option("--canary", metavar=_("CANARY"), help=_("calls to this canary; repeatable")),
    ] = None,
    calls: Annotated[
        list[str] | None,
        typer.Option("--call", metavar=_("ID"), help=_("this call; repeatable")),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar=_("DATE"), help=_("calls from then on"))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar=_("DATE"), help=_("calls up to then"))
    ] = None,
    by_campaign: Annotated[
        bool,
        typer.Option("--by-campaign", help=_("a block for each campaign, not for each call")),
    ] = False,
    disclose: Annotated[
        list[str] | None,
        typer.Option(
            "--disclose",
            metavar=_("CANARY"),
            help=_("tell this canary's number in the letter, which burns it; repeatable"),
        ),
    ] = None,
    reveal_canaries: Annotated[
        bool,
        typer.Option(
            "--reveal-canaries", help=_("show the canaries' own numbers, which burns them")
        ),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help=_("do not ask before canaries are shown"))
    ] = False,
    prior: Priors = None,
    twin: Twins = None,
    without: Without = None,
    assume: Assumptions = None,
    as_json: AsJson = False,
) -> None:
    """Write the report, or a letter."""
    settings = settings_of(prior, twin, without, assume)
    choice = _choice(campaigns, canaries, calls, since, until)
    if audience is None:
        if source or disclose or by_campaign or choice.made:
            raise UsageError(_("say for whom the letter is, as in --for complaint"))
        if out is None:
            raise UsageError(_("{name} is missing").format(name="OUT.html"))
        _write_report(context, out, reveal_canaries, yes, settings, as_json)
        return
    if reveal_canaries:
        raise UsageError(_("with --for, name the canaries to be told: --disclose CANARY"))
    from leaktrace.cli.letters import Asked, tell, write

    asked = Asked(
        audience=audience.value,
        out=out,
        source=source,
        choice=choice,
        disclose=tuple(disclose or ()),
        by_campaign=by_campaign,
        yes=yes,
        settings=settings,
    )
    with the_case(context) as case:
        written = write(case, asked)
    tell(written, asked, context.obj, as_json=as_json)


def _choice(
    campaigns: list[str] | None,
    canaries: list[str] | None,
    calls: list[str] | None,
    since: str | None,
    until: str | None,
) -> Choice:
    from leaktrace.cli.pooled import moment_given
    from leaktrace.report.letters import Choice

    return Choice(
        calls=tuple(calls or ()),
        campaigns=tuple(campaigns or ()),
        canaries=tuple(canaries or ()),
        since=moment_given(since, "--since"),
        until=moment_given(until, "--until"),
    )


def _write_report(
    context: typer.Context,
    out: Path,
    reveal_canaries: bool,
    yes: bool,
    settings: Settings | None,
    as_json: bool,
) -> None:
    from leaktrace.attribution import trace_case
    from leaktrace.attribution.offers import offers_of_case
    from leaktrace.report import write_report

    with the_case(context) as case:
        with progress() as bars:
            found = trace_case(case, settings=settings, progress=bars)
        if reveal_canaries:
            shown = _write_openly(case, found, out, yes)
        else:
            shown = ()
            write_report(case, found, out, offers=offers_of_case(case, found))
    if as_json:
        said = {"file": str(out), "batches": len(found.batches)}
        write_json(said | ({"burnt": list(shown)} if reveal_canaries else {}))
        return
    show(_("The report is in {out}.").format(out=out))
    if shown:
        marked = _("Marked as burnt, since it shows them: {canaries}")
        show(marked.format(canaries=", ".join(shown)))
    next_step(_("Next: open it in a browser; its own print makes a PDF."))


def _write_openly(case: Case, found: Trace, out: Path, yes: bool) -> tuple[str, ...]:
    """Write the report with the canaries' numbers, once that is agreed, and mark them as burnt."""
    from leaktrace.attribution.offers import offers_of_case
    from leaktrace.canary.pool.burning import burn
    from leaktrace.cli.asking import agreed
    from leaktrace.report import disclosed_canaries, write_report

    shown = disclosed_canaries(case, found)
    if shown:
        question = _(
            "The report shows these canaries in plain: {canaries}. Whoever reads it can spare "
            "them, so they will be marked as burnt for good."
        )
        agreed(question.format(canaries=", ".join(shown)), yes=yes)
    offers = offers_of_case(case, found)
    write_report(case, found, out, offers=offers, reveal_canaries=True)
    if shown:
        burn(case, shown, _("shown in a report"))
    return shown
