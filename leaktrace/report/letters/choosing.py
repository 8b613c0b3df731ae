"""Which calls a letter is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leaktrace.calls.leaking.expected import expectations, only_a_code
from leaktrace.calls.records import Call, Campaign
from leaktrace.case.records import Canary, Source
from leaktrace.errors import LeaktraceError
from leaktrace.graph import shown_text
from leaktrace.messages import _
from leaktrace.times import Moment


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for; what is empty or None leaves all. A call is meant that fits each."""

    calls: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    canaries: tuple[str, ...] = ()
    since: Moment | None = None
    until: Moment | None = None

    @property
    def made(self) -> bool:
        """Whether anything was asked for."""
        return self != Choice()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The calls of a letter, by time, and their campaigns.

    Attributes
    ----------
    calls : tuple of Call
    campaigns : tuple of Campaign
        Those that placed one of the calls.
    expected : tuple of Call
        Left out, since a place where the number was given may place them.
    """

    calls: tuple[Call, ...] = field(repr=False)
    campaigns: tuple[Campaign, ...]
    expected: tuple[Call, ...] = field(default=(), repr=False)

    def campaign_of(self, call: str) -> Campaign | None:
        """The campaign that placed a call."""
        return next((one for one in self.campaigns if call in one.calls), None)


def choose(
    choice: Choice,
    calls: Sequence[Call],
    campaigns: Sequence[Campaign],
    canaries: Sequence[Canary],
    sources: Sequence[Source],
) -> Chosen:
    """The calls that fit ``choice``.

    A source rings its own registrants: calls from its numbers, in its name or of its recipients,
    and one-time passwords, are left out unless they are named one by one.

    Raises
    ------
    LeaktraceError
        ``unknown-call``, ``unknown-campaign``, ``unknown-canary``.
    """
    _known(choice.calls, {one.id for one in calls}, "unknown-call", _no_call())
    _known(choice.campaigns, {one.id for one in campaigns}, "unknown-campaign", _no_campaign())
    _known(choice.canaries, {one.id for one in canaries}, "unknown-canary", _no_canary())
    wanted = {one: set(campaign.calls) for campaign in campaigns for one in [campaign.id]}
    placed = {call for one in choice.campaigns for call in wanted[one]}
    fitting = [call for call in calls if _fits(call, choice, placed)]
    lawful = set() if choice.calls else _expected(fitting, canaries, sources)
    kept = tuple(call for call in fitting if call.id not in lawful)
    ids = {call.id for call in kept}
    return Chosen(
        kept,
        tuple(one for one in campaigns if ids & set(one.calls)),
        tuple(call for call in fitting if call.id in lawful),
    )


def sources_of(canaries: Iterable[Canary], until: float) -> Mapping[str, frozenset[str]]:
    """Where each canary had been planted by ``until`` (seconds since 1970)."""
    return {
        canary.id: frozenset(
            one.source
            for one in canary.plantings
            if one.source and one.planted_at.earliest <= until
        )
        for canary in canaries
    }


def _fits(call: Call, choice: Choice, placed: Collection[str]) -> bool:
    return (
        (not choice.calls or call.id in choice.calls)
        and (not choice.campaigns or call.id in placed)
        and (not choice.canaries or bool({*choice.canaries} & {*call.canaries}))
        and (choice.since is None or call.at.latest >= choice.since.earliest)
        and (choice.until is None or call.at.earliest <= choice.until.latest)
    )


def _expected(
    calls: Sequence[Call], canaries: Sequence[Canary], sources: Sequence[Source]
) -> set[str]:
    heard_as = expectations(sources)
    planted = {one.id: one for one in canaries}
    found = set()
    for call in calls:
        told = sources_of((planted[one] for one in call.canaries if one in planted), call.at.latest)
        where = {source for known in told.values() for source in known}
        if only_a_code(call) or any(
            heard_as[source].covers(call) for source in where if source in heard_as
        ):
            found.add(call.id)
    return found


def _known(asked: Iterable[str], known: set[str], code: str, text: str) -> None:
    for one in asked:
        if one not in known:
            raise LeaktraceError(text.format(id=shown_text(one), canary=shown_text(one)), code=code)


def _no_call() -> str:
    return _("there is no call {id} in this case; see: leaktrace calls list --json")


def _no_campaign() -> str:
    return _("there is no campaign {id} in this case; see: leaktrace calls campaigns")


def _no_canary() -> str:
    return _("there is no canary {canary} in this case; see: leaktrace canary list")
