"""What is recorded of plantings already, against which a planting that is told again is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leaktrace.canary.identity import comparable
from leaktrace.canary.personas import marks_told
from leaktrace.canary.proving.leaves import Circumstances
from leaktrace.canary.proving.records import read_record
from leaktrace.case.writer import Writer
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.refusals import legible

_TEXTS = ("channel", "place", "by", "authorised_by", "evidence_sha256", "note")
_OPTIONS = {"authorised_by": "authorised-by", "evidence_sha256": "evidence"}


class Told:
    """What each planting was recorded with, and whose each mark is."""

    def __init__(self, writer: Writer) -> None:
        self._records: dict[tuple[str, str | None], Mapping[str, Any]] = {}
        self._owners: dict[str, set[str]] = {}
        rows = writer.connection.execute("SELECT * FROM planting_records ORDER BY planting")
        for row in rows:
            said = read_record(row, writer.sealer).said
            self._records[said["canary"], said["source"]] = said
            self._own(said["canary"], {**said["identity"], **said["marks"]})

    def otherwise(self, canary: str, source: str | None, told: Circumstances) -> tuple[str, ...]:
        """What ``told`` says otherwise than the record of that planting, called as the options of
        the command are; what it does not say is not compared."""
        said = self._records.get((canary, source))
        return tuple(_otherwise(said, told)) if said is not None else ()

    def alike(self, canary: str, marks: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """The other canaries that were told one of ``marks``, with the kinds of these."""
        found: dict[str, set[str]] = {}
        for mark in marks_told(marks):
            for other in self._owners.get(mark, set()) - {canary}:
                found.setdefault(other, set()).add(mark.partition(":")[0])
        return {other: tuple(sorted(kinds)) for other, kinds in sorted(found.items())}

    def add(self, canary: str, source: str | None, told: Circumstances) -> None:
        """A planting that was just recorded."""
        said = {name: getattr(told, name) for name in (*_TEXTS, "true_registrant")}
        self._records[canary, source] = {**said, "marks": dict(told.marks), "identity": {}}
        self._own(canary, told.marks)

    def _own(self, canary: str, marks: Mapping[str, str]) -> None:
        for mark in marks_told(marks):
            self._owners.setdefault(mark, set()).add(canary)


def _otherwise(said: Mapping[str, Any], told: Circumstances) -> Iterator[str]:
    for name in _TEXTS:
        text = getattr(told, name)
        if text and legible(text) != said[name]:
            yield _OPTIONS.get(name, name)
    if told.true_registrant and not said["true_registrant"]:
        yield "true-registrant"
    recorded = {**said["identity"], **said["marks"]}
    for kind, text in sorted(told.marks.items()):
        if comparable(kind, legible(text)) != comparable(kind, recorded.get(kind, "")):
            yield mask_text(kind)
