"""``leaktrace offer import|list|match``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Group, command_group, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.outcomes import tell_import
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _


def command() -> Group:
    """The group ``offer`` with its commands."""
    taken = _(
        "An offer is worth recording without a list in hand; the batch_id in it need not be in the "
        "case yet. Who sells and what is said is sealed in the case."
    )
    matched = _(
        "Compares each offer with the lists seen later: kind, carrier, price, tags, seller, time. "
        "What each agreement is worth is assumed, told, and kept weak (a ratio below 10 in all); "
        "an offer never names a source."
    )
    members = {
        "import": one_command("offer import", import_, taken),
        "list": one_command("offer list", list_),
        "match": one_command("offer match", match_, matched),
    }
    return command_group("offer", members)


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="OFFERS.csv", help=_("the table of offers"))],
    as_json: AsJson = False,
) -> int:
    """Record what sellers advertise."""
    from leaktrace.case import import_offers

    with progress() as bars, the_case(context) as case:
        outcome = import_offers(case, file, bars)
    following = _("Next: leaktrace offer match, which compares offers with lists seen later")
    return tell_import(outcome, following, context.obj, as_json=as_json)


def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the offers."""
    from leaktrace.case import read_offers
    from leaktrace.cli.offered import offer_json, show_offers

    with the_case(context) as case:
        offers = read_offers(case)
    if as_json:
        write_json({"offers": [offer_json(one) for one in offers]})
        return
    if not offers:
        _tell_none(context)
        return
    show_offers(offers)
    next_step(
        _("Next: leaktrace offer match, which compares offers with lists seen later"),
        case=context.obj,
    )


def match_(
    context: typer.Context,
    offers: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("OFFER…"), help=_("offers by their ids; else all")),
    ] = None,
    traced: Annotated[
        bool,
        typer.Option(
            "--trace",
            help=_(
                "attribute the lists first, and take the kinds of the sources named for theirs; "
                "takes as long as leaktrace trace"
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare offers with lists."""
    from leaktrace.attribution import trace_case
    from leaktrace.attribution.offers import offers_of_case
    from leaktrace.attribution.offers.matching import CAP
    from leaktrace.cli.offered import matches_json, show_matches

    with progress() as bars, the_case(context) as case:
        found = offers_of_case(case, trace_case(case, progress=bars) if traced else None)
    known = {one.offer.id for one in found}
    for wanted in offers or ():
        if wanted not in known:
            raise LeaktraceError(
                _("there is no offer {offer} in this case").format(offer=wanted),
                code="unknown-offer",
            )
    found = tuple(one for one in found if not offers or one.offer.id in offers)
    if as_json:
        write_json({"offers": [matches_json(one) for one in found], "log10_lr_cap": CAP})
        return
    if not found:
        _tell_none(context)
        return
    show_matches(found)
    next_step(_("Next: leaktrace graph export OUT, which draws offers, too"), case=context.obj)


def _tell_none(context: typer.Context) -> None:
    show(_("There is no offer in this case yet."))
    next_step(_("Next: leaktrace offer import OFFERS.csv"), case=context.obj)
