"""``leaktrace custody``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.custodians import custody_json, show_inputs, show_records
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _


def command() -> Command:
    """The command ``custody``."""
    return one_command(
        "custody",
        custody,
        _(
            "Without a batch, every input of the case in the order in which they came in, those "
            "that were refused too. With -o it also writes the electronic-data list (电子数据清单) "
            "after article 14 of 法发〔2016〕22号, Chinese first, with room for signatures; what "
            "the tool cannot know stays blank unless you say it."
        ),
    )


def custody(
    context: typer.Context,
    batches: Annotated[
        list[str] | None, typer.Argument(metavar=_("BATCH"), help=_("batches; else all inputs"))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="OUT.html|.csv",
            help=_("write the electronic-data list: a page to print and sign, or a table"),
        ),
    ] = None,
    restore: Annotated[
        Path | None,
        typer.Option(
            "--restore",
            metavar=_("FILE"),
            help=_(
                "write the original of the batch, if the case keeps it, to this new file: it "
                "holds the people in plain"
            ),
        ),
    ] = None,
    cause: Annotated[
        str, typer.Option("--cause", metavar=_("TEXT"), help=_("case cause (案由)"))
    ] = "",
    object_: Annotated[
        str, typer.Option("--object", metavar=_("TEXT"), help=_("object (对象)"))
    ] = "",
    content: Annotated[
        str, typer.Option("--content", metavar=_("TEXT"), help=_("content (内容)"))
    ] = "",
    time: Annotated[
        str, typer.Option("--time", metavar=_("TEXT"), help=_("when it was collected (时间)"))
    ] = "",
    place: Annotated[
        str, typer.Option("--place", metavar=_("TEXT"), help=_("where it was collected (地点)"))
    ] = "",
    method: Annotated[
        str, typer.Option("--method", metavar=_("TEXT"), help=_("by what method (方法)"))
    ] = "",
    process: Annotated[
        str, typer.Option("--process", metavar=_("TEXT"), help=_("in what steps (过程)"))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show custody records."""
    from leaktrace.case import chain_head, custody_records, restore_original
    from leaktrace.report.datalist import data_list, write_data_list

    if restore is not None and len(batches or ()) != 1:
        raise UsageError(_("--restore gives back the original of one batch; name that batch"))
    said = {
        "cause": cause,
        "object": object_,
        "content": content,
        "time": time,
        "place": place,
        "method": method,
        "process": process,
    }
    with the_case(context) as case:
        records = custody_records(case, batches or ())
        link = chain_head(case.ledger)
        if out is not None:
            write_data_list(out, data_list(records, said, link))
        if restore is not None:
            restore_original(case, (batches or [""])[0], restore)
    if as_json:
        write_json(custody_json(records, link))
        return
    if batches:
        show_records(records)
    else:
        show_inputs(records)
    if out is not None:
        show(_("The electronic-data list is in {out}.").format(out=out))
    if restore is not None:
        show(
            _("The original is in {out}, with all people in plain: keep it safe.").format(
                out=restore
            )
        )
    next_step(_("Next: leaktrace verify, which compares all this anew"), case=context.obj)
