"""The canaries of a case, as tables, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leaktrace.cli.fitted import fitted
from leaktrace.cli.output import count, show
from leaktrace.cli.pooled import happening_json, show_history, state_cells, state_json
from leaktrace.cli.poolwords import how_word, kind_word
from leaktrace.messages import _
from leaktrace.times import day_text, time_text

if TYPE_CHECKING:
    from leaktrace.canary.pool.roll import RollEntry
    from leaktrace.canary.pool.sightings import Seen

IDENTITY = ("mobile", "name", "id_number", "email", "address")


def entry_json(entry: RollEntry, *, whole: bool = False) -> dict[str, Any]:
    """A canary; with its history and those who knew of it where ``whole``."""
    said: dict[str, Any] = {
        "canary": entry.canary.id,
        **(state_json(entry.state) or {}),
        "plantings": [
            {"source": one.source, "planted_at": one.planted_at.text or None}
            for one in entry.canary.plantings
        ],
        "numbers": [
            {"number": one.id, "kind": one.kind, **(state_json(one.state) or {"state": None})}
            for one in entry.numbers
        ],
        "known_to": len({one.who for one in entry.knowers}),
        "seen": [_seen_json(one) for one in entry.seen],
        "found_early": _seen_json(entry.early) if entry.early else None,
    }
    if whole:
        said["knowers"] = [
            {"who": one.who, "how": one.how, "since": one.since.text} for one in entry.knowers
        ]
        said["history"] = [happening_json(one) for one in entry.history]
    return said


def _seen_json(one: Seen) -> dict[str, str]:
    return {"place": one.place, "place_id": one.place_id, "at": one.at.text}


def show_roll(entries: Sequence[RollEntry]) -> None:
    """Print the canaries."""
    headers = [_("canary"), _("state"), _("since"), _("why"), _("planted in"), _("uses")]
    headers += [_("known to"), _("in lists")]
    rows = [
        [
            entry.canary.id,
            *state_cells(entry.state, entry.history),
            _sources(entry),
            ", ".join(one.id for one in entry.numbers),
            count(len({one.who for one in entry.knowers})),
            count(len(entry.seen)),
        ]
        for entry in entries
    ]
    show(*fitted(headers, rows, right=(6, 7)))


def _sources(entry: RollEntry) -> str:
    return ", ".join(one.source for one in entry.canary.plantings if one.source)


def show_entry(entry: RollEntry, identity: Mapping[str, str] | None) -> None:
    """Print one canary with all that is known of it."""
    from leaktrace.report.words import field_word

    show_roll([entry])
    if identity is not None:
        rows = [[field_word(name), text] for name, text in identity.items()]
        show("", *fitted([_("field"), _("content")], rows))
    planted = [
        [one.source or _("none (a control)"), time_text(one.planted_at)]
        for one in entry.canary.plantings
    ]
    show("", *fitted([_("source"), _("planted at")], planted))
    if entry.numbers:
        headers = [_("number id"), _("kind"), _("state"), _("since"), _("why")]
        rows = [
            [one.id, kind_word(one.kind), *state_cells(one.state, why=one.why)]
            for one in entry.numbers
        ]
        show("", *fitted(headers, rows))
    if entry.knowers:
        rows = [[one.who, how_word(one.how), day_text(one.since)] for one in entry.knowers]
        show("", *fitted([_("who knew of it"), _("how they knew"), _("since")], rows))
    if entry.seen:
        rows = [[_place(one), time_text(one.at)] for one in entry.seen]
        show("", *fitted([_("stands in"), _("when")], rows))
    if entry.history:
        show_history(entry.history)


def _place(one: Seen) -> str:
    if one.place == "batch":
        return _("batch {id}").format(id=one.place_id)
    return _("reference list of {id}").format(id=one.place_id)


def roll_csv(
    entries: Sequence[RollEntry], identities: Mapping[str, Mapping[str, str]] | None
) -> bytes:
    """The canaries as a table, one line a planting, with a byte order mark for Excel; the columns
    are those that ``canary import`` reads, and more."""
    from leaktrace.canary.planning.spreadsheet import harmless

    text = io.StringIO()
    writer = csv.writer(text)
    header = ["canary_id", "source_id", "planted_at"]
    header += [*(IDENTITY if identities is not None else ()), "state", "since", "reason"]
    writer.writerow([*header, "numbers", "seen_in"])
    for entry in entries:
        known = (identities or {}).get(entry.canary.id, {})
        numbers = ";".join(one.id for one in entry.numbers)
        seen = ";".join(f"{one.place} {one.place_id}" for one in entry.seen)
        state = [entry.state.code, day_text(entry.state.since), entry.state.reason]
        for planting in entry.canary.plantings:
            cells = [entry.canary.id, planting.source or "", planting.planted_at.text]
            cells += [known.get(name, "") for name in IDENTITY] if identities is not None else []
            writer.writerow([harmless(cell) for cell in [*cells, *state, numbers, seen]])
    return text.getvalue().encode("utf-8-sig", "replace")
