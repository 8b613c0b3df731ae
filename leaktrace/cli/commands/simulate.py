"""``leaktrace simulate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson
from leaktrace.cli.output import count, next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _


def command() -> Command:
    """The command ``simulate``."""
    return one_command(
        "simulate",
        simulate,
        _("The same seed and sizes give the same world. All people in it are made up."),
    )


def simulate(
    folder: Annotated[Path, typer.Argument(metavar=_("DIR"), help=_("where the world goes"))],
    seed: Annotated[int, typer.Option("--seed", metavar="N", help=_("which world"))] = 1,
    sources: Annotated[
        int | None, typer.Option("--sources", metavar="N", help=_("how many known sources"))
    ] = None,
    batches: Annotated[
        int | None, typer.Option("--batches", metavar="N", help=_("how many leaked lists"))
    ] = None,
    family: Annotated[
        str,
        typer.Option("--family", metavar=_("NAME"), help=_("which kind of world: easy, hard, …")),
    ] = "standard",
    as_json: AsJson = False,
) -> None:
    """Write a world with known truth."""
    from leaktrace.simulate import write_world

    with progress() as bars:
        world = write_world(
            folder, seed=seed, sources=sources, batches=batches, family=family, progress=bars
        )
    if as_json:
        write_json({"folder": str(folder), **world.summary()})
        return
    show(
        _("{folder}: {sources} sources, {batches} leaked lists; the truth is in TRUTH.json").format(
            folder=folder, sources=count(len(world.sources)), batches=count(len(world.seen))
        )
    )
    next_step(
        _("Next: leaktrace init CASE, then source import, canary import and ingest its files.")
    )
