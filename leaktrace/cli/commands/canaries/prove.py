"""``leaktrace canary prove``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.asking import agreed
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step, quoted, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.canary.proving import Proof


def prove(
    context: typer.Context,
    canary: Annotated[
        str,
        typer.Argument(metavar=_("CANARY|PLANTING"), help=_("a canary, or a planting's number")),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="PROOF.json", help=_("a new file"))],
    source: Annotated[
        str | None,
        typer.Option("--source", metavar=_("ID"), help=_("where, of a canary in several sources")),
    ] = None,
    commitment: Annotated[
        int | None,
        typer.Option("--commitment", min=1, help=_("by this one; else the oldest that is stamped")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("do not ask"))] = False,
    as_json: AsJson = False,
) -> None:
    """Open one planting."""
    from leaktrace.canary.proving import prove as make
    from leaktrace.canary.proving import write_proof

    with the_case(context) as case:
        made = make(case, canary, source, commitment=commitment)
        agreed(_disclosed(made), yes=yes)
        write_proof(made, out)
    if as_json:
        write_json(_document(made, out))
        return
    show(_("The proof is in {file}.").format(file=out), _disclosed(made))
    if made.commitment.stamp is None:
        show(_("It has no time stamp: whoever checks it needs the digest as it was published."))
    next_step(
        _("Next: whoever receives it runs leaktrace canary check {file} --digest DIGEST; no case "
          "is needed").format(file=quoted(out)),
    )  # fmt: skip
    next_step(
        _("When it was handed over: leaktrace canary burn {canary} --why TEXT").format(
            canary=made.said["canary"]
        ),
        case=context.obj,
    )


def _disclosed(made: Proof) -> str:
    """What whoever gets the proof learns."""
    said, plantings = made.said, made.commitment.plantings
    if not said["source"]:
        return _(
            "The file shows control {canary} in plain (its number and name), that it was never "
            "planted, and that there were {plantings} plantings; of the others nothing. Whoever "
            "reads it knows it from then on, so count it as burnt."
        ).format(canary=said["canary"], plantings=plantings)
    return _(
        "The file shows canary {canary} in plain (its number, name and marks), its planting at "
        "{source}, who planted it, and that there were {plantings} plantings; of the others "
        "nothing. Whoever reads it can spare this canary, so count it as burnt."
    ).format(canary=said["canary"], source=said["source"], plantings=plantings)


def _document(made: Proof, out: Path) -> dict[str, object]:
    from leaktrace.cli.canaryproofs import commitment_json

    said = made.said
    return {
        "file": str(out),
        "canary": said["canary"],
        "source": said["source"],
        "planting": said["planting"],
        "discloses": sorted(name for name, value in said.items() if value not in ("", [], {})),
        "commitment": commitment_json(made.commitment),
        "stamped": made.commitment.stamp is not None,
        "later": made.later and commitment_json(made.later.commitment),
    }
