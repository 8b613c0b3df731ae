"""``leaktrace report --for``: a letter, and the canaries that it burns."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaktrace.cli.output import next_step, quoted, safe, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.messages import _
from leaktrace.report.words import listed

if TYPE_CHECKING:
    from leaktrace.attribution import Settings
    from leaktrace.attribution.result import Trace
    from leaktrace.calls.records import Call
    from leaktrace.case import Case
    from leaktrace.report.letters import Choice, Chosen, Letter, Matter


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks of a letter."""

    audience: str
    out: Path | None
    source: str
    choice: Choice
    disclose: tuple[str, ...]
    by_campaign: bool
    yes: bool
    settings: Settings | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Written:
    """The letter, and whose numbers it tells or masks."""

    letter: Letter = field(repr=False)
    calls: int
    told: tuple[str, ...]
    masked: tuple[str, ...]


def write(case: Case, asked: Asked) -> Written:
    """Make the letter, ask before it tells of a canary, mark those as burnt, and write it."""
    from leaktrace.report.letters import SHOWS_CALLERS, check_letter, make_letter, write_letter

    _check(asked)
    if asked.out is not None:
        check_letter(asked.out)
    matter = _matter(case, asked)
    made = make_letter(asked.audience, matter)  # refused before anything is asked
    told = _agreed(case, matter, asked)
    if asked.out is not None:
        write_letter(asked.out, made)
    if told:
        # Burnt before it is told, and only where the letter can be written.
        _burn(case, told, asked.audience)
        shown = replace(matter.disclosure, told=frozenset(told))
        made = make_letter(asked.audience, replace(matter, disclosure=shown))
        if asked.out is not None:
            write_letter(asked.out, made)
    called = dict.fromkeys(one for call in matter.chosen.calls for one in call.canaries)
    masked = [one for one in called if one not in told] if asked.audience in SHOWS_CALLERS else []
    return Written(made, len(matter.chosen.calls), told, tuple(sorted(masked)))


def tell(written: Written, asked: Asked, folder: Path | None, *, as_json: bool) -> None:
    """Say where the letter is, or print it; then what it tells, and what to do next."""
    from leaktrace.report.letters import letter_text

    text = letter_text(written.letter) if asked.out is None else ""
    if as_json:
        write_json(_document(written, asked, text))
        return
    if asked.out is None:
        sys.stdout.write(safe(text))
    else:
        show(_("The letter is in {out}.").format(out=asked.out))
    if written.told:
        marked = _("Marked as burnt, since it shows them: {canaries}")
        next_step(marked.format(canaries=listed(written.told)))
    if written.masked:
        text = _(
            "The numbers of {canaries} are masked; to tell one, and burn it: --disclose CANARY"
        )
        next_step(text.format(canaries=listed(written.masked)))
    if asked.out is None:
        following = _("Next: leaktrace report --for {audience} OUT.html, for a page to print")
        whom = f"{asked.audience} --source {asked.source}" if asked.source else asked.audience
        next_step(following.format(audience=whom), case=folder)
    else:
        next_step(_("Next: read {file} whole before it is sent").format(file=quoted(asked.out)))


def _document(written: Written, asked: Asked, text: str) -> dict[str, Any]:
    return {
        "for": asked.audience,
        "file": None if asked.out is None else str(asked.out),
        "calls": written.calls,
        "burnt": list(written.told),
        "masked": list(written.masked),
        **({"text": text} if asked.out is None else {}),
    }


def _check(asked: Asked) -> None:
    from leaktrace.report.letters import TRACED

    if asked.settings is not None and asked.audience not in TRACED:
        raise UsageError(
            _(
                "a letter for {audience} says nothing of where lists come from: assume nothing"
            ).format(audience=asked.audience)
        )
    if asked.source and asked.audience not in ("company", "press", "regulator"):
        raise UsageError(_("--source goes with --for company, press or regulator"))
    if asked.by_campaign and asked.audience != "complaint":
        raise UsageError(_("--by-campaign goes with --for complaint"))


def _matter(case: Case, asked: Asked) -> Matter:
    from leaktrace.report.letters import (
        SHOWS_CALLERS,
        TRACED,
        Disclosure,
        Matter,
        may_be_told,
        sharing,
    )

    canaries = case.canaries()
    disclosed = sharing(asked.disclose, canaries)
    may_be_told(asked.audience, disclosed, canaries, asked.source)
    chosen = _chosen(case, asked)
    shows = asked.audience in SHOWS_CALLERS
    called = {one for call in chosen.calls for one in call.canaries} if shows else set()
    identities = {one: case.reveal_canary(one) for one in sorted(called | set(disclosed))}
    return Matter(
        case=case,
        chosen=chosen,
        disclosure=Disclosure(identities),
        trace=_trace(case, asked) if asked.audience in TRACED else None,
        source=asked.source,
        by_campaign=asked.by_campaign,
    )


def _chosen(case: Case, asked: Asked) -> Chosen:
    from leaktrace.calls import campaigns, read_calls
    from leaktrace.report.letters import choose

    calls: Sequence[Call] = read_calls(case)
    found = choose(asked.choice, calls, campaigns(case, calls), case.canaries(), case.sources())
    needed = asked.audience in ("complaint", "carrier")
    if not found.calls and (needed or asked.choice.made):
        if found.expected and not asked.choice.calls:
            raise LeaktraceError(_all_expected(), code="no-calls")
        raise LeaktraceError(
            _("no call of this case is meant; see: leaktrace calls list"), code="no-calls"
        )
    return found


def _all_expected() -> str:
    return _(
        "every call that is meant comes from a place where the number was registered, or names "
        "one; name those that you complain of with --call ID"
    )


def _trace(case: Case, asked: Asked) -> Trace:
    from leaktrace.attribution import trace_case
    from leaktrace.cli.bars import progress

    with progress() as bars:
        return trace_case(case, settings=asked.settings, progress=bars)


def _agreed(case: Case, matter: Matter, asked: Asked) -> tuple[str, ...]:
    """The canaries whose numbers may be told: those named, once that is agreed; a complaint, which
    needs them, asks of all that were called."""
    from leaktrace.cli.asking import agreed
    from leaktrace.report.letters import sharing

    if asked.disclose:
        named = sharing(asked.disclose, case.canaries())
        agreed(_question(named), yes=asked.yes)
        return named
    called = tuple(sorted({one for call in matter.chosen.calls for one in call.canaries}))
    if asked.audience != "complaint" or not called:
        return ()
    try:
        agreed(_question(called), yes=asked.yes)
    except LeaktraceError:
        # Nobody to ask, or they would not: the letter is written with masked numbers.
        return ()
    return called


def _question(canaries: Sequence[str]) -> str:
    return _(
        "The letter tells the numbers of these canaries: {canaries}. Whoever reads it can spare "
        "them, and later calls to them prove nothing, so they will be marked as burnt for good."
    ).format(canaries=listed(canaries))


def _burn(case: Case, told: Sequence[str], audience: str) -> None:
    from leaktrace.canary.pool.burning import burn

    burn(case, told, _("told in a letter for {audience}").format(audience=audience))
