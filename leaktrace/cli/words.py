"""typer's own words, in the language of the process.

typer carries its help and usage words as constants and English sentences, most of them out of
gettext's reach; they are set or said anew here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from leaktrace.messages import _


def translate_help() -> None:
    """Set the panel titles and marks of typer's help to the language of the process."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.DEFAULT_STRING = "[" + _("default: {value}").format(value="{}") + "]"
    rich_utils.REQUIRED_LONG_STRING = "[" + _("required") + "]"
    if not isinstance(rich_utils.highlighter, _Folding):
        rich_utils.highlighter = cast(Any, _Folding(rich_utils.highlighter))


class _Folding:
    """typer's highlighter, whose texts are folded where they are too wide.

    A Chinese sentence is one word to it, and was cut where the terminal is narrow.
    """

    def __init__(self, highlighter: Callable[[Any], Any]) -> None:
        self._highlighter = highlighter

    def __call__(self, text: Any) -> Any:
        found = self._highlighter(text)
        found.overflow = "fold"
        return found


def usage_line(line: str) -> str:
    """typer's usage line with its one English word said in the language of the process."""
    return line.replace("Usage:", _("Usage:"), 1)


def usage_message(error: Any) -> str:
    """What is wrong with the command line; empty where the help was shown instead."""
    name = type(error).__name__
    if name == "NoArgsIsHelpError":
        return ""
    if name == "NoSuchOption":
        return _no_such_option(error)
    if name == "BadOptionUsage" and "does not take" in error.message:
        return _("the option {option} takes no value").format(option=error.option_name)
    if name == "BadOptionUsage":
        return _("the option {option} needs a value").format(option=error.option_name)
    if name == "MissingParameter":
        return _("{name} is missing").format(name=_parameter(error))
    if name == "BadParameter":
        return _bad_value(error)
    return _sentence(str(error.format_message()))


def usage_help(error: Any) -> list[str]:
    """The usage line of the command in question, and where its help is."""
    context = getattr(error, "ctx", None)
    if context is None:
        return []
    asked = f"{context.command_path} --help"
    return [usage_line(context.get_usage()), _("“{command}” explains it.").format(command=asked)]


def _no_such_option(error: Any) -> str:
    message = _("there is no option {option}").format(option=error.option_name)
    if not error.possibilities:
        return message
    likely = ", ".join(sorted(error.possibilities))
    return _("{message}; did you mean {likely}?").format(message=message, likely=likely)


def _bad_value(error: Any) -> str:
    # A cause is typer's own check of a type, in English; without one the message is ours.
    if error.__cause__ is None:
        return str(error.message)
    kind = error.param.type_descriptor
    if kind.choices:
        wanted = ", ".join(str(choice) for choice in kind.choices)
        return _("{name} takes one of: {choices}").format(name=_parameter(error), choices=wanted)
    if kind.annotation in (int, float):
        return _("{name} takes a number").format(name=_parameter(error))
    return _("the value of {name} cannot be used").format(name=_parameter(error))


def _parameter(error: Any) -> str:
    if error.param is None:
        return "?"
    longest: str = max(error.param.opts, key=len)
    return longest if longest.startswith("-") else str(error.param.metavar or longest).upper()


def _sentence(message: str) -> str:
    if message == "Missing command.":
        return _("a command is missing")
    if message.startswith("Got unexpected extra argument"):
        extra = message.partition("(s) (")[2].rstrip(")")
        return _("there is no use for {argument}").format(argument=extra)
    return message
