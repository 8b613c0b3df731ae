"""``leaktrace canary check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.digests import Authority, Stamp, checked_digest, trusted
from leaktrace.cli.failures import say
from leaktrace.cli.options import AsJson
from leaktrace.cli.output import next_step
from leaktrace.cli.streams import write_json
from leaktrace.messages import _

NOT_PROVEN = 1


def check(
    proof: Annotated[Path, typer.Argument(metavar="PROOF.json", help=_("the proof"))],
    digest: Annotated[
        str | None,
        typer.Option("--digest", metavar=_("HEX"), help=_("the digest as it was published")),
    ] = None,
    stamp: Stamp = None,
    authority: Authority = None,
    as_json: AsJson = False,
) -> int:
    """Check a proof."""
    from leaktrace.canary.proving import check_proof, read_answer
    from leaktrace.cli.canaryproofs import check_json, fault_texts, show_check

    found = check_proof(
        proof,
        digest="" if digest is None else checked_digest(digest),
        stamp=None if stamp is None else read_answer(stamp),
        authorities=trusted(authority),
    )
    if as_json:
        write_json(check_json(found))
    else:
        show_check(found)
    if not found.holds:
        say(_("not proven: {reason}").format(reason=_("; ").join(fault_texts(found))))
        return NOT_PROVEN
    if not as_json:
        next_step(_("Next: compare the record with the list or the call that it is to explain."))
    return 0
