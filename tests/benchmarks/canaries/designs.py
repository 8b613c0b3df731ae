"""The designs that are compared: own numbers and codes, thresholds and the joint decoder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from leaktrace.canary.planning.codes import Code, balanced_code, best_weight, own_code
from leaktrace.canary.planning.decoder import Returned, decode
from tests.benchmarks.canaries.worlds import LEAKS, PLAIN, WORLDS, World, leaked

SOURCES = 120
Bools = npt.NDArray[np.bool_]
Named = Callable[[Code, Bools], tuple[tuple[int, ...], bool]]


@dataclass(frozen=True)
class Design:
    """A way to plant and to read: ``name_set`` gives the set, and whether it is stated."""

    name: str
    code: Code
    name_set: Named
    world: World = PLAIN


@dataclass(frozen=True)
class Outcome:
    """Of ``trials``: the best guess was right; stated and right; a source named that is not one."""

    design: Design
    trials: int
    right: int
    stated: int
    wrong: int

    @property
    def error(self) -> float:
        share = self.stated / self.trials
        return sqrt(max(share * (1 - share), 0.25 / self.trials) / self.trials)


def jointly(code: Code, back: Bools) -> tuple[tuple[int, ...], bool]:
    """The joint decoder; neither the rates nor the number of leaks are told to it."""
    found = decode(Returned(code, back), most=LEAKS + 2)
    return found.best, found.named is not None


def by_threshold(share: float) -> Named:
    """Every source of whose numbers at least ``share`` came back, always stated."""

    def named(code: Code, back: Bools) -> tuple[tuple[int, ...], bool]:
        hits = (code & back).sum(axis=1)
        return tuple(np.flatnonzero(hits >= share * code.sum(axis=1)).tolist()), True

    return named


def designs(seed: int = 0) -> list[Design]:
    """All of them, the planned code at 60, 90 and 120 numbers first."""
    made = []
    for numbers in (60, 90, 120):
        rng = np.random.default_rng([seed, numbers])
        weight = best_weight(numbers, LEAKS)
        code = balanced_code(SOURCES, numbers, weight, rng)
        made.append(Design(f"code, {numbers} numbers", code, jointly))
        if numbers == 90:
            made.append(Design("the same by threshold (60%)", code, by_threshold(0.6)))
            lean = balanced_code(SOURCES, numbers, 10, rng)
            made.append(Design("code, 90 numbers, 10 a source", lean, jointly))
            made += [Design(f"code, 90, {one.name}", code, jointly, one) for one in WORLDS]
    for each, share in ((1, 1.0), (3, 0.6)):
        own = own_code(SOURCES, each)
        made.append(Design(f"own numbers, {each} a source", own, jointly))
        made.append(Design("the same by threshold", own, by_threshold(share)))
    return made


def outcome(design: Design, trials: int, seed: int = 0) -> Outcome:
    """``design`` tried on ``trials`` made-up sets of leaks, the same sets for every design."""
    right = stated = wrong = 0
    for trial in range(trials):
        truth, back = leaked(design.code, design.world, seed, trial)
        guess, said = design.name_set(design.code, back)
        right += guess == truth
        stated += said and guess == truth
        wrong += said and not set(guess) <= set(truth)
    return Outcome(design, trials, right, stated, wrong)
