"""What the canaries and dates of one batch say of its hypotheses, each asked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import Dues, dues_of, log_ratio
from leaktrace.attribution.cutting import cut_log_weights
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.observation import Observation

Floats = npt.NDArray[np.float64]
# Shares are told to the canaries in steps of a tenth of themselves: rates are no surer than that.
_STEPS = 10.0
_MOST_TELLING = 5
_NO_ROOM = 30.0


@dataclass(slots=True)
class Weigher:
    """What the canaries and dates say of the hypotheses of one batch, each asked once.

    Attributes
    ----------
    seen : Observation
    premises : Premises
    use_dates : bool
        Whether the dates of matched registrations inform the cut time.
    """

    seen: Observation
    premises: Premises
    use_dates: bool = True
    _dues: list[Dues] = field(default_factory=list)
    _cuts: dict[tuple[str, ...], Floats] = field(default_factory=dict)
    _ratios: dict[tuple[object, ...], float] = field(default_factory=dict)
    _silences: dict[tuple[object, ...], tuple[float, dict[str, float]]] = field(
        default_factory=dict
    )

    def cuts(self, lists: tuple[str, ...]) -> Floats:
        """Log weights of the cut times, given that ``lists`` are notable."""
        if lists not in self._cuts:
            evidence = np.zeros(len(self.seen.grid.cut))
            for one in lists:
                evidence = evidence + self.seen.dates[one]
            self._cuts[lists] = cut_log_weights(self.seen.grid, evidence)
        return self._cuts[lists]

    def dated(self, lists: tuple[str, ...]) -> tuple[str, ...]:
        """Those of ``lists`` whose dates say something of the cut time."""
        if not self.use_dates:
            return ()
        return tuple(one for one in lists if one in self.seen.dates and self.seen.dates[one].any())

    def dues(self) -> Dues:
        """The trial laid out over the cut times."""
        if not self._dues:
            self._dues.append(dues_of(self.seen.trial, self.seen.grid.cut))
        return self._dues[0]

    def ratio(self, active: Mapping[str, float], lists: tuple[str, ...]) -> float:
        """Log ratio of the canaries where ``active`` sources contributed those shares."""
        trial = self.seen.trial
        told = {
            one: 1.0 if trial.is_measured(one) else _rough(share)
            for one, share in sorted(active.items())
            if one in trial.sources
        }
        key = (lists, *told.items())
        if key not in self._ratios:
            self._ratios[key] = log_ratio(
                self.dues(), told, self.cuts(lists), self.premises.settings
            )
        return self._ratios[key]

    def silence(self, share: float, lists: tuple[str, ...]) -> tuple[float, dict[str, float]]:
        """One of the silent hosts contributed ``share``: log of prior odds times ratio, summed
        over them, and which of them it is."""
        rough = _rough(share)
        key = (lists, rough)
        if key not in self._silences:
            silent = self.silent()
            terms = np.array(
                [
                    self._odds(one) + self.ratio({one: rough}, lists) + self.room(one, share)
                    for one in silent
                ]
            )
            total = float(np.logaddexp.reduce(terms))
            parts = dict(zip(silent, np.exp(terms - total).tolist(), strict=True))
            self._silences[key] = total, parts
        return self._silences[key]

    def silence_bound(self) -> float:
        """By how much "one of the silent hosts" can raise a hypothesis at most."""
        odds = [self._odds(one) for one in self.silent()]
        return float(np.logaddexp.reduce(odds)) if odds else 0.0

    def _odds(self, source: str) -> float:
        prior = self.premises.prior[source]
        return float(np.log(prior / (1 - prior))) + self.seen.hosts[source]

    def room(self, source: str, share: float) -> float:
        """Log penalty where a source would have to give more people than it was told to have."""
        told = self.premises.told.get(source)
        return -_NO_ROOM if told is not None and share * self.seen.real > 2 * told + 2 else 0.0

    def silent(self) -> tuple[str, ...]:
        """The hosts none of whose canaries was found."""
        return tuple(one for one in self.seen.hosts if not self.seen.trial.hits_of(one))

    def telling(self) -> tuple[str, ...]:
        """The hosts with hits, most first, a handful."""
        hits = {one: len(self.seen.trial.hits_of(one)) for one in self.seen.hosts}
        found = sorted((one for one in hits if hits[one]), key=lambda one: (-hits[one], one))
        return tuple(found[:_MOST_TELLING])


def _rough(share: float) -> float:
    """``share`` to the nearest step of a tenth of itself."""
    return exp(round(log(max(share, 1e-4)) * _STEPS) / _STEPS)
