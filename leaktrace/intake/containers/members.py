"""What the modules of this package give of an archive: one member after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from leaktrace.intake.containers.unhad import Unhad

Chunks = Iterator[bytes | memoryview]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to unpack a member: its bytes piece by piece, from the beginning.

    ``chunks`` raises :class:`~leaktrace.intake.containers.unhad.Unhad`, or whatever a library
    raises at what is damaged. ``password`` is what opens it, if anything does.
    """

    chunks: Callable[[], Chunks]
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive.

    Attributes
    ----------
    name : str
        As it stands in the archive, folders included.
    ways : iterable of Way
        Tried in turn until one gives bytes that are whole; all of them before the next member is
        asked for.
    size : int or None
        Bytes as the archive declares them; it may lie.
    packed : callable or None
        The packed bytes that were read so far, where they belong to this member alone.
    packed_size : int or None
        All of its packed bytes, as the archive declares them.
    deflated : bool
        Whether it is packed by deflate.
    is_folder : bool
    left : Unhad or None
        Why it is named and not read.
    refusal : Unhad or None
        Why it cannot be had, where that is known beforehand.
    """

    name: str
    ways: Iterable[Way] = field(default=(), repr=False)
    size: int | None = None
    packed: Callable[[], int] | None = None
    packed_size: int | None = None
    deflated: bool = False
    is_folder: bool = False
    left: Unhad | None = None
    refusal: Unhad | None = None
