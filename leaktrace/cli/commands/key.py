"""``leaktrace key new|export|import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.groups import Group, command_group, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _

KeyPath = Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("the key file"))]


def command() -> Group:
    """The group ``key`` with its commands."""
    members = {
        "new": one_command("key new", new),
        "export": one_command("key export", export),
        "import": one_command("key import", import_),
    }
    return command_group("key", members)


def new(file: KeyPath, as_json: AsJson = False) -> None:
    """Write a fresh key."""
    from leaktrace.errors import LeaktraceError
    from leaktrace.fingerprint.keys import Key

    if file.exists():
        raise LeaktraceError(
            _("{file} exists already; name a new file for the key").format(file=file), code="exists"
        )
    key = Key.new()
    key.save(file)
    _tell(file, key.fingerprint, as_json)


def export(context: typer.Context, file: KeyPath, as_json: AsJson = False) -> None:
    """Write the case's key to a file."""
    from leaktrace.case.keyring import export_key

    with the_case(context) as case:
        fingerprint = export_key(case, file)
    _tell(file, fingerprint, as_json)


def import_(file: KeyPath, as_json: AsJson = False) -> None:
    """Put a key into the user's key folder."""
    from leaktrace.case.keyring import import_key, key_folder

    key = import_key(file)
    if as_json:
        write_json({"key": key.fingerprint, "folder": str(key_folder())})
        return
    show(
        _("The key {fingerprint} is now in {folder}.").format(
            fingerprint=key.fingerprint, folder=key_folder()
        )
    )
    next_step(_("Next: cases under this key can be opened, with leaktrace -C DIR trace."))


def _tell(file: Path, fingerprint: str, as_json: bool) -> None:
    if as_json:
        write_json({"key": fingerprint, "file": str(file)})
        return
    show(_("The key {fingerprint} is in {file}.").format(fingerprint=fingerprint, file=file))
    show(
        _(
            "Whoever holds it can list every mobile in a fingerprint made under it, in half a "
            "minute: hand it on by a safe road, and never together with a fingerprint to somebody "
            "who must not know the list."
        )
    )
    next_step(_("Next: leaktrace fingerprint LIST -o LIST.sketch --key {file}").format(file=file))
