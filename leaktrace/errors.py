"""The one family of errors that leaktrace raises.

A message says what is wrong, where (file, sheet, row, column) and how to mend it, in the language
of the process, in one line, and never holds an identifier of a person.
"""

from __future__ import annotations


class LeaktraceError(Exception):
    """The work failed.

    Parameters
    ----------
    message : str
        One line, already translated: what, where, and the cure.
    code : str
        A stable machine-readable code (``"not-a-case"``, ``"key-missing"`` …).
    """

    def __init__(self, message: str, *, code: str = "failed") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class InputRefused(LeaktraceError):  # noqa: N818 - it is the refusal of one input, reported as a value
    """One input (a file, or a line of one of our own tables) cannot be taken in; others go on.

    Parameters
    ----------
    message : str
        The reason and the cure.
    code : str
        ``"empty"``, ``"binary"``, ``"truncated"``, ``"encoding"``, ``"missing"`` …
    file : str
        The file as the user named it, identifiers in it masked.
    place : str
        Sheet, row or column, where there is one; already translated.

    Attributes
    ----------
    inside : tuple of InputRefused
        Of an archive, the refusals of the files in it.
    """

    def __init__(self, message: str, *, code: str, file: str, place: str = "") -> None:
        super().__init__(message, code=code)
        self.file = file
        self.place = place
        self.inside: tuple[InputRefused, ...] = ()


class UsageError(LeaktraceError):
    """Wrong usage: exit status 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="usage")
