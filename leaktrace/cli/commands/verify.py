"""``leaktrace verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.digests import checked_digest
from leaktrace.cli.failures import say
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson, PasswordFile, Passwords, passwords_of, the_case
from leaktrace.cli.outcomes import SOME_REFUSED
from leaktrace.cli.streams import write_json
from leaktrace.cli.verified import show_verified, verified_json
from leaktrace.messages import _, ngettext

DIFFERS = 1


def command() -> Command:
    """The command ``verify``."""
    return one_command(
        "verify",
        verify,
        _(
            "Every original is hashed and read again where it was, or where --original says; else "
            "the copy that the case keeps stands in. It writes nothing to the case. Status 1 where "
            "anything differs, 3 where something could not be checked. Takes as long as taking "
            "the lists in."
        ),
    )


def verify(
    context: typer.Context,
    batches: Annotated[
        list[str] | None, typer.Argument(metavar=_("BATCH"), help=_("batches; else everything"))
    ] = None,
    original: Annotated[
        Path | None,
        typer.Option(
            "--original",
            metavar=_("PATH"),
            help=_("a folder in which the originals are now, or the original itself"),
        ),
    ] = None,
    digests: Annotated[
        list[str] | None,
        typer.Option(
            "--digest",
            metavar=_("HEX"),
            help=_("a digest of leaktrace canary commit as it was published; repeatable"),
        ),
    ] = None,
    passwords: Passwords = None,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> int:
    """Verify the case."""
    from leaktrace.canary.proving import planting_checks
    from leaktrace.case import Verification
    from leaktrace.case import verify as compare

    secrets = passwords_of(passwords, password_file)
    published = [checked_digest(one) for one in digests or ()]
    with progress() as bars, the_case(context) as case:
        found = compare(case, batches or (), original=original, passwords=secrets, progress=bars)
        found = Verification((*found.checks, *planting_checks(case, published)))
    if as_json:
        write_json(verified_json(found))
    else:
        show_verified(found)
    differing, unchecked = len(found.those("differs")), len(found.those("unchecked"))
    if differing:
        say(
            ngettext(
                "{count} thing is not as it was recorded",
                "{count} things are not as they were recorded",
                differing,
            ).format(count=differing)
        )
        return DIFFERS
    return SOME_REFUSED if unchecked else 0
