"""A seized list, of any form that is known, to blocks of rows with their identifiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from leaktrace.errors import InputRefused
from leaktrace.intake.blocks import ListReading, MemberReport, RowBlock
from leaktrace.intake.containers.found import Found, Leaf, Left, Unpacking
from leaktrace.intake.containers.walk import walk
from leaktrace.intake.forms import DOCUMENTS, document_of, text_document
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.mapping import check_columns, checked_kinds
from leaktrace.intake.material import WITHIN, Material
from leaktrace.intake.opened import OpenedList
from leaktrace.intake.recognition import Wanted
from leaktrace.intake.refusals import refused, shown, shown_member
from leaktrace.intake.tally import Tally
from leaktrace.messages import _


@dataclass(slots=True)
class _Road:
    """What all files of one reading have in common."""

    mapping: Mapping[str, str]
    wanted: Wanted
    reading: ListReading
    tally: Tally
    known: KnownNames = field(default_factory=KnownNames)
    refusals: list[InputRefused] = field(default_factory=list)


def open_list(
    path: Path | Material,
    *,
    mapping: Mapping[str, str] | None = None,
    wanted: frozenset[str] | None = None,
    cells: bool = True,
    passwords: Sequence[str] = (),
    spool: Path | None = None,
) -> ListReading:
    """The list in ``path``, to be read block by block in this process.

    Memory does not grow with a text file. For files that nobody vouches for, call a function that
    reads them through :class:`~leaktrace.intake.worker.Worker`.

    Parameters
    ----------
    path : Path or Material
        A text in any encoding that is known, a workbook, a document, or an archive of these.
    mapping : mapping, optional
        Header, or number of the column from 1, to an identifier kind, ``"name"``,
        ``"registered_at"`` or ``"ignore"``, or to a word for one of them.
    wanted : frozenset of str, optional
        The identifier kinds that are asked for, and ``"name"`` and ``"registered_at"`` where
        blocks are to carry these; all by default. Rows count as identified by them alone.
    cells : bool
        Whether blocks carry the text of their cells.
    passwords : sequence of str
        Tried on what is encrypted.
    spool : Path, optional
        A folder where large members of archives may wait, encrypted; the caller removes it.

    Raises
    ------
    InputRefused
        Here or while the blocks are read: ``"missing"``, ``"not-a-file"``, ``"permission"``,
        ``"empty"``, ``"binary"``, ``"archive"``, ``"document"``, ``"encoding"``,
        ``"truncated"``, ``"encrypted"``, ``"too-many-columns"``, ``"too-big"``,
        ``"excel-damaged"``; ``"nothing-read"`` where every member of an archive was refused
        (``inside`` tells why each).
    UsageError
        Where ``mapping`` names a kind or a column that there is not.
    """
    mapping = checked_kinds(mapping or {})
    material = path if isinstance(path, Material) else Material(path)
    reading = ListReading(blocks=iter(()))
    road = _Road(mapping, Wanted(wanted, cells), reading, Tally(material, reading))
    found = walk(material, Unpacking(tuple(passwords), spool))
    first = next(found)
    if isinstance(first, Leaf) and not first.material.chain:
        opened = _opened(road, first)
        reading.layout = opened.facts
        if opened.form == "text":
            reading.size = first.material.size
        if isinstance(opened.tables, list):
            check_columns(mapping, [table.columns() for table in opened.tables])
        reading.blocks = _finished(road, _tables(road, first, opened))
    else:
        reading.blocks = _finished(road, _members(road, material, chain([first], found)))
    return reading


def _opened(road: _Road, leaf: Leaf) -> OpenedList:
    document = None
    if leaf.form in DOCUMENTS:
        document = document_of(leaf.material, leaf.form)
    elif leaf.form == "text":
        document = text_document(leaf.material, leaf.head)
    if document is not None:
        from leaktrace.intake.documents.recordlist import open_document

        return open_document(leaf.material, document, road.mapping, road.wanted, road.known)
    from leaktrace.intake.textlist import open_text

    return open_text(leaf.material, leaf.head, road.mapping, road.wanted, road.known)


def _members(road: _Road, material: Material, found: Iterator[Found]) -> Iterator[RowBlock]:
    """The blocks of all members of an archive; what cannot be read is reported and left."""
    for one in found:
        if isinstance(one, Left):
            road.reading.members.append(one.report)
            if one.report.status == "refused":
                road.refusals.append(_refusal_of(material, one.report))
            continue
        try:
            yield from _tables(road, one, _opened(road, one))
        except InputRefused as error:
            road.refusals.append(error)
            report = _report(one, one.form, "refused")
            road.reading.members.append(replace(report, code=error.code, reason=error.message))
    road.reading.layout.setdefault("form", road.reading.members[0].form)
    if not any(member.status == "read" for member in road.reading.members):
        raise _nothing_read(material, road.refusals)


def _tables(road: _Road, leaf: Leaf, opened: OpenedList) -> Iterator[RowBlock]:
    """The blocks of one file."""
    member = shown_member(leaf.material)
    for table in opened.tables:
        number = road.tally.add_table(table, member=member)
        yield from road.tally.counted(table.blocks(number))
    road.reading.warnings.extend(opened.warnings)
    report = _report(leaf, opened.form, "read")
    road.reading.members.append(replace(report, facts=dict(opened.facts)))


def _report(leaf: Leaf, form: str, status: str) -> MemberReport:
    return MemberReport(shown_member(leaf.material), form, leaf.size, leaf.sha256, status)


def _refusal_of(material: Material, report: MemberReport) -> InputRefused:
    file = WITHIN.join(filter(None, (shown(material), report.member)))
    return InputRefused(report.reason, code=report.code, file=file)


def _nothing_read(material: Material, refusals: Sequence[InputRefused]) -> InputRefused:
    """The refusal of an archive in which nothing could be read."""
    if len(refusals) == 1:
        return refusals[0]
    message = _("{file}: none of the {count} files in it could be read. The first: {reason}")
    message = message.replace("{count}", str(len(refusals)))
    codes = {refusal.code for refusal in refusals}
    first = refusals[0].message if refusals else ""
    # One reason for all is the archive's own.
    code = codes.pop() if len(codes) == 1 else "nothing-read"
    error = refused(material, code, message.replace("{reason}", first))
    error.inside = tuple(refusals)
    return error


def _finished(road: _Road, blocks: Iterator[RowBlock]) -> Iterator[RowBlock]:
    yield from blocks
    check_columns(road.mapping, road.tally.headers())
    road.tally.finish()
