"""What the case itself shows of innocents: how often canaries come by other roads, and what the
cells say of sources that did not contribute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.observation import Observation

Floats = npt.NDArray[np.float64]
# The rates assumed beforehand weigh as much as the canaries among whom one such find is due.
_FINDS_ASSUMED = 1.0
# The bound on what another holder's cells can say weighs as much as so many innocents.
_CELLS_ASSUMED = 3.0
_LEAST_OVERLAP = 0.05


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What innocents of the case show.

    Attributes
    ----------
    own_name, other_name : float
        The probability that a canary is in a list by another road: under its own name (or where no
        name is shown), and under somebody else's (the number was another's before).
    cells : float64[n]
        Natural-log likelihood ratio of the cells of each source whose list overlaps a batch to
        which it did not contribute, at the share that its list makes.
    """

    own_name: float
    other_name: float
    cells: Floats

    def drawn_cells(self, draws: int, rng: np.random.Generator) -> Floats:
        """What the cells say of so many innocents: float64[draws].

        They are drawn from those of the case and, as far as these are few, from the heaviest tail
        that another holder's cells can have: a ratio of t or more in one of t (Markov).
        """
        found = -np.log(rng.random(draws))
        place = (rng.random(draws) * (len(self.cells) + _CELLS_ASSUMED)).astype(np.intp)
        known = place < len(self.cells)
        found[known] = self.cells[place[known]]
        return found


def elsewhere_in(
    batches: Iterable[tuple[Observation, Mapping[str, float]]], premises: Premises
) -> Elsewhere:
    """What the innocents of a case show.

    Parameters
    ----------
    batches : iterable of (Observation, shares)
        Each batch with the shares of its best explanation: who is not in it counts as innocent.
    premises : Premises
    """
    trials, own, other = 0, 0, 0
    cells: list[float] = []
    for seen, shares in batches:
        away = unexplained(seen, shares)
        found = away & seen.trial.hit
        trials += int(away.sum())
        own += int((found & seen.trial.named).sum())
        other += int((found & ~seen.trial.named).sum())
        cells.extend(_cells(seen, shares, premises))
    settings = premises.settings
    return Elsewhere(
        _rate(own, trials, settings.other_road),
        _rate(other, trials, settings.recycled_road),
        np.array(cells, dtype=np.float64),
    )


def unexplained(seen: Observation, shares: Mapping[str, float]) -> npt.NDArray[np.bool_]:
    """The canaries that were planted before the batch was seen, but at no contributor: bool[c]."""
    trial = seen.trial
    told = np.array([one in shares for one in trial.sources], dtype=bool)
    there = trial.moments <= seen.grid.cut[0]
    away = np.zeros(len(trial.ids), dtype=bool)
    away[trial.row[there]] = True
    away[trial.row[there & told[trial.column]]] = False
    return away


def _cells(seen: Observation, shares: Mapping[str, float], premises: Premises) -> Iterable[float]:
    for source, versions in sorted(seen.versions.items()):
        part = seen.overlaps[source] / max(1, seen.seen[source])
        if source not in shares and source in premises.coverage and part >= _LEAST_OVERLAP:
            yield versions.log_ratio(min(1.0, part / premises.coverage[source].mean))


def _rate(found: int, trials: int, assumed: float) -> float:
    return (found + _FINDS_ASSUMED) / (trials + _FINDS_ASSUMED / assumed)
