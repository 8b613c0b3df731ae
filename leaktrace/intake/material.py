"""One file as it was found: on the disk, or a member inside an archive."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

WITHIN = " › "
"""Between an archive and its member, wherever the way to a member is shown."""


class Content(Protocol):
    """The bytes of a member, kept so that they can be read as often as wanted."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def open(self) -> BinaryIO:
        """The bytes from the beginning, seekable."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """Bytes that are few enough to be held."""

    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self.data)

    def open(self) -> BinaryIO:
        """The bytes from the beginning."""
        return io.BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class Material:
    """One file as it was found.

    Attributes
    ----------
    path : Path
        The file on the disk: the material itself, or the outermost archive that it is in.
    chain : tuple of str
        The names of the members on the way to it, outermost first, as they stand in the archives:
        mask them before they are shown. Empty for the file on the disk.
    content : Content or None
        The bytes of a member; None for the file on the disk.
    """

    path: Path
    chain: tuple[str, ...] = field(default=(), repr=False)
    content: Content | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The last name on the way to it, without folders."""
        return (
            PurePosixPath(self.chain[-1].replace("\\", "/")).name if self.chain else self.path.name
        )

    @property
    def size(self) -> int:
        """Bytes. Raises OSError where the file is gone."""
        return self.path.stat().st_size if self.content is None else self.content.size

    def open(self) -> BinaryIO:
        """Its bytes from the beginning, seekable; for files use ``refusals.opening``."""
        return self.path.open("rb") if self.content is None else self.content.open()

    def inside(self, name: str, content: Content) -> Material:
        """The member ``name`` of this archive."""
        return Material(self.path, (*self.chain, name), content)
