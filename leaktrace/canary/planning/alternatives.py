"""The ways to plant that a plan is chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leaktrace.canary.planning.allotment import FORMS, Allotment, allot
from leaktrace.canary.planning.codes import best_weight, largest_overlap
from leaktrace.canary.planning.forecast import LeakAssumed, SourcePower, source_powers
from leaktrace.canary.planning.sources import PlannedSource
from leaktrace.canary.planning.trials import Assumed, Naming, naming_trials
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

_PARTS = (2, 4, 8)
_LEANEST = 3


@dataclass(frozen=True, slots=True)
class Means:
    """What there is to plan with.

    ``numbers``: their ids. ``registrations`` and ``budget``: the most there may be, None for no
    limit. ``number_cost`` and ``registration_cost``: of one, in the budget's unit. ``controls``:
    how many numbers are drawn at random and never planted.
    """

    numbers: tuple[str, ...]
    registrations: int | None = None
    budget: float | None = None
    number_cost: float = 0.0
    registration_cost: float = 0.0
    controls: int = 0

    def most_registrations(self, numbers: int) -> int | None:
        """The most that can be made with so many ``numbers``; None for no limit."""
        limits = [] if self.registrations is None else [self.registrations]
        if self.budget is not None and self.registration_cost > 0:
            left = self.budget - numbers * self.number_cost
            limits.append(max(int(left / self.registration_cost), 0))
        elif self.budget is not None and numbers * self.number_cost > self.budget:
            limits.append(0)
        return min(limits) if limits else None


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to plant, or why it cannot be (``allotment`` None)."""

    form: str
    allotment: Allotment | None
    naming: Naming | None = None
    cost: float = 0.0
    powers: tuple[SourcePower, ...] = ()

    @property
    def registrations(self) -> int:
        """How many registrations somebody has to make."""
        return self.allotment.registrations if self.allotment else 0

    @property
    def weakest(self) -> SourcePower | None:
        """The source whose leak is least likely to show; None where no population is known."""
        known = [one for one in self.powers if one.one is not None]
        return min(known, key=lambda one: (one.one or 0.0, one.source)) if known else None

    def failing(self, sure: float) -> tuple[SourcePower, ...]:
        """The sources whose leak it does not show with the chance ``sure``."""
        return tuple(one for one in self.powers if one.works(sure) is False)

    def to_row(self, sure: float) -> dict[str, Any]:
        """Its figures under stable names; a chance of ``sure`` is enough."""
        if self.allotment is None or self.naming is None:
            return {"form": self.form, "possible": False}
        code = self.allotment.code
        weakest = self.weakest
        return {
            "form": self.form,
            "possible": True,
            "numbers": self.allotment.used,
            "registrations": self.allotment.registrations,
            "cost": self.cost,
            "per_source": [int(code.sum(axis=1).min()), int(code.sum(axis=1).max())],
            "per_number": int(code.sum(axis=0).max(initial=0)),
            "overlap": largest_overlap(code),
            "exact": self.naming.chance,
            "exact_error": self.naming.error,
            "wrong": self.naming.wrong / max(self.naming.trials, 1),
            "not_all": self.naming.untold / max(self.naming.trials, 1),
            "failing": len(self.failing(sure)),
            "weakest_source": weakest.source if weakest else None,
            "weakest_one": weakest.one if weakest else None,
            "weakest_named": weakest.named if weakest else None,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be planned: ``numbers`` are those left beside the controls, ``most`` is the most
    registrations, None for no limit."""

    sources: tuple[PlannedSource, ...]
    numbers: tuple[str, ...]
    means: Means
    most: int | None
    assumed: Assumed
    leak: LeakAssumed
    trials: int
    seed: int

    def leaner(self) -> tuple[int, ...]:
        """Fewer registrations than a code would take: a half of them, and so on."""
        weight = best_weight(len(self.numbers), self.assumed.leaks)
        if self.most is not None:
            weight = min(weight, self.most // len(self.sources))
        parts = (weight // part for part in _PARTS)
        return tuple(each * len(self.sources) for each in parts if each >= _LEANEST)


def alternatives(
    question: Question, form: str | None = None, progress: Progress = SILENT
) -> tuple[Alternative, ...]:
    """Every form tried, or ``form`` alone; codes with ever fewer registrations, for as long as
    they name as well as the best so far."""
    forms = FORMS if form is None else (form,)
    leaner = question.leaner() if "code" in forms else ()
    progress.begin(_("Trying plans"), question.trials * (len(forms) + len(leaner)))
    found: list[Alternative] = []
    for one in forms:
        found.append(_alternative(question, one, question.most, progress))
        for registrations in leaner if one == "code" else ():
            if any(found[-1] is good for good in alike(found)):
                found.append(_alternative(question, one, registrations, progress))
            else:
                progress.advance(question.trials)
    progress.end()
    return tuple(found)


def _alternative(
    question: Question, form: str, registrations: int | None, progress: Progress
) -> Alternative:
    means, assumed, trials = question.means, question.assumed, question.trials
    made = allot(
        form,
        question.sources,
        question.numbers,
        leaks=assumed.leaks,
        registrations=registrations,
        seed=question.seed,
    )
    if made is None:
        progress.advance(trials)
        return Alternative(form, None)
    naming = naming_trials(made.code, assumed, trials, question.seed, progress, means.controls)
    # The controls cost their numbers, too.
    held = made.used + means.controls
    cost = held * means.number_cost + made.registrations * means.registration_cost
    powers = source_powers(made, question.sources, question.leak)
    return Alternative(form, made, naming, cost, powers)


def alike(found: Sequence[Alternative]) -> list[Alternative]:
    """Those that name the exact set as often as the best, within its standard error."""
    possible = [one for one in found if one.naming is not None]
    if not possible:
        return []
    best = max(possible, key=_exact)
    error = best.naming.error if best.naming else 0.0
    return [one for one in possible if _exact(one) >= _exact(best) - error]


def _exact(one: Alternative) -> float:
    return one.naming.chance if one.naming else 0.0
