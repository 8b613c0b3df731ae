"""``leaktrace batch list|show|count``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.groups import Group, command_group, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import count, next_step, show, table
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.case.records import Batch

_BUYER = re.compile(r"(?:^|; )(?:buyer|买家|买方|購買者|买受人)\s*[:：]\s*([^;]+)", re.IGNORECASE)


def command() -> Group:
    """The group ``batch`` with its commands."""
    members = {
        "list": one_command("batch list", list_),
        "show": one_command(
            "batch show",
            show_,
            _(
                "How a list was made: column names, number and date formats, order, tags, "
                "spreadsheet metadata, carriers and regions. It is evidence of who exported the "
                "list and of lineage, beside what other batches of the case share of it."
            ),
        ),
        "count": one_command("batch count", count_, _count_details()),
    }
    return command_group("batch", members)


def _count_details() -> str:
    return _(
        "All batches where none is named. A column belongs to a tier only where you say so with "
        "--tier; nothing is presumed to be sensitive. The thresholds are shown as information: "
        "whether and how they apply, courts decide. Time and memory grow with the rows."
    )


def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the batches."""
    with the_case(context) as case:
        batches = case.batches()
    sellers = _sellers(batches)
    if as_json:
        write_json({"batches": [_line(batch, sellers) for batch in batches]})
        return
    if not batches:
        show(_("There is no batch in this case yet."))
        next_step(_("Next: leaktrace ingest FILE, with the lists that leaked"), case=context.obj)
        return
    rows = [
        [b.id, b.file, b.seen_at.text, count(b.rows), count(b.people), sellers[b.seller]]
        for b in batches
    ]
    headers = [_("batch"), _("file"), _("seen at"), _("rows"), _("people"), _("seller")]
    show(table(headers, rows, right=(3, 4)))


def _sellers(batches: Iterable[Batch]) -> dict[str, str]:
    """Each seller as it may be shown, in the graph, too."""
    from leaktrace.graph import shown_ids

    return {"": "", **shown_ids(batch.seller for batch in batches if batch.seller)}


def _line(batch: Batch, sellers: Mapping[str, str]) -> dict[str, object]:
    return {
        "batch": batch.id,
        "file": batch.file,
        "sha256": batch.sha256,
        "seen_at": batch.seen_at.text,
        "rows": batch.rows,
        "people": batch.people,
        "seller": sellers[batch.seller],
    }


def show_(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(metavar=_("BATCH"), help=_("the batch's id"))],
    as_json: AsJson = False,
) -> None:
    """Show how a list was made."""
    from leaktrace.case.profiles import batch_profile, shared_features, the_batch
    from leaktrace.cli.profiled import profile_json, show_profile

    with the_case(context) as case:
        one, sellers = the_batch(case, batch), _sellers(case.batches())
        profile, shared = batch_profile(case, one), shared_features(case, batch)
        members = case.list_facts(batch).get("members", [])
    if as_json:
        write_json(_line(one, sellers) | profile_json(one, profile, members, shared))
    else:
        show_profile(one, profile, members, shared)


def count_(
    context: typer.Context,
    batches: Annotated[
        list[str] | None, typer.Argument(metavar=_("BATCH"), help=_("batches; else all"))
    ] = None,
    tier: Annotated[
        list[str] | None,
        typer.Option(
            "--tier",
            metavar=_("[BATCH:]COLUMN=TIER"),
            help=_(
                "what a column holds: 50, 500, 5000, or a kind such as credit, health or 征信信息; "
                "repeatable"
            ),
        ),
    ] = None,
    buyer: Annotated[
        list[str] | None,
        typer.Option(
            "--buyer",
            metavar=_("BATCH=BUYER"),
            help=_("to whom a batch was sold or given; repeatable"),
        ),
    ] = None,
    buyers: Annotated[
        bool,
        typer.Option("--buyers", help=_("take buyers from the manifest's column buyer (买家)")),
    ] = False,
    in_duty: Annotated[
        bool,
        typer.Option(
            "--in-duty",
            help=_("obtained in performing duties or providing services: half the thresholds"),
        ),
    ] = False,
    proceeds: Annotated[
        float | None,
        typer.Option("--proceeds", metavar=_("YUAN"), min=0, help=_("unlawful proceeds, in yuan")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="OUT.csv", help=_("write the counts as a table too")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count people and identifiers."""
    from leaktrace.case.counting import count_batches
    from leaktrace.case.tiering import tier_choices
    from leaktrace.cli.counted import counting_json, show_counting, write_counting

    with the_case(context) as case:
        known = case.batches()
        ids = [one.id for one in known]
        sold = _noted(known, batches) if buyers else {}
        sold |= _buyers(buyer or (), ids)
        counting = count_batches(
            case,
            batches or (),
            tiers=tier_choices(tier or (), ids),
            buyers=sold,
            in_duty=in_duty,
            proceeds=proceeds,
        )
    if out is not None:
        write_counting(out, counting)
    if as_json:
        write_json(counting_json(counting))
    else:
        show_counting(counting)


def _noted(batches: Iterable[Batch], chosen: Sequence[str] | None) -> dict[str, str]:
    found = {one.id: _BUYER.search(one.note) for one in batches if not chosen or one.id in chosen}
    return {batch: match[1].strip() for batch, match in found.items() if match}


def _buyers(pairs: Iterable[str], ids: Sequence[str]) -> dict[str, str]:
    sold = {}
    for pair in pairs:
        # A batch may have an equals sign in its name.
        batch = max((one for one in ids if pair.startswith(f"{one}=")), key=len, default="")
        name = pair[len(batch) + 1 :].strip()
        if not batch or not name:
            raise UsageError(_("--buyer takes BATCH=BUYER, with a batch of this case"))
        sold[batch] = name
    return sold
