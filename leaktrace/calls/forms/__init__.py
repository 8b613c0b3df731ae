"""The files that hold calls: each form gives rows of the table CALLS."""

from leaktrace.calls.forms.reading import read_calls_file
from leaktrace.calls.forms.rows import CallRows

__all__ = ["CallRows", "read_calls_file"]
