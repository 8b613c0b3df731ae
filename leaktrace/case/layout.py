"""What lies where in a case folder, and which folder is one."""

from __future__ import annotations

import os
from pathlib import Path

from leaktrace.errors import LeaktraceError
from leaktrace.messages import _

LEDGER = "leaktrace.sqlite"
LOCK = "writer.lock"
LISTS = "lists"
ORIGINALS = "originals"
STAGING = "staging"
TEMPLATES = "templates"
README = "README.txt"


def is_case(folder: Path) -> bool:
    """Whether ``folder`` is a case folder: it holds a ledger."""
    return (folder / LEDGER).is_file()


def find_case(explicit: Path | None = None) -> Path:
    """The case to work on: ``explicit``, else ``$LEAKTRACE_CASE``, else the nearest enclosing one.

    Raises
    ------
    LeaktraceError
        ``not-a-case`` where there is none.
    """
    named = explicit or (Path(os.environ["LEAKTRACE_CASE"]) if _from_environment() else None)
    if named is not None:
        return check_case(named.expanduser())
    here = Path.cwd()
    for folder in (here, *here.parents):
        if is_case(folder):
            return folder
    raise LeaktraceError(
        _(
            "this folder is not inside a case; go into one, name one with -C DIR, or make one "
            "with: leaktrace init DIR"
        ),
        code="not-a-case",
    )


def check_case(folder: Path) -> Path:
    """``folder``, which must be a case.

    Raises
    ------
    LeaktraceError
        ``not-a-case`` where it is none.
    """
    if not is_case(folder):
        raise LeaktraceError(
            _(
                "{folder} is not a case; name another folder, or make it one with: "
                "leaktrace init DIR"
            ).format(folder=folder),
            code="not-a-case",
        )
    return folder


def _from_environment() -> bool:
    return bool(os.environ.get("LEAKTRACE_CASE"))
