"""``leaktrace canary plant``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.outcomes import import_json, show_import, status
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _, ngettext

if TYPE_CHECKING:
    from leaktrace.canary.planting import ToPlant
    from leaktrace.canary.plantingtables import PlantOutcome
    from leaktrace.case import Case
    from leaktrace.times import Moment

Number = Annotated[
    str | None, typer.Argument(metavar=_("NUMBER"), help=_("a number of the pool, by its id"))
]
Source = Annotated[str | None, typer.Argument(metavar=_("SOURCE"), help=_("where it was planted"))]
Sheet = Annotated[
    Path | None,
    typer.Option("--sheet", metavar="SHEET.csv", help=_("the planting sheet, filled in")),
]
Controls = Annotated[
    Path | None,
    typer.Option("--controls", metavar="PLAN.csv", help=_("record the controls of the plan")),
]
At = Annotated[
    str | None, typer.Option("--at", metavar=_("TIME"), help=_("when it was planted; else now"))
]
Channel = Annotated[
    str,
    typer.Option(
        "--channel",
        metavar=_("HOW"),
        help=_("how: {channels}").format(
            channels="form, app, counter, 400-call, sms-reply, annual-report, other"
        ),
    ),
]
Place = Annotated[str, typer.Option("--place", metavar=_("TEXT"), help=_("a page, a branch"))]
By = Annotated[str, typer.Option("--by", metavar=_("NAME"), help=_("who planted it"))]
AuthorisedBy = Annotated[
    str, typer.Option("--authorised-by", metavar=_("NAME"), help=_("who allowed it"))
]
Evidence = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar=_("FILE"),
        help=_("a screenshot or a receipt: its hash is kept, the file is not"),
    ),
]
Name = Annotated[str, typer.Option("--name", metavar=_("TEXT"), help=_("the name it was given"))]
Address = Annotated[str, typer.Option("--address", metavar=_("TEXT"), help=_("the address"))]
Email = Annotated[str, typer.Option("--email", metavar=_("TEXT"), help=_("the mailbox"))]
Marks = Annotated[
    list[str] | None,
    typer.Option(
        "--mark",
        metavar=_("KIND=TEXT"),
        help=_("what was told there alone (employer, layout, loan …); repeatable"),
    ),
]
TrueRegistrant = Annotated[
    bool,
    typer.Option(
        "--true-registrant",
        help=_("a real person registered, truthfully, with a number for this one filing"),
    ),
]
Shared = Annotated[
    bool, typer.Option("--shared", help=_("the plan gives this number to several sources"))
]
Canary = Annotated[
    str, typer.Option("--canary", metavar=_("ID"), help=_("the canary's id; else the number's"))
]
Note = Annotated[str, typer.Option("--note", metavar=_("TEXT"), help=_("a note"))]


def plant(
    context: typer.Context,
    number: Number = None,
    source: Source = None,
    sheet: Sheet = None,
    controls: Controls = None,
    at: At = None,
    channel: Channel = "",
    place: Place = "",
    by: By = "",
    authorised_by: AuthorisedBy = "",
    evidence: Evidence = None,
    name: Name = "",
    address: Address = "",
    email: Email = "",
    mark: Marks = None,
    true_registrant: TrueRegistrant = False,
    shared: Shared = False,
    canary: Canary = "",
    note: Note = "",
    as_json: AsJson = False,
) -> int:
    """Record plantings."""
    from leaktrace.canary.planting import ToPlant, evidence_sha256
    from leaktrace.canary.proving import CHANNELS, Circumstances

    if sum((sheet is not None, controls is not None, bool(number and source))) != 1:
        raise UsageError(
            _("say NUMBER and SOURCE of one planting, or --sheet SHEET.csv, or --controls PLAN.csv")
        )
    if sheet is not None or controls is not None:
        if any((at, channel, place, evidence, name, address, email, mark, canary, note)) or (
            true_registrant or shared
        ):
            raise UsageError(
                _("with --sheet or --controls, the table says all but --by and --authorised-by")
            )
        return _in_bulk(context, sheet, controls, by, authorised_by, as_json)
    if channel and channel not in CHANNELS:
        raise UsageError(_("--channel is one of: {channels}").format(channels=", ".join(CHANNELS)))
    told = Circumstances(
        channel,
        place,
        by,
        authorised_by,
        "" if evidence is None else evidence_sha256(evidence),
        _marks(mark or ()),
        true_registrant,
        note,
    )
    identity = {"name": name, "address": address, "email": email}
    one = ToPlant(number or "", source, _moment(at), told, identity, canary, shared)
    return _one(context, one, as_json)


def _one(context: typer.Context, one: ToPlant, as_json: bool) -> int:
    from leaktrace.canary.planning.lawful import lawful_notice
    from leaktrace.canary.planting import plant as record

    with the_case(context) as case:
        outcome = record(case, one)
        lawful = _lawful(case, one.source or "")
    if as_json:
        write_json({**import_json(outcome), "canary": one.canary_id, "lawful": lawful})
        return 0
    show_import(outcome)
    show(_("It is canary {canary}.").format(canary=one.canary_id))
    if lawful:
        show(_("note: {text}").format(text=lawful_notice(lawful)))
    _suggest(context)
    return 0


def _in_bulk(
    context: typer.Context,
    sheet: Path | None,
    controls: Path | None,
    by: str,
    authorised_by: str,
    as_json: bool,
) -> int:
    from leaktrace.canary.plantingtables import plant_controls, plant_sheet

    with progress() as bars, the_case(context) as case:
        outcome = (
            plant_sheet(case, sheet, by=by, authorised_by=authorised_by, progress=bars)
            if sheet is not None
            else plant_controls(case, controls or Path(), progress=bars)
        )
    if as_json:
        write_json({**import_json(outcome), "waiting": outcome.waiting})
    else:
        _show(outcome)
        if outcome.added or outcome.unchanged:
            _suggest(context)
    return status(outcome.refused, nothing_accepted=outcome.nothing_accepted)


def _show(outcome: PlantOutcome) -> None:
    show_import(outcome)
    if outcome.waiting:
        show(
            ngettext(
                "{count} line has no date (投放时间 Planted at), and waits to be planted",
                "{count} lines have no date (投放时间 Planted at), and wait to be planted",
                outcome.waiting,
            ).format(count=outcome.waiting)
        )


def _suggest(context: typer.Context) -> None:
    next_step(
        _("Next: leaktrace canary commit, and publish its digest: only then can it be proven"),
        case=context.obj,
    )


def _lawful(case: Case, source: str) -> str:
    from leaktrace.canary.planning.lawful import lawful_reason

    return next((lawful_reason(one) for one in case.sources() if one.id == source), "")


def _moment(text: str | None) -> Moment:
    from leaktrace.canary.pool.records import now
    from leaktrace.times import read_moment

    try:
        return now() if text is None else read_moment(text)
    except (ValueError, OverflowError):
        raise UsageError(
            _("--at is not a date that exists; write it as 2026-03-01 or 2026-03-01 09:05")
        ) from None


def _marks(pairs: list[str] | tuple[()]) -> dict[str, str]:
    marks = {}
    for pair in pairs:
        kind, sign, text = pair.partition("=")
        if not (kind and sign and text):
            raise UsageError(_("--mark takes KIND=TEXT, such as --mark loan=123400"))
        marks[kind] = text
    return marks
