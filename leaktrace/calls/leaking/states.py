"""One source reduced to the readings of it that weigh most, for decoding it with others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.calls.leaking.assumed import Grid
from leaktrace.calls.leaking.lines import Caller
from leaktrace.calls.leaking.placing import Campaigner
from leaktrace.calls.leaking.source import SourceCase, summed
from leaktrace.calls.leaking.spells import Spell

Floats = npt.NDArray[np.float64]

_WITH, _WITHOUT = 9, 4
_MAY = 0.3
_PUBLIC = 0.8


@dataclass(frozen=True, slots=True)
class State:
    """One reading of a source: positions in its grids (the spell is 0 where nothing leaked), and
    its log prior, which makes up for the states that were left out."""

    spell: int
    rate: int
    own: int
    placing: int
    own_placing: int
    log_prior: float

    @property
    def leaked(self) -> bool:
        return self.spell > 0


class Reduced:
    """One source with its states, and what each says of campaigns."""

    def __init__(self, case: SourceCase, tempering: float, leaks: float) -> None:
        self.case = case
        prior = _PUBLIC if case.business.public else leaks
        self.states = [
            *_states(case, tempering, np.log1p(-prior), leaked=False),
            *_states(case, tempering, np.log(prior), leaked=True),
        ]
        self.touched = case.seen.positions
        told = [self._campaigns(state) for state in self.states]
        self.ratios = np.array([ratios for ratios, _due in told]).reshape(len(told), -1)
        self.priors = np.array(
            [s.log_prior - tempering * due for s, (_r, due) in zip(self.states, told, strict=True)]
        )
        self.leaking = np.array([float(state.leaked) for state in self.states])

    @property
    def explains(self) -> list[int]:
        """The campaigns that it may have placed as well as the background."""
        most = self.ratios.max(axis=0, initial=0.0)
        return [int(at) for at, ratio in zip(self.touched, most, strict=True) if ratio > _MAY]

    def _campaigns(self, state: State) -> tuple[Floats, float]:
        case, assumed, seen = self.case, self.case.scene.assumed, self.case.seen
        found, due = np.zeros(seen.at.size), 0.0
        ways: list[tuple[Caller, Campaigner, Spell]] = []
        placing = case.placed[state.placing]
        if state.leaked and placing.how:
            ways.append((placing.who, placing.how, case.spells[state.spell - 1]))
        if state.own_placing:
            own = assumed.own_campaigns[state.own_placing - 1][0]
            ways.append((case.itself, Campaigner(own, assumed.own_reach), case.ever))
        for who, how, when in ways:
            found += when.at(seen.at) * case.ratios(who, how)
            due += seen.due(how, when, assumed)
        return found, due


def _states(case: SourceCase, tempering: float, prior: float, *, leaked: bool) -> list[State]:
    assumed = case.scene.assumed
    which = slice(1, None) if leaked else slice(0, 1)
    alone = np.sum(case.lines, axis=0)[which] * tempering
    many = case.groups[which] * tempering
    rates = np.array([one.log_weight for one in case.single])
    placed = np.array([one.log_weight for one in case.placed])
    if not leaked:  # neither says anything then
        alone, many = alone[:, :1], many[:, :1]
        rates, placed = np.zeros(1), np.zeros(1)
    own = _own_priors(case.own_rings, assumed.own_rates, assumed.own_campaigns)
    spells = np.array([one.log_weight for one in case.spells]) if leaked else np.zeros(1)
    priors = (
        prior
        + spells[:, None, None, None, None]
        + rates[None, :, None, None, None]
        + placed[None, None, None, :, None]
        + own[None, None, :, None, :]
    )
    whole = priors + alone[:, :, :, None, None] + many[:, None, None, :, :]
    flat = whole.ravel()
    kept = np.argsort(-flat, kind="stable")[: _WITH if leaked else _WITHOUT]
    lift = float(summed(flat, 0) - summed(flat[kept], 0))
    found = []
    for one in kept:
        k, r, f, g, h = (int(at) for at in np.unravel_index(one, whole.shape))
        log_prior = float(priors[k, r, f, g, h]) + lift
        found.append(State(k + 1 if leaked else 0, r, f, g, h, log_prior))
    return found


def _own_priors(rings: float, rates: Grid, campaigns: Grid) -> Floats:
    """Log prior of each own rate with each rate of own campaigns: both none, or both some."""
    table = np.full((1 + len(rates), 1 + len(campaigns)), -np.inf)
    table[0, 0] = np.log1p(-rings)
    some = np.outer([weight for _r, weight in rates], [weight for _r, weight in campaigns])
    table[1:, 1:] = np.log(rings) + np.log(some)
    return table
