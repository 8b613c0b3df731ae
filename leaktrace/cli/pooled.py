"""The pool, its histories and what is due, as tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leaktrace.cli.fitted import fitted
from leaktrace.cli.output import count, show
from leaktrace.cli.poolwords import duty_word, kind_word, reason_word, state_word, what_word
from leaktrace.errors import UsageError
from leaktrace.messages import _, ngettext
from leaktrace.times import Moment, day_text, read_moment, time_text

if TYPE_CHECKING:
    from leaktrace.canary.pool.duties import Duty
    from leaktrace.canary.pool.reading import PoolEntry
    from leaktrace.canary.pool.records import Happening, State
    from leaktrace.canary.pool.telling import Recorded


def moment_given(text: str | None, option: str) -> Moment | None:
    """The moment that ``option`` names, None where it was not given.

    Raises
    ------
    UsageError
        If it is no date that exists.
    """
    if text is None:
        return None
    try:
        return read_moment(text)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            _("{option} takes a date that exists, such as 2026-03-01 or 2026-03-01T09:05").format(
                option=option
            )
        ) from error


def state_json(state: State | None) -> dict[str, str] | None:
    """A state with its codes."""
    if state is None:
        return None
    return {"state": state.code, "since": state.since.text, "reason": state.reason}


def number_json(entry: PoolEntry, *, reveal: bool) -> dict[str, Any]:
    """A number of the pool; its value only where that was asked for."""
    number, stands = entry.number, entry.standing
    return {
        "id": number.id,
        "kind": number.kind,
        **(
            state_json(stands.state if stands else None)
            or {"state": None, "since": None, "reason": None}
        ),
        "custodian": number.custodian,
        "carrier": number.carrier,
        "region": number.region,
        "contract_end": _text(number.contract_end),
        "topup_due": _text(number.topup_due),
        "quarantine_until": _text(stands.quarantine_until if stands else None),
        "heartbeat": _text(stands.heard if stands else None),
        "cost": number.cost,
        **({"value": number.value, "note": number.note} if reveal else {}),
    }


def _text(moment: Moment | None) -> str | None:
    return moment.text if moment else None


def show_pool(entries: Sequence[PoolEntry], *, reveal: bool) -> None:
    """Print the numbers of the pool."""
    headers = [_("number id"), _("kind"), _("state"), _("since"), _("why"), _("custodian")]
    headers += [_("carrier"), _("region"), _("due")]
    rows = [
        [
            entry.number.id,
            kind_word(entry.number.kind),
            *state_cells(entry.standing.state if entry.standing else None, entry.history),
            entry.number.custodian,
            entry.number.carrier,
            entry.number.region,
            _next_due(entry),
            *([entry.number.value] if reveal else []),
        ]
        for entry in entries
    ]
    show(*fitted([*headers, *([_("value")] if reveal else [])], rows))


def state_cells(state: State | None, history: Iterable[Happening] = (), why: str = "") -> list[str]:
    """A state, its day and its reason, as cells; the reason that was given, where one was."""
    from leaktrace.canary.pool.history import reason_told

    if state is None:
        return ["", "", ""]
    word, reason = state_word(state.code), reason_word(state.reason)
    told = why or reason_told(state, history)
    parts = ("" if reason == word else reason, told)
    return [word, day_text(state.since), _(": ").join(part for part in parts if part)]


def _next_due(entry: PoolEntry) -> str:
    moments = [one for one in (entry.number.contract_end, entry.number.topup_due) if one]
    return day_text(min(moments, key=lambda one: one.earliest)) if moments else ""


def happening_json(one: Happening, *, reveal: bool = False) -> dict[str, Any]:
    """Something that happened; who called only where that was asked for."""
    told = {name: _stored_text(value) for name, value in _details(one, reveal=reveal).items()}
    return {"what": one.what, "at": one.at.text, **told}


def _details(one: Happening, *, reveal: bool) -> dict[str, Any]:
    """What was said beside it, dates as moments."""
    return {
        name: Moment(*value) if isinstance(value, list) and len(value) == 3 else value
        for name, value in one.details.items()
        if value and (reveal or name != "caller")
    }


def _stored_text(value: Any) -> Any:
    return value.text if isinstance(value, Moment) else value


def show_history(history: Iterable[Happening], *, reveal: bool = False) -> None:
    """Print what happened, in order; who called only where that was asked for."""
    rows = [
        [time_text(one.at), what_word(one.what), _said(_details(one, reveal=reveal))]
        for one in history
    ]
    show("", *fitted([_("when"), _("event"), _("more")], rows))


def _said(details: Mapping[str, Any]) -> str:
    texts = {
        "canary": _("canary {value}"),
        "source": _("at {value}"),
        "custodian": _("held by {value}"),
        "to": _("to {value}"),
        "who": _("who: {value}"),
        "contract_end": _("contract until {value}"),
        "topup_due": _("top up by {value}"),
        "quarantine_until": _("quarantine until {value}"),
        "caller": _("by {value}"),
        "note": "{value}",
    }
    return _("; ").join(
        text.format(value=_shown(details[name])) for name, text in texts.items() if name in details
    )


def _shown(value: Any) -> Any:
    return time_text(value) if isinstance(value, Moment) else value


def duty_json(one: Duty) -> dict[str, Any]:
    """Something to be done."""
    return {
        "what": one.what,
        "number": one.number,
        "custodian": one.custodian,
        "due": one.due.text,
        "overdue": one.overdue,
        "state": one.state,
    }


def show_duties(duties: Sequence[Duty]) -> None:
    """Print what is to be done, by custodian."""
    headers = [_("custodian"), _("due"), "", _("number id"), _("to do"), _("state")]
    rows = [
        [
            one.custodian,
            day_text(one.due),
            _("overdue") if one.overdue else "",
            one.number,
            duty_word(one.what),
            state_word(one.state),
        ]
        for one in duties
    ]
    show(*fitted(headers, rows))


def burnt_for_good(ids: Sequence[str]) -> str:
    """What is asked before canaries or numbers are marked."""
    from leaktrace.identifiers.masking import mask_text

    # What was typed may be somebody's number.
    named = ", ".join(mask_text(one) for one in ids)
    return _("{ids}: burnt for good; there is no way back.").format(ids=named)


def early_text(number: int) -> str:
    """That so many were found too early, and what to do."""
    return ngettext(
        "{count} stands in a list of the case from before it was planted; leaktrace canary burn "
        "--found marks it.",
        "{count} stand in lists of the case from before they were planted; leaktrace canary burn "
        "--found marks them.",
        number,
    ).format(count=count(number))


def show_recorded(done: Recorded) -> None:
    """Print how much was added."""
    show(
        ngettext("{added} recorded", "{added} recorded", done.added).format(added=count(done.added))
        + (
            _(", {unchanged} known already").format(unchanged=count(done.unchanged))
            if done.unchanged
            else ""
        )
    )


def recorded_json(done: Recorded) -> dict[str, int]:
    """How much was added."""
    return {"added": done.added, "unchanged": done.unchanged}
