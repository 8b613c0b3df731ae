"""How long work tells that it moves on; the library never prints."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Watches long work: :meth:`begin` a stage, :meth:`advance` it, :meth:`end` it."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """A stage begins; ``stage`` is translated text, ``total`` its units if known."""

    def advance(self, amount: int = 1) -> None:
        """The stage moved on by ``amount`` units."""

    def end(self) -> None:
        """The stage is over."""


class Silent:
    """Watches nothing."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """Ignore."""

    def advance(self, amount: int = 1) -> None:
        """Ignore."""

    def end(self) -> None:
        """Ignore."""


SILENT: Progress = Silent()
