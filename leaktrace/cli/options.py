"""What several commands take: ``--json``, ``--key``, ``--map``, and the case itself."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.failures import say
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.intake.mapping import allowed_kinds, checked_kinds
from leaktrace.intake.refusals import shown
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.case import Case
    from leaktrace.fingerprint.keys import Key

# No others: a password may hold what Unicode takes for the end of a line.
_LINE_END = re.compile(r"\r\n|\r|\n")

# Imported with a command, so after the language was chosen.
AsJson = Annotated[
    bool, typer.Option("--json", help=_("one JSON document on standard output, nothing else"))
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--key", metavar=_("FILE"), help=_("a key file; else the enclosing case's key")),
]
ColumnKinds = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar=_("COLUMN=KIND"),
        help=_(
            "what a column holds, by its number or header, where the tool errs; repeatable. "
            "Kinds: {kinds}"
        ).format(kinds=allowed_kinds()),
    ),
]


Callee = Annotated[
    str,
    typer.Option(
        "--callee",
        metavar=_("NUMBER"),
        help=_("whose phone it was, where a file does not say"),
    ),
]
Examiner = Annotated[
    str | None,
    typer.Option(
        "--examiner",
        metavar=_("NAME"),
        help=_("who takes it in, for the custody record; else $LEAKTRACE_EXAMINER"),
    ),
]
KeepOriginals = Annotated[
    bool,
    typer.Option(
        "--keep-originals", help=_("keep the files themselves in the case too, encrypted")
    ),
]
Passwords = Annotated[
    list[str] | None,
    typer.Option(
        "--password",
        metavar=_("TEXT"),
        help=_(
            "tried on what is encrypted, and never stored; repeatable. Other users of this machine "
            "may see it: --passwords hides it from them"
        ),
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--passwords", metavar=_("FILE"), help=_("a file of passwords, one a line; never stored")
    ),
]


def passwords_of(given: Sequence[str] | None, file: Path | None) -> tuple[str, ...]:
    """The passwords that were given, each once, those of the command line first.

    A line of the file is a password as it stands, and one without the blanks at its end, too.

    Raises
    ------
    UsageError
        If the file cannot be read as text in UTF-8, GB 18030, or UTF-16 with a byte order mark.
    """
    lines: list[str] = []
    if file is not None:
        try:
            raw = file.read_bytes()
            text = _decoded(raw)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or _("it is no text")
            text = _("--passwords: {file} cannot be read: {reason}")
            raise UsageError(text.format(file=shown(file), reason=reason)) from None
        lines = [one for line in _LINE_END.split(text) for one in (line, line.rstrip())]
    return tuple(dict.fromkeys(one for one in (*(given or ()), *lines) if one))


def _decoded(raw: bytes) -> str:
    # What Windows Notepad calls Unicode.
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def column_mapping(pairs: Sequence[str] | None) -> dict[str, str] | None:
    """``COLUMN=KIND`` pairs as the intake takes them; None where there are none.

    Raises
    ------
    UsageError
        If a pair has no ``=``, or names no kind.
    """
    mapping: dict[str, str] = {}
    for pair in pairs or ():
        column, sign, kind = pair.rpartition("=")
        if not sign or not column or not kind:
            raise UsageError(_("--map takes COLUMN=KIND, such as --map 3=mobile"))
        mapping[column] = kind
    return checked_kinds(mapping) or None


@contextmanager
def the_case(context: typer.Context) -> Iterator[Case]:
    """The case that the command line names, or that encloses the current folder, opened."""
    from leaktrace.case import find_case, open_case

    with open_case(find_case(context.obj)) as case:
        yield case
        if case.head_problem:
            say(_head_problem(case.head_problem))


def _head_problem(code: str) -> str:
    """Why the case's newest link was not kept in the key folder; what was asked for is done."""
    if code == "unwritable":
        return _(
            "note: the key folder cannot be written, so a later cut of the ledger's end may not "
            "show; name one that can be with LEAKTRACE_KEYS"
        )
    return _(
        "note: the ledger is not the one that was last written here, or what was kept of it was "
        "changed; run: leaktrace verify"
    )


def key_at_hand(context: typer.Context, file: Path | None) -> Key | None:
    """The key in ``file``, else the case's, else None where there is no case.

    Raises
    ------
    LeaktraceError
        If the file is no key, or the case's key is not at hand.
    """
    from leaktrace.case import find_case, open_case
    from leaktrace.fingerprint.keys import load_key

    if file is not None:
        return load_key(file)
    try:
        folder = find_case(context.obj)
    except LeaktraceError:
        if context.obj is not None:
            raise
        return None
    with open_case(folder) as case:
        return case.key
