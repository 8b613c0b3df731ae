"""The posterior of one batch: every hypothesis of every fit, weighed.

Small worlds of hypotheses are enumerated in full; what is hopeless before the canaries are asked
(far below the best, and without a hit to lift it) is left out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canarytables import CanaryTables
from leaktrace.attribution.drafts import drafts_of, hosts_with
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points
from leaktrace.attribution.readings import Readings, read
from leaktrace.attribution.weigher import Weigher
from leaktrace.attribution.weighing import Weighing

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
# Points this far (in nats) below the best one are left out: together they weigh nothing.
_KEPT = 8.0
_KEPT_ASKED = 4.0
# Drafts are weighed so many at a time, the most promising first.
_FIRST, _BLOCK = 256, 2048


def points_of(
    seen: Observation,
    premises: Premises,
    *,
    asked: str | None = None,
    use_dates: bool = True,
    readings: Readings | None = None,
    tables: CanaryTables | None = None,
) -> Points:
    """Every hypothesis of a batch that is not hopeless, weighed.

    Parameters
    ----------
    seen : Observation
    premises : Premises
    asked : str, optional
        A source whose likelihood ratio is wanted: the hypotheses with and without it are kept
        each beside the best of their own side, however far apart the sides are.
    use_dates : bool
        Whether the dates of matched registrations inform the cut time.
    readings : Readings, optional
        Those of the batch, where they are known already.
    tables : CanaryTables, optional
        Of its trial, where it is laid out already.
    """
    weigher = Weigher(seen, premises, use_dates, tables)
    bounds = weigher.bounds()
    readings = read(seen, premises, raised=bounds) if readings is None else readings
    silent = bool(weigher.silent)
    hosts = hosts_with(weigher.telling, bounds, seen.hosts, premises, silent=silent)
    drafts = drafts_of(readings, hosts, bounds)
    weighing = Weighing(drafts, weigher)
    ceilings = drafts.ceilings.ravel()
    if asked is None:
        places, points = _kept(ceilings, weighing, _KEPT)
    else:
        yes = drafts.with_source(asked)
        sides = [
            _kept(np.where(side, ceilings, -np.inf), weighing, _KEPT_ASKED) for side in (yes, ~yes)
        ]
        places = np.concatenate([one for one, _points in sides])
        points = Points.joined([one for _places, one in sides])
    return points.kept(np.lexsort((places, -ceilings[places])))


def _kept(ceilings: Floats, weighing: Weighing, kept: float) -> tuple[Places, Points]:
    """The points that are less than ``kept`` below the best one, and the draft of each.

    Drafts are gone through by what they can score at most (``ceilings``), until that is too far
    below the best point that came up.
    """
    size, race = len(ceilings), _Race(ceilings, weighing, kept)
    least = np.partition(ceilings, size - _FIRST)[size - _FIRST] if size > _FIRST else -np.inf
    first = np.flatnonzero((ceilings >= least) & (ceilings > -np.inf))
    if race.run(first[np.argsort(-ceilings[first], kind="stable")]):
        rest = np.flatnonzero((ceilings < least) & (ceilings >= race.floor))
        order = rest[np.argsort(-ceilings[rest], kind="stable")]
        blocks = (order[start : start + _BLOCK] for start in range(0, len(order), _BLOCK))
        all(race.run(block) for block in blocks)
    return race.kept()


class _Race:
    """Drafts as they are weighed, the most promising first."""

    def __init__(self, ceilings: Floats, weighing: Weighing, kept: float) -> None:
        self._ceilings = ceilings
        self._weighing = weighing
        self._reach = kept
        self._top = -np.inf
        self._found: list[tuple[Places, Points]] = []

    @property
    def floor(self) -> float:
        """A draft that cannot score as much is hopeless."""
        return self._top - self._reach

    def run(self, places: Places) -> bool:
        """Weigh the drafts at ``places``; False from where on they are hopeless."""
        if not len(places):
            return False
        points, owner = self._weighing.weighed(places)
        best = np.maximum.reduceat(points.scores, np.searchsorted(owner, np.arange(len(places))))
        running = np.maximum.accumulate(np.append(self._top, best))
        hopeless = np.flatnonzero(self._ceilings[places] < running[:-1] - self._reach)
        stop = int(hopeless[0]) if len(hopeless) else len(places)
        self._top = float(running[stop])
        rows = np.flatnonzero((owner < stop) & (points.scores > self.floor))
        self._found.append((places[owner[rows]], points.kept(rows)))
        return not len(hopeless)

    def kept(self) -> tuple[Places, Points]:
        """The points near enough to the best one, and the draft of each."""
        if not self._found:
            nothing = np.zeros(0, dtype=np.intp)
            return nothing, self._weighing.weighed(nothing)[0]
        drafts = np.concatenate([one for one, _points in self._found])
        points = Points.joined([one for _places, one in self._found])
        rows = np.flatnonzero(points.scores > self.floor)
        return drafts[rows], points.kept(rows)
