"""Checking a case against its originals, its own files and its ledger; nothing is written to it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leaktrace.case.chain import chain_faults
from leaktrace.case.checksums import checksums_of, differing
from leaktrace.case.custody import CustodyRecord, custody_records
from leaktrace.case.finding import Finder
from leaktrace.case.foreign import foreign_names
from leaktrace.case.heads import HeadCheck, compare_head
from leaktrace.case.kept import KeptOriginal, kept_original
from leaktrace.case.layout import LISTS, ORIGINALS
from leaktrace.case.ledger import read_ledger
from leaktrace.case.rereading import Rereader, differences
from leaktrace.case.scratch import scratch_folder
from leaktrace.case.workers import a_worker
from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.intake.refusals import shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

if TYPE_CHECKING:
    from leaktrace.case.case import Case

SAME, DIFFERS, UNCHECKED = "same", "differs", "unchecked"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was compared.

    Attributes
    ----------
    subject, subject_id : str
        ``"batch"``, ``"reference"`` or ``"refused"`` with the batch, the source or the file;
        ``"ledger"`` or ``"case"`` with nothing.
    part : str
        ``"original"`` (its bytes), ``"kept"`` (the copy in the case), ``"files"`` (the stored
        list's own), ``"reading"`` (what reading the original again gives), ``"sums"``,
        ``"database"``, ``"chain"``, ``"head"`` (its newest link, kept outside the case),
        ``"folder"`` (what lies in the case's own folders).
    state : str
        ``"same"``, ``"differs"`` or ``"unchecked"``.
    code, place : str
        What differs or why it was not checked, and where in it; empty where it is the same.
    text : str
        What the intake says of an original that it cannot read now.
    """

    subject: str
    subject_id: str
    part: str
    state: str
    code: str = ""
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was compared, in the order in which the inputs came in, the case itself last."""

    checks: tuple[Check, ...]

    def those(self, state: str) -> tuple[Check, ...]:
        """The checks that ended so."""
        return tuple(check for check in self.checks if check.state == state)


def verify(
    case: Case,
    batches: Sequence[str] = (),
    *,
    original: Path | None = None,
    passwords: Sequence[str] = (),
    progress: Progress = SILENT,
    worker: Worker | None = None,
) -> Verification:
    """Compare every input of the case, or those of ``batches``, with what was recorded of it.

    The original is looked for where it was, or in ``original`` (a folder, or the file itself), else
    the copy that the case keeps stands in for it. It is read again with the same settings, into a
    temporary folder outside the case, which holds tokens only and is removed.

    Raises
    ------
    LeaktraceError
        ``"unknown-batch"``.
    """
    checks: list[Check] = []
    try:
        records = custody_records(case, batches)
    except LeaktraceError as error:
        if error.code != "damaged":
            raise
        return Verification((Check("ledger", "", "chain", DIFFERS, "sealed"), *_itself(case)))
    except sqlite3.DatabaseError:
        return Verification(tuple(_itself(case)))
    progress.begin(_("Comparing originals"), len(records))
    with a_worker(worker) as reader, scratch_folder() as scratch:
        rereader = Rereader(reader, case.key, scratch, tuple(passwords), SILENT)
        verifier = _Verifier(case, Finder(original), rereader)
        for record in records:
            try:
                checks += verifier.checks(record)
            except LeaktraceError as error:
                if error.code != "damaged":
                    raise
                checks.append(Check("ledger", "", "chain", DIFFERS, "sealed"))
            progress.advance()
    progress.end()
    return Verification((*checks, *_itself(case)))


class _Verifier:
    def __init__(self, case: Case, finder: Finder, rereader: Rereader) -> None:
        self._case = case
        self._finder = finder
        self._rereader = rereader

    def checks(self, record: CustodyRecord) -> Iterator[Check]:
        """Everything that can be compared of one input."""

        def check(part: str, *told: str) -> Check:
            name = record.subject_id if record.subject != "refused" else record.file
            return Check(record.subject, name, part, *told)

        if record.subject == "refused" and not (record.sha256 and record.current):
            return
        kept, problem = self._kept(record)
        if record.kept:
            yield check("kept", DIFFERS if problem else SAME, problem)
        source, state, code = self._source(record, kept)
        yield check("original", state, code)
        if record.list is None:
            return
        if not record.adds_up:
            yield check("sums", DIFFERS, "sums")
        for told in self._files(record.list):
            yield check("files", *told)
        if record.form == "store":
            for told in self._reading(record, source, code):
                yield check("reading", *told)

    def _kept(self, record: CustodyRecord) -> tuple[KeptOriginal | None, str]:
        """The copy of the original that the case keeps, if it is sound; else what is wrong."""
        if not record.kept:
            return None, ""
        kept = kept_original(self._case.folder / ORIGINALS, self._case.key, record.sha256)
        if not kept.path.is_file():
            return None, "gone"
        digest = hashlib.sha256()
        try:
            for piece in kept.pieces():
                digest.update(piece)
        except LeaktraceError:
            return None, "damaged"
        return (kept, "") if digest.hexdigest() == record.sha256 else (None, "damaged")

    def _source(
        self, record: CustodyRecord, kept: KeptOriginal | None
    ) -> tuple[Path | KeptOriginal | None, str, str]:
        """Where the original's bytes can be had, and how its comparison ended."""
        found = self._finder.find(record.original)
        if found is None:
            return (kept, SAME, "kept") if kept else (None, UNCHECKED, "missing")
        sha256 = self._finder.sha256(found)
        if sha256 == record.sha256:
            return found, SAME, ""
        return kept, *((DIFFERS, "other-bytes") if sha256 else (UNCHECKED, "unreadable"))

    def _files(self, digest: str) -> list[tuple[str, ...]]:
        folder = self._case.folder / LISTS / digest
        files = self._case.list_checksums(digest)
        if files is None:
            return [(UNCHECKED, "no-checksums")]
        wrong = differing(files, checksums_of(folder) if folder.is_dir() else {})
        told = [
            (DIFFERS, "damaged", name) if name in files else (DIFFERS, "foreign", shown(name))
            for name in wrong
        ]
        return [*told] or [(SAME,)]

    def _reading(
        self, record: CustodyRecord, source: Path | KeptOriginal | None, problem: str
    ) -> list[tuple[str, ...]]:
        if source is None:
            reasons = {"other-bytes": "other-original", "unreadable": "unreadable"}
            return [(UNCHECKED, reasons.get(problem, "no-original"))]
        try:
            now = self._rereader.read(source, record)
        except InputRefused as error:
            return [(UNCHECKED, error.code, "", error.message)]
        except IndexError:
            return [(DIFFERS, "counts", "tables")]
        files = self._case.list_checksums(record.list or "")
        found = list(differences(record, files, now))
        told = [(DIFFERS if one.certain else UNCHECKED, one.code, one.place) for one in found]
        return [*told] or [(SAME,)]


