"""Batches: which sighting is new, which is known, and how each is written into the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any

from leaktrace.case import reading
from leaktrace.case.case import Case
from leaktrace.case.custodybook import Handling, enter
from leaktrace.case.keeping import settle_original, stage_original
from leaktrace.case.manifest import Sighting
from leaktrace.case.outcomes import BatchOutcome
from leaktrace.case.seentimes import SeenTimes
from leaktrace.case.settling import keep_list, settle_lists
from leaktrace.case.stored import (
    ListTask,
    Original,
    Prepared,
    original_of,
    prepare_list,
    prepare_split,
    refused_in,
)
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.sketchfile import is_sketch
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.blocks import Warning
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import Progress
from leaktrace.times import Moment

_NO_CLAIMS = dict.fromkeys(reading.CLAIMS, "")
_LONGEST = 150
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking in lists needs: the case held to write, the worker, how to read, who and when."""

    case: Case
    writer: Writer
    worker: Worker
    mapping: Mapping[str, str] | None
    split: bool
    times: SeenTimes
    progress: Progress
    handling: Handling = field(default_factory=Handling)


@dataclass(frozen=True, slots=True)
class Known:
    """A batch that the case has."""

    digest: str
    sha256: str
    file: str
    seen_at: Moment
    claims: dict[str, str]


