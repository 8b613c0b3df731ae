"""What a command that changes the case answers: what was taken in, and what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from leaktrace.case.records import Batch, Reference
from leaktrace.errors import InputRefused
from leaktrace.intake.blocks import ColumnReport, MemberReport, Warning


@dataclass(frozen=True, slots=True)
class Refusal:
    """One input that was not taken in.

    Attributes
    ----------
    file : str
        The file as the user named it, identifiers masked.
    code : str
        Stable: ``"missing"``, ``"date"``, ``"unknown-source"``, ``"other-bytes"`` …
    reason : str
        What is wrong and how to mend it, in the language of the process.
    row : int or None
        The row in one of our own tables, as a spreadsheet counts it.
    """

    file: str
    code: str
    reason: str
    row: int | None = None

    @classmethod
    def of(cls, error: InputRefused) -> Refusal:
        """The refusal that ``error`` tells of."""
        return cls(error.file, error.code, error.message)

    @classmethod
    def all_of(cls, error: InputRefused) -> tuple[Refusal, ...]:
        """The refusal of a file, and those of the files in it."""
        return (cls.of(error), *map(cls.of, error.inside))


@dataclass(frozen=True, slots=True)
class CreatedCase:
    """A new case: where it is, its key's fingerprint, and where its key was put."""

    folder: Path
    key_fingerprint: str
    key_file: Path


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of the lines of one of our own tables (counts of lines)."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    warnings: tuple[Warning, ...] = ()

    @property
    def nothing_accepted(self) -> bool:
        """Whether every input was refused."""
        return bool(self.refused) and not (self.added or self.updated or self.unchanged)


@dataclass(frozen=True, slots=True)
class ReferenceOutcome:
    """What became of a reference; ``status`` is ``added``, ``replaced`` or ``unchanged``.

    ``refused`` names what could not be read in an archive.
    """

    reference: Reference
    status: str
    columns: tuple[ColumnReport, ...] = ()
    warnings: tuple[Warning, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What became of one list; ``status`` is ``added``, ``updated`` or ``unchanged``.

    ``excluded`` counts by kind the numbers of nobody in the list, which are matched with nothing;
    ``members`` are the files in it, the original first.
    """

    batch: Batch
    status: str
    columns: tuple[ColumnReport, ...] = ()
    refusals: dict[str, int] = field(default_factory=dict)
    warnings: tuple[Warning, ...] = ()
    excluded: dict[str, int] = field(default_factory=dict)
    members: tuple[MemberReport, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """What became of all the lists; ``skipped`` names hidden files and litter that were left.

    ``refused`` names whole files, and members of archives (``"a.zip › b.doc"``). ``warnings`` speak
    of all the lists at once; those of one stand beside it.
    """

    batches: tuple[BatchOutcome, ...]
    refused: tuple[Refusal, ...] = ()
    skipped: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()

    @property
    def nothing_accepted(self) -> bool:
        """Whether every input was refused."""
        return bool(self.refused) and not self.batches
