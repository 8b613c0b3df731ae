"""What may be assumed before the evidence, as options of every command that traces."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.attribution import Settings

Priors = Annotated[
    list[str] | None,
    typer.Option(
        "--prior",
        metavar=_("SOURCE=P"),
        help=_(
            "the probability, before any evidence, that a source contributed to a list: 0.2, 20% "
            "or 1/50; repeatable"
        ),
    ),
]
Twins = Annotated[
    list[str] | None,
    typer.Option(
        "--twin",
        metavar=_("KIND=ODDS"),
        help=_(
            "the odds, before any evidence, that it is somebody else who holds the same people, "
            "for sources of a kind: 0.5 or 1:4; repeatable"
        ),
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar=_("EVIDENCE"),
        help=_(
            "leave a kind of evidence out: canaries, references, cells, dates, lineage, "
            "other-batches, claims, made-up or calls; repeatable"
        ),
    ),
]
Assumptions = Annotated[
    Path | None,
    typer.Option(
        "--assume",
        metavar=_("FILE"),
        help=_(
            "a table of such assumptions: about (a source or a kind), prior, twin_odds, and how "
            "lists of a kind are sold: price_low, price_high (of one number), one_carrier (yes)"
        ),
    ),
]


def settings_of(
    priors: list[str] | None,
    twins: list[str] | None,
    without: list[str] | None,
    table: Path | None,
) -> Settings | None:
    """The settings that the options ask for; None, the shipped ones, where there are none."""
    if not (priors or twins or without or table):
        return None
    from leaktrace.workflows.assumptions import assumed_settings

    return assumed_settings(priors or (), twins or (), without or (), table)