class Batches:
    """The batches of a case while lists are taken in."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._writer = intake.writer
        self._sealer = intake.writer.sealer
        self.took_present = False

    def take(self, sighting: Sighting) -> list[BatchOutcome]:
        """Take one file in: one batch, or with ``split`` one for each of its tables.

        Raises
        ------
        InputRefused
            Then nothing of it is in the case.
        """
        _refuse_sketch(sighting)
        original = original_of(sighting.path, sighting.file)
        base = sighting.batch_id or self._name_after(sighting.file, original)
        self._refuse_other_bytes(base, original)
        prepared = self._prepared(base, sighting, original)
        keep = self._intake.handling.keep
        kept = stage_original(self._writer, sighting.path, original) if keep else None
        taken = []
        with self._writer.one_input():
            for number, one in enumerate(prepared, start=1):
                batch = base if len(prepared) == 1 else f"{base}#{number}"
                self._refuse_other_bytes(batch, original)
                taken.append((batch, *self._put(batch, one, sighting, original)))
            settle_original(self._writer, kept)
            settle_lists(self._writer, prepared)
        return [self._outcome(batch, status, doubts) for batch, status, doubts in taken]

    def _prepared(self, base: str, sighting: Sighting, original: Original) -> list[Prepared]:
        intake, mapping = self._intake, self._intake.mapping
        known = self._known_lists(base) if mapping is None else []
        before = [Prepared(one.digest) for one in known]
        if before:
            if not refused_in(self._writer, before[0]):
                return before
            # What could not be read then may be readable now: a password, a library.
            mapping = self._report(known[0].digest)["settings"]["mapping"] or None
        prepare = prepare_split if intake.split else prepare_list
        now = prepare(
            ListTask(sighting.path, original, mapping, intake.handling.passwords),
            intake.case.key,
            self._writer,
            intake.worker,
            intake.progress,
        )
        left, left_before = (refused_in(self._writer, one[0]) for one in (now, before or now))
        return before if before and not left < left_before else now

    def _known_lists(self, base: str) -> list[Known]:
        # What is known was read in a way that somebody chose; it is not read anew unless asked.
        whole = self._known(base)
        if not self._intake.split:
            return [whole] if whole else []
        parts: list[Known] = []
        while part := self._known(f"{base}#{len(parts) + 1}"):
            parts.append(part)
        if not parts and whole and self._tables(whole) < 2:
            return [whole]
        return parts

    def _tables(self, known: Known) -> int:
        columns = self._report(known.digest)["columns"]
        return len({(column["member"], column["sheet"]) for column in columns})

    def _report(self, digest: str) -> dict[str, Any]:
        return reading.read_report(self._writer.connection, self._sealer, digest)

    def _name_after(self, file: str, original: Original) -> str:
        stem = mask_text(PurePath(legible(file).replace("\\", "/")).stem)
        stem = _UNPRINTABLE.sub("", stem).strip()
        stem = stem[:_LONGEST] or "batch"
        number, name = 1, stem
        while (known := self._known(name) or self._known(f"{name}#1")) is not None:
            if known.sha256 == original.sha256:
                break
            number += 1
            name = f"{stem}~{number}"
        return name

    def _refuse_other_bytes(self, batch: str, original: Original) -> None:
        known = self._known(batch)
        if known is not None and known.sha256 != original.sha256:
            name = shown(original.file)
            raise InputRefused(
                _(
                    "{file} is not the list that batch {batch} is in this case; give it a "
                    "batch_id of its own"
                ).format(file=name, batch=batch),
                code="other-bytes",
                file=name,
            )

    def _known(self, batch: str) -> Known | None:
        row = self._writer.connection.execute(
            "SELECT * FROM batches WHERE id = ?", (batch,)
        ).fetchone()
        if row is None:
            return None
        original = self._sealer.open(row["original_sealed"], "batches.original")
        return Known(
            digest=row["list"],
            sha256=original["sha256"],
            file=original["file"],
            seen_at=Moment(row["earliest"], row["latest"], row["text"]),
            claims=self._sealer.open(row["claims_sealed"], "batches.claims"),
        )

    def _put(
        self, batch: str, list_: Prepared, sighting: Sighting, original: Original
    ) -> tuple[str, list[Warning]]:
        """Whether the batch is new, changed or neither, and what is odd about its time."""
        before = self._known(batch)
        times = self._intake.times
        said = sighting.seen_at or (before.seen_at if before else times.said)
        assumed = [times.assumed()] if said is None else []
        self.took_present |= said is None
        spoken = sighting.claims is not None
        after = Known(
            digest=list_.digest,
            sha256=original.sha256,
            file=original.file if spoken or before is None else before.file,
            seen_at=said or times.present,
            claims=sighting.claims or (before.claims if before else dict(_NO_CLAIMS)),
        )
        told = before is not None and sighting.seen_at is None
        doubts = times.doubts(batch, after.seen_at, told=told)
        if after == before:
            return "unchanged", doubts
        keep_list(self._writer, list_, original)
        self._write(batch, after, original)
        enter(self._writer, "batch", batch, list_.digest, original, self._intake.handling)
        of_list = list_.summary.warnings if list_.summary is not None else []
        for warning in (*of_list, *assumed, *doubts):
            self._writer.warn("batch", batch, warning)
        if before is None:
            return "added", doubts
        self._writer.log_change("batch", batch, asdict(before), asdict(after))
        return "updated", doubts

    def _write(self, batch: str, known: Known, original: Original) -> None:
        self._writer.connection.execute(
            "INSERT INTO batches VALUES (:id, :list, :earliest, :latest, :text, :original, "
            ":claims, :run) ON CONFLICT (id) DO UPDATE SET list = :list, earliest = :earliest, "
            "latest = :latest, text = :text, original_sealed = :original, "
            "claims_sealed = :claims, run = :run",
            {
                "id": batch,
                "list": known.digest,
                "earliest": known.seen_at.earliest,
                "latest": known.seen_at.latest,
                "text": known.seen_at.text,
                "original": self._sealer.seal(
                    asdict(original) | {"file": known.file}, "batches.original"
                ),
                "claims": self._sealer.seal(known.claims, "batches.claims"),
                "run": self._writer.run(),
            },
        )

    def _outcome(self, batch: str, status: str, doubts: Sequence[Warning]) -> BatchOutcome:
        ledger = self._writer.connection
        (record,) = reading.read_batches(ledger, self._sealer, batch)
        known = self._known(batch)
        assert known is not None
        report = reading.read_report(ledger, self._sealer, known.digest)
        return BatchOutcome(
            record,
            status,
            reading.columns_of(report),
            dict(report["refusals"]),
            (*reading.warnings_of(report), *doubts),
            dict(report.get("excluded", {})),
            reading.members_of(report),
        )


def _refuse_sketch(sighting: Sighting) -> None:
    if is_sketch(sighting.path):
        name = shown(sighting.file)
        raise InputRefused(
            _(
                "{file} is a sketch, not a leaked list; attach it with: leaktrace source reference "
                "ID FILE"
            ).format(file=name),
            code="sketch",
            file=name,
        )
