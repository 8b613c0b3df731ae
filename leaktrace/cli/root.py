"""The root of the command line: ``leaktrace [-C CASE] [--lang zh|en] COMMAND``.

Annotations are strings here and in the commands, and typer resolves them when a command is built:
that is why a help text in them is in the language that was chosen by then.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, cast

import typer
from typer.main import get_command

from leaktrace import __version__
from leaktrace.cli.groups import LazyGroup
from leaktrace.messages import _


class Root(LazyGroup):
    """All commands, in the order in which people meet them."""

    modules = (
        "demo", "compare", "fingerprint", "key", "init", "source", "canary", "offer", "calls",
        "ingest", "batch", "custody", "verify", "trace", "watch", "graph", "report", "simulate",
    )  # fmt: skip


def root_command() -> Root:
    """The whole command line, worded in the language of the process."""
    app = typer.Typer(
        cls=Root,
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND …"),
        help=_("Where did this list come from, how sure can we be, and on what evidence?")
        + "\n\n"
        + _("Try “leaktrace demo” first: it needs no data of yours."),
    )
    app.callback()(_root)
    return cast(Root, get_command(app))


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"leaktrace {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    case: Annotated[
        Path | None,
        typer.Option(
            "--case",
            "-C",
            metavar=_("DIR"),
            help=_("the case folder; else $LEAKTRACE_CASE, else the nearest enclosing case"),
        ),
    ] = None,
    lang: Annotated[
        Literal["zh", "en"] | None,
        typer.Option(
            "--lang",
            metavar="zh|en",
            help=_("the language of all texts; else $LEAKTRACE_LANG, else the system's"),
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help=_("show the version and leave"),
        ),
    ] = False,
) -> None:
    # The language itself was read from the bare arguments before this command was built.
    context.obj = case
