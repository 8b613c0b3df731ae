"""``leaktrace fingerprint``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import (
    AsJson,
    ColumnKinds,
    KeyFile,
    PasswordFile,
    Passwords,
    column_mapping,
    key_at_hand,
    passwords_of,
)
from leaktrace.cli.output import count, next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _

_FEW = 20_000
"""People of whom the usual sample holds fewer than 200 tokens a kind."""


def command() -> Command:
    """The command ``fingerprint``."""
    return one_command(
        "fingerprint",
        fingerprint,
        _(
            "The .sketch file holds keyed pseudonyms of a sample of the list's people, never the "
            "list. It can be compared with any list or sketch under the same key. Time grows with "
            "the rows of the list, memory hardly does."
        ),
    )


def fingerprint(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("the list"))],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="OUT.sketch", help=_("where the fingerprint goes")),
    ],
    key_file: KeyFile = None,
    bare: Annotated[
        bool,
        typer.Option("--bare", help=_("leave out months of registration and keyed cells")),
    ] = False,
    scaled: Annotated[
        int | None,
        typer.Option("--scaled", metavar="N", help=_("keep one token in N; by default 100")),
    ] = None,
    columns: ColumnKinds = None,
    passwords: Passwords = None,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """Make the fingerprint of a list."""
    mapping, secrets = column_mapping(columns), passwords_of(passwords, password_file)
    key = key_at_hand(context, key_file)
    if key is None:
        raise LeaktraceError(
            _(
                "a fingerprint needs a key: an unkeyed fingerprint of phone numbers can be "
                "reversed in seconds; make one with “leaktrace key new FILE” and give it with "
                "--key FILE"
            ),
            code="key-missing",
        )
    from leaktrace.engines.local import fingerprint_file
    from leaktrace.fingerprint.fracminhash import DEFAULT_SCALED, SMALLEST_SCALED
    from leaktrace.intake.worker import Worker

    settings = (bare, mapping, DEFAULT_SCALED if scaled is None else scaled)
    with progress() as bars, Worker() as worker:
        summary = worker.call(
            fingerprint_file,
            file,
            key.secret,
            out,
            *settings,
            passwords=secrets,
            on_progress=bars,
        )
    if as_json:
        write_json(
            {
                "file": str(file),
                "out": str(out),
                "key": key.fingerprint,
                "sha256": summary.sha256,
                "people": summary.people,
                "identifiers": dict(summary.identifiers),
            }
        )
        return
    show(
        _("{out}: the fingerprint of {people} people, under the key {key}.").format(
            out=out, people=count(summary.people), key=key.fingerprint
        )
    )
    show(_key_warning(bare))
    if summary.people < _FEW and settings[2] > SMALLEST_SCALED:
        text = _(
            "note: comparisons with so small a list are rough, since one token in {scaled} is "
            "kept; “leaktrace fingerprint --scaled {finest}” gives a finer fingerprint."
        )
        show(text.format(scaled=count(settings[2]), finest=SMALLEST_SCALED))
    if key_file is None:
        next_step(_("Next: leaktrace compare LIST {out}").format(out=out), case=context.obj)
    else:
        next_step(_("Next: leaktrace compare LIST {out} --key FILE").format(out=out))


def _key_warning(bare: bool) -> str:
    if bare:
        return _(
            "Whoever holds the key can list every mobile in it; without the key it shows only "
            "counts."
        )
    return _(
        "Whoever holds the key can list every mobile in it; without the key it shows only counts "
        "and months of registration (--bare leaves the months out)."
    )
