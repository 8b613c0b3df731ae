"""How a list's own fingerprint is shown, and told in JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from leaktrace.cli.memberwords import done
from leaktrace.cli.output import count, people_text, percent, rows_text, show, table
from leaktrace.cli.profilewords import (
    feature_word,
    form_word,
    making_text,
    order_text,
    rarity_word,
    style_text,
)
from leaktrace.intake.material import WITHIN
from leaktrace.messages import _
from leaktrace.report.callwords import carrier_word
from leaktrace.report.words import identifier_word, listed

if TYPE_CHECKING:
    from leaktrace.case.profiles import SharedFeature
    from leaktrace.case.records import Batch
    from leaktrace.intake.profile import ColumnProfile, ListProfile, TableProfile

_SHOWN = 8


def profile_json(
    batch: Batch,
    profile: ListProfile,
    members: Sequence[Mapping[str, Any]],
    shared: Sequence[SharedFeature],
) -> dict[str, Any]:
    """What ``batch show --json`` adds to the batch's line."""
    return {
        "identified_rows": batch.identified_rows,
        "unidentified_rows": batch.unidentified_rows,
        "refused_rows": batch.refused_rows,
        "duplicate_rows": batch.duplicate_rows,
        "identifiers": dict(batch.identifiers),
        "members": [
            {
                name: member.get(name)
                for name in ("member", "form", "size", "sha256", "status", "code")
            }
            for member in members
        ],
        "profile_taken": profile.taken,
        "shares": {
            "swept": profile.swept,
            "never_issued": profile.never_issued,
            "made_up": profile.made_up,
            "duplicates": profile.duplicates,
        },
        "tables": [_table_json(table) for table in profile.tables],
        "shared": [
            {
                "feature": one.feature.code,
                "rarity": one.feature.rarity,
                "shared": list(one.feature.shared),
                "batches": list(one.batches),
                "of": one.of,
            }
            for one in shared
        ],
    }


def _table_json(one: TableProfile) -> dict[str, Any]:
    said = asdict(one)
    for column in said["columns"]:
        # Words that look like names are for comparing, not for eyes.
        column["hidden"] += len(column.pop("sealed"))
    return said


def show_profile(
    batch: Batch,
    profile: ListProfile,
    members: Sequence[Mapping[str, Any]],
    shared: Sequence[SharedFeature],
) -> None:
    """Print it all."""
    show(f"{batch.id}  {batch.file}", f"SHA-256 {batch.sha256}")
    show(
        _("seen {time}; {rows} (duplicates among them: {duplicates}), {people}").format(
            time=batch.seen_at.text,
            rows=rows_text(batch.rows),
            duplicates=count(batch.duplicate_rows),
            people=people_text(batch.people),
        )
    )
    show(listed(f"{identifier_word(k)} {count(n)}" for k, n in sorted(batch.identifiers.items())))
    if len(members) > 1:
        show("", _member_table(members))
    for one in profile.tables:
        _show_table(one)
    show("", _shares(profile))
    if not profile.taken:
        show(_("note: {text}").format(text=_old()))
    _show_shared(shared)


def _old() -> str:
    return _("this list was taken in by an earlier version, which noted less of its form")


def _member_table(members: Sequence[Mapping[str, Any]]) -> Any:
    rows = [
        [
            m["member"] or _("the file itself"),
            m["form"],
            count(m["size"]),
            m["sha256"],
            done(m["status"]),
        ]
        for m in members
    ]
    headers = [_("member"), _("form"), _("bytes"), "SHA-256", _("status")]
    return table(headers, rows, right=(2,))


def _show_table(one: TableProfile) -> None:
    place = WITHIN.join(part for part in (one.member, one.sheet) if part)
    show("")
    if place:
        show(_("table {name}").format(name=place))
    show(_column_table(one.columns))
    for name, text in (
        (_("form"), style_text(one.style)),
        (_("made by"), making_text(one.making)),
        (_("order of the rows"), order_text(one)),
        (_("carriers"), _counts({carrier_word(k): n for k, n in one.carriers.items()})),
        (_("regions"), _counts({k or _("unknown"): n for k, n in one.regions.items()})),
        (_("numbers in segments never issued"), count(one.never_issued)),
    ):
        if text:
            show(_("{name}: {text}").format(name=name, text=text))


def _column_table(columns: Sequence[ColumnProfile]) -> Any:
    headers = [_("column"), _("header"), _("taken for"), _("filled"), _("written"), _("words")]
    rows = [
        [str(c.column), c.header or "", _taken(c.kind), count(c.filled), _written(c), _words(c)]
        for c in columns
    ]
    return table(headers, rows, right=(0, 3))


def _taken(kind: str) -> str:
    roles = {"name": _("name"), "registered_at": _("time of registration"), "other": _("other")}
    return roles.get(kind) or identifier_word(kind)


def _written(column: ColumnProfile) -> str:
    forms = [_counts(_worded(column.numbers))]
    forms += [_parts(_worded(counts)) for counts in (column.dates, column.amounts)]
    forms += [form_word(code) for code in column.blanks]
    return listed(filter(None, forms))


def _worded(counts: Mapping[str, int]) -> dict[str, int]:
    return {form_word(code): number for code, number in counts.items()}


def _parts(counts: Mapping[str, int]) -> str:
    """What was seen in a sample, as shares of it where there are several."""
    if len(counts) < 2:
        return "".join(counts)
    total = sum(counts.values())
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    text = listed(f"{name} {percent(number / total)}" for name, number in most[:_SHOWN])
    return f"{text} …" if len(most) > _SHOWN else text


def _words(column: ColumnProfile) -> str:
    text = _parts(column.words)
    more = len(column.sealed) + column.hidden
    if more:
        text = _("{words} ({count} not shown)").format(words=text, count=more).strip()
    return _("always: {words}").format(words=text) if column.constant else text


def _counts(counts: Mapping[str, int]) -> str:
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    text = listed(f"{name} {count(number)}" for name, number in most[:_SHOWN])
    return f"{text} …" if len(most) > _SHOWN else text


def _shares(profile: ListProfile) -> str:
    named = (
        (_("people in swept runs of numbers"), profile.swept),
        (_("people in segments never issued"), profile.never_issued),
        (_("numbers made up at random, estimated"), profile.made_up),
        (_("duplicates among the identified rows"), profile.duplicates),
    )
    return listed(f"{name} {percent(share)}" for name, share in named if share is not None)


def _show_shared(shared: Sequence[SharedFeature]) -> None:
    show("")
    if not shared:
        show(_("No other batch of this case shares an uncommon feature of its form."))
        return
    rows = [
        [
            feature_word(one.feature.code),
            rarity_word(one.feature.rarity),
            "; ".join(one.feature.shared),
            listed(one.batches),
            _("{count} of {of}").format(count=len(one.batches), of=one.of),
        ]
        for one in shared
    ]
    headers = [_("shared feature"), _("among lists"), _("what"), _("with batches"), _("of others")]
    show(table(headers, rows))
    show(
        _("note: {text}").format(
            text=_(
                "a shared form is evidence of who exported the lists, or that one was cut from "
                "the other; a common program, template or reseller explains it too"
            )
        )
    )
