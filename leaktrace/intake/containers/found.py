"""What a walk through seized material comes upon, one file after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from leaktrace.intake.blocks import MemberReport
from leaktrace.intake.containers.limits import LIMITS, Limits
from leaktrace.intake.material import Material


@dataclass(frozen=True, slots=True)
class Unpacking:
    """How archives are opened.

    Attributes
    ----------
    passwords : tuple of str
        Tried in turn on what is encrypted; never stored, never told.
    spool : Path or None
        A folder for the encrypted files in which large members wait; made where it is missing.
        None: a member that is too large to be held in memory is refused.
    limits : Limits
    """

    passwords: tuple[str, ...] = field(default=(), repr=False)
    spool: Path | None = None
    limits: Limits = LIMITS


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file to be read: no container. ``head`` is its beginning, ``form`` as forms.py tells it."""

    material: Material
    head: bytes = field(repr=False)
    form: str
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not read: a container (its members follow), litter, or a refused member."""

    report: MemberReport


Found = Leaf | Left
