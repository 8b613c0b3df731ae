"""``leaktrace demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson
from leaktrace.cli.output import next_step, show, table
from leaktrace.cli.streams import write_json
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.workflows.demo import DemoBatch, DemoOutcome


def command() -> Command:
    """The command ``demo``."""
    return one_command(
        "demo",
        demo,
        _(
            "All people in it are made up. It takes less than a minute, and leaves the world, the "
            "case and its report in the folder."
        ),
    )


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar=_("DIR"), help=_("a new folder, or that of an earlier demo"))
    ] = Path("leaktrace-demo"),
    as_json: AsJson = False,
) -> None:
    """Run the demo."""
    from leaktrace.workflows.demo import run_demo

    with progress() as bars:
        outcome = run_demo(folder, bars)
    if as_json:
        write_json(_json(outcome))
        return
    _show(outcome)
    next_step(
        _("Next: open {report} in a browser.").format(report=outcome.report),
        _("Then: leaktrace -C {case} trace, and the README for lists of your own.").format(
            case=outcome.case
        ),
    )


def _show(outcome: DemoOutcome) -> None:
    from leaktrace.cli.traced import caveat
    from leaktrace.report.numbers import odds_text
    from leaktrace.report.words import verdict_word

    headers = [_("batch"), _("truth"), _("verdict"), _("named"), _("probability"), _("outcome")]
    rows = [
        [
            batch.batch,
            _truth(batch),
            verdict_word(batch.verdict),
            "\n".join(source for source, _posterior in batch.named) or "-",
            "\n".join(odds_text(posterior) for _source, posterior in batch.named),
            _outcome(batch),
        ]
        for batch in outcome.batches
    ]
    show(table(headers, rows, right=(4,)), "")
    show(
        _("{right} right, {wrong} wrong, {open} left open; a source is named from 95% on.").format(
            right=outcome.right, wrong=outcome.wrong, open=outcome.undetermined
        ),
        _("The report is in {out}.").format(out=outcome.report),
        "",
        caveat(),
    )


def _truth(batch: DemoBatch) -> str:
    parts = list(batch.truth)
    if batch.made_up > 0.9:
        return _("made up")
    if batch.made_up > 0.01:
        parts.append(_("made up"))
    return ", ".join(parts) or _("unknown source")


def _outcome(batch: DemoBatch) -> str:
    if batch.right is None:
        return _("left open")
    return _("right") if batch.right else _("wrong")


def _json(outcome: DemoOutcome) -> dict[str, Any]:
    return {
        "folder": str(outcome.folder),
        "case": str(outcome.case),
        "report": str(outcome.report),
        "graph": str(outcome.graph),
        "right": outcome.right,
        "wrong": outcome.wrong,
        "undetermined": outcome.undetermined,
        "batches": [
            {
                "batch": batch.batch,
                "type": batch.type,
                "truth": list(batch.truth),
                "made_up_share": round(batch.made_up, 4),
                "verdict": batch.verdict,
                "named": [
                    {"source": source, "posterior": posterior} for source, posterior in batch.named
                ],
                "right": batch.right,
            }
            for batch in outcome.batches
        ],
    }
