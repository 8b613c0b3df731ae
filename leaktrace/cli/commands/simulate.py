"""``leaktrace simulate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson
from leaktrace.cli.output import count, next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.workflows.calibration import Calibration


def command() -> Command:
    """The command ``simulate``."""
    return one_command(
        "simulate",
        simulate,
        _(
            "The same seed and sizes give the same world. All people in it are made up. With "
            "--calibration many worlds are made and traced in memory, and a page tells how often "
            "what leaktrace says is true; it takes ten to thirty seconds a world."
        ),
    )


def simulate(
    folder: Annotated[
        Path | None, typer.Argument(metavar=_("DIR"), help=_("where the world goes"))
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="N", help=_("which world; with --calibration the first")),
    ] = None,
    sources: Annotated[
        int | None, typer.Option("--sources", metavar="N", help=_("how many known sources"))
    ] = None,
    batches: Annotated[
        int | None, typer.Option("--batches", metavar="N", help=_("how many leaked lists"))
    ] = None,
    family: Annotated[
        list[str] | None,
        typer.Option(
            "--family",
            metavar=_("NAME"),
            help=_("which kind of world: easy, hard, …; with --calibration repeatable"),
        ),
    ] = None,
    calibration: Annotated[
        Path | None,
        typer.Option(
            "--calibration",
            metavar="OUT.html",
            help=_("trace fresh worlds and report how good the answers are; no DIR"),
        ),
    ] = None,
    seeds: Annotated[
        int | None,
        typer.Option(
            "--seeds", metavar="N", help=_("with --calibration: how many worlds of each family")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a world with known truth, or check the answers on many."""
    if calibration is not None:
        if folder is not None:
            raise UsageError(_("--calibration writes no world: leave DIR out"))
        _calibrate(calibration, seed, seeds, sources, batches, family or [], as_json)
        return
    if folder is None:
        raise UsageError(_("{name} is missing").format(name=_("DIR")))
    if seeds is not None or len(family or []) > 1:
        raise UsageError(_("--seeds and several --family go with --calibration"))
    _write(folder, seed, sources, batches, family or [], as_json)


def _write(
    folder: Path,
    seed: int | None,
    sources: int | None,
    batches: int | None,
    families: list[str],
    as_json: bool,
) -> None:
    from leaktrace.simulate import write_world

    with progress() as bars:
        world = write_world(
            folder,
            seed=1 if seed is None else seed,
            sources=sources,
            batches=batches,
            family=families[0] if families else "standard",
            progress=bars,
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


def _calibrate(
    out: Path,
    seed: int | None,
    seeds: int | None,
    sources: int | None,
    batches: int | None,
    families: list[str],
    as_json: bool,
) -> None:
    from leaktrace.workflows import calibration

    # Before the work, which takes minutes.
    calibration.check_place(out)
    worlds = calibration.Worlds(
        tuple(dict.fromkeys(families)) or calibration.shipped_families(),
        calibration.FIRST_SEED if seed is None else seed,
        calibration.SEEDS if seeds is None else seeds,
        sources,
        batches,
    )
    with progress() as bars:
        found = calibration.calibrate(worlds, progress=bars)
    calibration.write_calibration(found, out)
    if as_json:
        write_json({"file": str(out), **calibration.as_document(found)})
        return
    _show(found, out)


def _show(found: Calibration, out: Path) -> None:
    from leaktrace.workflows.calibration import in_short

    show(*in_short(found), "", _("The report is in {out}.").format(out=out))
    next_step(_("Next: open it in a browser; it says what these figures do not mean, too."))
