"""The command ``leaktrace``: the language first, then the command asked for, then its status."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence

from leaktrace.cli.arguments import globals_first
from leaktrace.cli.failures import INTERRUPTED, debugging, status_of
from leaktrace.cli.streams import close_quietly, prepare_streams
from leaktrace.messages import choose_language, language_from


def main() -> None:
    """Run the command line of this process and leave with its exit status."""
    prepare_streams()
    if not debugging():
        warnings.simplefilter("ignore")
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        status = 1
    close_quietly()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """The exit status of one command line, its results on standard output.

    Returns
    -------
    int
        0 done; 1 the work failed; 2 wrong usage; 3 done, some inputs refused; 4 ``watch`` has news;
        130 interrupted.
    """
    arguments = globals_first(arguments)
    choose_language(language_from(arguments))
    try:
        # Imported here: help texts are made while the commands are built, in the chosen language.
        from leaktrace.cli.root import root_command

        status = root_command().main(
            list(arguments), prog_name="leaktrace", standalone_mode=False, windows_expand_args=False
        )
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:
        return status_of(error)
    if status == INTERRUPTED:  # typer has turned the interrupt into a status without a word
        return status_of(KeyboardInterrupt())
    return int(status or 0)
