"""Who leaked, by the calls: every source of a case."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from leaktrace.calls.leaking.assumed import Assumed
from leaktrace.calls.leaking.background import background_of
from leaktrace.calls.leaking.groups import by_line, groups_of
from leaktrace.calls.leaking.joint import together
from leaktrace.calls.leaking.lines import view_of
from leaktrace.calls.leaking.records import Heard, Piece, SourceCalls, Touch
from leaktrace.calls.leaking.source import Scene, SourceCase
from leaktrace.calls.leaking.tempering import enough_controls, tempering_of

_ROUNDS = 3
# From this probability on a source's lines teach nothing of the background.
_SUSPECT = 0.3
_FEW_SOURCES = 60
_SAYS = 0.05


def what_calls_say(
    heard: Heard, leaks: float, assumed: Assumed | None = None
) -> tuple[SourceCalls, ...]:
    """What ``heard`` says of each source with a line, by its id.

    Parameters
    ----------
    heard : Heard
    leaks : float
        Prior probability that data of a source circulate.
    assumed : Assumed, optional
    """
    assumed = assumed or Assumed()
    suspects = frozenset(heard.sources) if enough_controls(heard) else frozenset()
    cases: dict[str, SourceCase] = {}
    tempering = 1.0
    for _round in range(_ROUNDS):
        cases = _cases(heard, assumed, suspects)
        if not cases:
            return ()
        tempering = tempering_of(next(iter(cases.values())).scene)
        found = frozenset(one for one, case in cases.items() if _suspect(case, tempering, leaks))
        if found == suspects:
            break
        suspects = found
    ratios = together(cases, tempering, leaks)
    return tuple(_told(cases[one], ratios[one], tempering) for one in sorted(cases))


def _cases(heard: Heard, assumed: Assumed, suspects: frozenset[str]) -> dict[str, SourceCase]:
    """The calls of each source, against a background that its own lines teach nothing of where
    there are so few lines that they would make the greater part of it."""
    if enough_controls(heard) or len(heard.sources) > _FEW_SOURCES:
        return cases_of(scene_of(heard, assumed, suspects))
    found = {}
    for source in sorted(heard.sources):
        cases = cases_of(scene_of(heard, assumed, suspects | {source}))
        found.update({one: case for one, case in cases.items() if one == source})
    return found


def _suspect(case: SourceCase, tempering: float, leaks: float) -> bool:
    log_odds = case.odds(tempering).log_lr + np.log(leaks / (1.0 - leaks))
    return bool(log_odds > np.log(_SUSPECT / (1.0 - _SUSPECT)) or case.business.public)


def scene_of(heard: Heard, assumed: Assumed, suspects: Collection[str] = ()) -> Scene:
    """What all sources have in common, learnt without what ``suspects`` may explain."""
    background = background_of(heard, assumed, suspects)
    alone: list[list[Touch]] = [[] for _line in heard.lines]
    for touch in heard.touches:
        if touch.group < 0:
            alone[touch.line].append(touch)
    views = [
        view_of(line, touches, background, assumed)
        for line, touches in zip(heard.lines, alone, strict=True)
    ]
    groups = groups_of(heard, assumed, suspects)
    return Scene(heard, views, groups, by_line(groups), background, assumed)


def cases_of(scene: Scene) -> dict[str, SourceCase]:
    """The calls of each source that has a line to which anybody listened."""
    found = {}
    for source, business in sorted(scene.heard.sources.items()):
        known = {
            at: line.planted[source]
            for at, line in enumerate(scene.heard.lines)
            if source in line.planted and line.spans and line.planted[source] < line.spans[-1][1]
        }
        if known:
            found[source] = SourceCase(scene, source, business, known)
    return found


def _told(case: SourceCase, log_lr: float, tempering: float) -> SourceCalls:
    heard = case.scene.heard
    after = [
        one for one in heard.touches if one.line in case.known and one.at >= case.known[one.line]
    ]
    whole = case.odds(tempering)
    marks = max(whole.log_lr - case.without_recitals().odds(tempering).log_lr, 0.0)
    due = sum(
        case.scene.background.due(
            tuple((max(low, at), high) for low, high in heard.lines[line].spans if high > at)
        )
        for line, at in case.known.items()
    )
    return SourceCalls(
        source=case.source,
        log10_lr=_believed(log_lr, marks, case.scene.assumed) / np.log(10),
        pieces=_pieces(case, whole.log_lr, marks, tempering),
        lines=len(case.known),
        rung=len({one.line for one in after}),
        touches=len(after),
        due=due,
        expected=heard.expected.get(case.source, 0),
        recited=sum(one.recites == {case.source} for one in after),
        rings_itself=whole.rings_itself,
    )


def _believed(log_lr: float, marks: float, assumed: Assumed) -> float:
    """What of a log likelihood ratio is believed, of which ``marks`` come of what was recited."""
    recited = min(marks, max(log_lr, 0.0))
    rest = log_lr - recited
    over = max(rest - assumed.believed, 0.0)
    return rest - (1.0 - assumed.beyond) * over + recited


def _pieces(case: SourceCase, whole: float, marks: float, tempering: float) -> tuple[Piece, ...]:
    """Each by leaving it out; what is not believed of the whole is believed of none."""
    assumed = case.scene.assumed
    believed = _believed(whole, marks, assumed)
    without = {
        "excess": _believed(case.odds(tempering, lines=False).log_lr, 0.0, assumed),
        "campaign": _believed(case.odds(tempering, groups=False).log_lr, marks, assumed),
        "recited": _believed(whole - marks, 0.0, assumed),
    }
    pieces = [Piece(kind, (believed - left) / np.log(10)) for kind, left in without.items()]
    return tuple(one for one in pieces if abs(one.log10_lr) >= _SAYS)