def _itself(case: Case) -> list[Check]:
    """The checks of the case's own folders and of its ledger."""
    try:
        return [*_folders(case), *_ledger(case)]
    except sqlite3.DatabaseError:
        # A changed byte can make a table end in the middle of a row.
        return [Check("ledger", "", "database", DIFFERS, "damaged")]


def _folders(case: Case) -> list[Check]:
    names = foreign_names(case)
    strange = [Check("case", "", "folder", DIFFERS, "foreign", name) for name in names]
    return strange or [Check("case", "", "folder", SAME)]


def _ledger(case: Case) -> list[Check]:
    problem = case.ledger.execute("PRAGMA integrity_check(1)").fetchone()[0]
    sound = problem == "ok" and not case.ledger.execute("PRAGMA foreign_key_check").fetchone()
    checks = [
        Check("ledger", "", "database", SAME if sound else DIFFERS, "" if sound else "damaged")
    ]
    faults = chain_faults(case.ledger, case.key)
    for fault in faults:
        state = UNCHECKED if fault.code == "no-chain" else DIFFERS
        place = " ".join(part for part in (fault.subject, fault.subject_id) if part)
        checks.append(Check("ledger", "", "chain", state, fault.code, place))
    whole = [] if faults else [Check("ledger", "", "chain", SAME)]
    return [*checks, *whole, _head(case)]


def _head(case: Case) -> Check:
    found = _head_now(case)
    states = {"rolled-back": DIFFERS, "bad-head": UNCHECKED}
    # That no head was kept of this copy is said, and is no fault: it may come from elsewhere.
    code = "" if found.code == "same" else found.code
    return Check("ledger", "", "head", states.get(found.code, SAME), code, code and found.file)


def _head_now(case: Case) -> HeadCheck:
    found = compare_head(case.folder, case.ledger, case.key)
    if found.code != "rolled-back":
        return found
    # Another command may have written, and left its head, since this case was opened.
    with closing(read_ledger(case.folder)) as now:
        return compare_head(case.folder, now, case.key)
