"""Calls and messages on canary numbers: taken in, read, and put together into campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaktrace.calls.campaign import campaigns
    from leaktrace.calls.reading import read_calls
    from leaktrace.calls.taking import import_calls

_HOMES = {"campaigns": "campaign", "import_calls": "taking", "read_calls": "reading"}

__all__ = ["campaigns", "import_calls", "read_calls"]


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
