"""typer's commands and groups, worded in the chosen language and imported only when called."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.main import get_command

from leaktrace.cli.summaries import summary
from leaktrace.cli.words import translate_help, usage_line
from leaktrace.errors import UsageError
from leaktrace.messages import _


class _Worded:
    """What typer says in English, said in the language of the process."""

    def get_usage(self, ctx: Any) -> str:
        return usage_line(super().get_usage(ctx))  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("show this help and leave")
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        translate_help()
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]
            if isinstance(parameter, TyperArgument) or parameter.metavar is None:
                # Python's names of types ("<list[Path]>") tell our readers nothing.
                parameter.display_type_rich = _no_type
        super().format_help(ctx, formatter)  # type: ignore[misc]


def _no_type(ctx: Any) -> None:
    """No type is shown."""


class Command(_Worded, TyperCommand):
    """One command."""


class Group(_Worded, TyperGroup):
    """Commands under one name; an unknown one is answered with those that there are."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if not name.startswith("-") and name not in self.list_commands(ctx):
            raise UsageError(
                _("there is no command “{name}” under “{group}”; there are: {commands}").format(
                    name=name, group=ctx.command_path, commands=", ".join(self.list_commands(ctx))
                )
            )
        return super().resolve_command(ctx, args)


class LazyGroup(Group):
    """The root: a command's module is imported when the command is called, not for the listing."""

    modules: tuple[str, ...] = ()
    _listing = False

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.modules:
            return None
        if self._listing:
            return TyperCommand(cmd_name, help=summary(cmd_name))
        module = importlib.import_module(f"leaktrace.cli.commands.{cmd_name}")
        return module.command()

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False


def one_command(name: str, function: Callable[..., int | None], details: str = "") -> Command:
    """The command ``name``, whose help is its summary and ``details``; ``function`` does it."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    text = f"{summary(name)}\n\n{details}" if details else summary(name)
    last = name.rpartition(" ")[2]
    app.command(last, cls=Command, help=text, options_metavar=_("[OPTIONS]"))(function)
    return cast(Command, get_command(app))


def command_group(name: str, members: Mapping[str, Command | Group]) -> Group:
    """The commands ``members`` under ``name`` (``"canary pool"``)."""
    return Group(
        name=name.rpartition(" ")[2],
        commands=dict(members),
        help=summary(name),
        no_args_is_help=True,
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND …"),
    )
