"""From a seized file to rows of identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaktrace.intake.reading import open_list

__all__ = ["open_list"]


def __getattr__(name: str) -> Any:
    # Late, so that a worker's start does not wait for Arrow.
    if name == "open_list":
        from leaktrace.intake.reading import open_list

        return open_list
    raise AttributeError(name)
