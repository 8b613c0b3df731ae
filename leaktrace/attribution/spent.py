"""Canaries that prove nothing from some time on: burnt, or their number given back.

Once others know of a canary, anyone may have put it into a list. Once its number was given back to
the carrier, or the contract ended, it may be somebody else's: found without the canary's own name,
it need not be the canary. What was seen before that stands. A number that merely does not ring is
in a list as before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from leaktrace.attribution.canaries import CanaryTrial
from leaktrace.attribution.switches import SeenCase
from leaktrace.attribution.view import CaseView
from leaktrace.case.case import Case
from leaktrace.times import Moment


@dataclass(frozen=True, slots=True)
class Spent:
    """Since when canaries prove nothing (seconds since 1970), by id.

    Attributes
    ----------
    burnt : mapping
        Others know of them.
    foreign : mapping
        Their number may be somebody else's.
    """

    burnt: Mapping[str, float] = field(default_factory=dict)
    foreign: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, case: CaseView) -> Spent:
        """What the pool of ``case`` says; nothing where it keeps none."""
        from leaktrace.canary.pool.burning import burnt_since
        from leaktrace.canary.pool.liveness import foreign_since

        whole = case.case if isinstance(case, SeenCase) else case
        if not isinstance(whole, Case):
            return cls()
        return cls(burnt_since(whole), foreign_since(whole))

    def by(self, seen: Moment, canary: str, *, named: bool) -> bool:
        """Whether a find of ``canary`` in a list ``seen`` then proves nothing."""
        burnt = self.burnt.get(canary, np.inf)
        foreign = np.inf if named else self.foreign.get(canary, np.inf)
        return min(burnt, foreign) <= seen.latest

    def left(self, trial: CanaryTrial, seen: Moment) -> CanaryTrial:
        """``trial``, of a list ``seen`` then, without the canaries that prove nothing."""
        if not self.burnt and not self.foreign:
            return trial
        spent = [
            (hit or one in self.burnt) and self.by(seen, one, named=bool(named))
            for one, hit, named in zip(trial.ids, trial.hit, trial.named, strict=True)
        ]
        return trial.keeping(~np.array(spent, dtype=bool)) if any(spent) else trial
