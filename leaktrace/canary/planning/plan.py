"""A plan: numbers against registrations, the power of each alternative, and the one to take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from leaktrace.canary.planning.allotment import Allotment
from leaktrace.canary.planning.alternatives import (
    Alternative,
    Means,
    Question,
    alike,
    alternatives,
)
from leaktrace.canary.planning.forecast import LeakAssumed, SourcePower
from leaktrace.canary.planning.sources import PlannedSource
from leaktrace.canary.planning.trials import Assumed
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Plan:
    """The alternatives, the chosen one, and the controls."""

    sources: tuple[PlannedSource, ...]
    means: Means
    assumed: Assumed
    leak: LeakAssumed
    alternatives: tuple[Alternative, ...]
    chosen: Alternative
    controls: tuple[str, ...] = ()
    seed: int = field(default=0)

    @property
    def allotment(self) -> Allotment:
        """What is planted where."""
        assert self.chosen.allotment is not None
        return self.chosen.allotment

    @property
    def failing(self) -> tuple[SourcePower, ...]:
        """The sources whose leak the chosen plan does not show with the wished chance."""
        return self.chosen.failing(self.leak.sure)

    def to_frame(self) -> pd.DataFrame:
        """The power at each source under the chosen plan, one row a source."""
        import pandas as pd

        return pd.DataFrame([asdict(one) for one in self.chosen.powers])

    def to_json(self) -> dict[str, Any]:
        """Everything, under stable names."""
        return {
            "assumed": {**asdict(self.assumed), **asdict(self.leak), "seed": self.seed},
            "alternatives": [
                {**one.to_row(self.leak.sure), "chosen": one is self.chosen}
                for one in self.alternatives
            ],
            "chosen": self.chosen.form,
            "controls": list(self.controls),
            "sources": [asdict(one) for one in self.chosen.powers],
            "failing": [one.source for one in self.failing],
            "lawful": {one.id: one.lawful for one in self.sources if one.lawful},
            "plantings": [
                {"number_id": number, "source_id": source}
                for number, source in self.allotment.pairs()
            ],
        }


def make_plan(
    sources: Sequence[PlannedSource],
    means: Means,
    *,
    assumed: Assumed | None = None,
    leak: LeakAssumed | None = None,
    trials: int = 40,
    form: str | None = None,
    seed: int = 0,
    progress: Progress = SILENT,
) -> Plan:
    """The best plan for ``sources`` within ``means``.

    The controls are drawn first, at random. Codes are tried with ever fewer registrations, for as
    long as they name as well. Of those that name the exact set as often as the best, within its
    standard error, that is chosen which leaves the fewest sources whose leak does not show, then
    the one with the fewest registrations; only ``form`` is tried, where it is given. Time grows
    with ``trials``. The same arguments give the same plan.

    Raises
    ------
    LeaktraceError
        If no source is given, or nothing is possible with so few numbers, registrations or money.
    """
    assumed, leak = assumed or Assumed(), leak or LeakAssumed()
    if not sources:
        raise LeaktraceError(
            _("there is no source to plan for; register sources first, or give a table of them"),
            code="no-source",
        )
    controls, numbers = _drawn(means, seed)
    most = means.most_registrations(len(numbers))
    found = alternatives(
        Question(tuple(sources), numbers, means, most, assumed, leak, trials, seed), form, progress
    )
    possible = alike(found)
    if not possible:
        raise LeaktraceError(_impossible(sources, len(numbers), most), code="no-plan")
    chosen = min(possible, key=lambda one: (len(one.failing(leak.sure)), one.registrations))
    return Plan(tuple(sources), means, assumed, leak, found, chosen, controls, seed)


def _drawn(means: Means, seed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The controls, drawn at random so that they are like what is planted, and what is left: it
    too in an order at random, since numbers bought together are filtered or cut off together."""
    if means.controls >= len(means.numbers):
        raise LeaktraceError(
            _("{controls} controls of {numbers} numbers leave none to plant; take fewer").format(
                controls=means.controls, numbers=len(means.numbers)
            ),
            code="no-plan",
        )
    rng = np.random.default_rng([seed, 3])
    order = [means.numbers[place] for place in rng.permutation(len(means.numbers))]
    return tuple(sorted(order[: means.controls])), tuple(order[means.controls :])


def _impossible(sources: Sequence[PlannedSource], numbers: int, most: int | None) -> str:
    alone = sum(bool(one.lawful) for one in sources)
    if most is not None and most < len(sources):
        return _(
            "{registrations} registrations are too few for {sources} sources: each takes at least "
            "one; plan for fewer sources, or allow more"
        ).format(registrations=most, sources=len(sources))
    return _(
        "{numbers} numbers are too few: {alone} sources where only true statements are lawful take "
        "one of their own each, and the others share at least one; add numbers or plan for fewer"
    ).format(numbers=numbers, alone=alone)
