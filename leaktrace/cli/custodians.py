"""How custody records are shown, and told in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from leaktrace.cli.memberwords import done
from leaktrace.cli.outcomes import refusal_json, show_warnings, warning_json
from leaktrace.cli.output import count, show, table
from leaktrace.cli.profilewords import making_text
from leaktrace.intake.material import WITHIN
from leaktrace.intake.refusals import shown
from leaktrace.messages import _
from leaktrace.report.words import identifier_word
from leaktrace.times import clock

if TYPE_CHECKING:
    from leaktrace.case.custody import CustodyRecord
    from leaktrace.intake.blocks import MemberReport


def custody_json(records: Sequence[CustodyRecord], link: str) -> dict[str, Any]:
    """The document of ``custody --json``: every record, and the newest link of the ledger."""
    return {"records": [_record_json(one) for one in records], "ledger_link": link}


def _record_json(one: CustodyRecord) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "id": one.subject_id,
        "current": one.current,
        "file": one.file,
        "path": one.path,
        "sha256": one.sha256,
        "size": one.original.size,
        "modified_at": one.original.modified_at,
        "taken_at": one.taken_at,
        "time_zone": one.time_zone,
        "examiner": one.examiner,
        "command": one.command,
        "version": one.version,
        "read_at": one.read_at,
        "read_version": one.read_version,
        "environment": dict(one.environment),
        "settings": _settings(one),
        "people": one.people,
        "counts": dict(one.counts),
        "adds_up": one.adds_up,
        "identifiers": dict(one.identifiers),
        "tables": [asdict(item) for item in one.tables],
        "members": [asdict(item) for item in one.members],
        "warnings": warning_json(one.warnings),
        "code": one.code,
        "reason": one.reason,
        "inside": refusal_json(one.inside),
        "kept": one.kept,
    }


def _settings(one: CustodyRecord) -> dict[str, Any]:
    # A column may have been named by what stood in its header.
    mapping = {shown(column): kind for column, kind in one.settings.get("mapping", {}).items()}
    return {**one.settings, "mapping": mapping}


def show_inputs(records: Sequence[CustodyRecord]) -> None:
    """One line for each input of the case."""
    rows = [
        [
            clock(one.taken_at),
            _subject(one),
            one.file,
            one.sha256[:16],
            count(one.counts["rows"]) if one.counts else "",
            one.examiner,
            one.reason,
        ]
        for one in records
    ]
    headers = [_("taken in"), _("as"), _("file"), "SHA-256", _("rows"), _("examiner")]
    headers.append(_("refused because"))
    if not any(row[6] for row in rows):
        headers, rows = headers[:6], [row[:6] for row in rows]
    show(table(headers, rows, right=(4,)) if rows else _("Nothing was taken in yet."))


def show_records(records: Sequence[CustodyRecord]) -> None:
    """Each record in full."""
    for one in records:
        show(f"{_subject(one)}  {one.file}")
        for label, said in _facts(one):
            show(_("  {label}: {said}").format(label=label, said=said))
        if one.members:
            show(_member_table(one.members))
        inner = [[member, said] for member, said in _makings(one) if member is not None]
        if inner:
            show(table([_("member"), _("spreadsheet metadata")], inner))
        if len(one.tables) > 1:
            show(_count_table(one))
        show_warnings(one.warnings)
        show("")


def _subject(one: CustodyRecord) -> str:
    if one.subject == "refused":
        return _("refused")
    if one.subject == "reference":
        name = _("reference of {source}").format(source=one.subject_id)
    else:
        name = one.subject_id
    return name if one.current else _("{name}, before it was taken in anew").format(name=name)


def _facts(one: CustodyRecord) -> list[list[str]]:
    said = [
        [_("path"), one.path],
        ["SHA-256", one.sha256],
        [_("size"), _("{count} bytes").format(count=count(one.original.size))],
        [_("file modified"), clock(one.original.modified_at)],
        [
            _("taken in"),
            _("{time} (the computer's time zone: {zone})").format(
                time=clock(one.taken_at), zone=one.time_zone
            ),
        ],
        [_("examiner"), one.examiner or _("not named")],
        [_("by"), f"leaktrace {one.version}, {one.command}"],
        [_("read"), f"leaktrace {one.read_version}, {clock(one.read_at)}" if one.read_at else ""],
        [_("read on"), ", ".join(f"{name} {value}" for name, value in one.environment.items())],
        [_("settings"), ", ".join(_flat("", _settings(one)))],
        [_("original"), _("kept in the case, encrypted") if one.kept else _("not kept")],
        *[[_("spreadsheet metadata"), said] for member, said in _makings(one) if member is None],
    ]
    if one.counts:
        said += [[_("rows"), _rows(one)], [_("people"), count(one.people)]]
        said.append(
            [
                _("identifiers"),
                _(", ").join(
                    f"{identifier_word(kind)} {count(number)}"
                    for kind, number in one.identifiers.items()
                ),
            ]
        )
    return [line for line in said if line[1]]


def _flat(name: str, value: Any) -> Iterator[str]:
    """Settings, those in settings too, as ``name value``; what is empty is left out."""
    if isinstance(value, Mapping):
        for inner, one in sorted(value.items()):
            yield from _flat(f"{name}.{inner}".lstrip("."), one)
    elif value not in (None, "", [], ()):
        yield f"{name} {json.dumps(value, ensure_ascii=False)}"


def _makings(one: CustodyRecord) -> list[tuple[str | None, str]]:
    """What the original and members in it say of their making: program, people, times."""
    said = ((member.member, member.facts.get("made")) for member in one.members)
    return [(member, making_text(made)) for member, made in said if isinstance(made, dict) and made]


def _rows(one: CustodyRecord) -> str:
    parts = {name: count(number) for name, number in one.counts.items()}
    said = _(
        "{rows} = {identified_rows} identified + {unidentified_rows} without an identifier + "
        "{refused_rows} refused; {duplicate_rows} of the identified are duplicates"
    ).format(**parts)
    return said if one.adds_up else _("{rows}: this does not add up").format(rows=said)


def _member_table(members: Sequence[MemberReport]) -> Any:
    rows = [
        [
            one.member or _("the file itself"),
            one.form,
            count(one.size),
            one.sha256,
            done(one.status),
            one.reason,
        ]
        for one in members
    ]
    headers = [_("member"), _("form"), _("bytes"), "SHA-256", _("what was done"), _("why")]
    return table(headers, rows, right=(2,))


def _count_table(one: CustodyRecord) -> Any:
    rows = [
        [
            WITHIN.join(part for part in (item.member, item.sheet) if part),
            count(item.rows),
            count(item.identified_rows),
            count(item.unidentified_rows),
            count(item.refused_rows),
        ]
        for item in one.tables
    ]
    headers = [
        _("table"), _("rows"), _("identified"), _("without an identifier"), _("refused"),
    ]  # fmt: skip
    return table(headers, rows, right=(1, 2, 3, 4))
