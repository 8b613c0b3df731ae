"""One of the known sources without a hit and without a notable list is a host: which of them?

There may be hundreds, each as likely as its prior and its misses leave it. They are asked together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import CanaryLaw, log_misses, over_exclusions
from leaktrace.attribution.steps import STEPS

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Misses:
    """The canaries of some hosts; those of one host with equal rates count together (``g``).

    Attributes
    ----------
    hosts, starts : intp[hosts with canaries]
        The hosts that have any, and where the groups of each begin.
    rates : float64[g]
    measured : bool[g]
        Whether the rate stands whatever the share.
    counts : float64[rows, g]
        How many of each group were planted; most cut times have the same.
    back : intp[t]
        The row of each cut time.
    """

    hosts: Places
    starts: Places
    rates: Floats
    measured: npt.NDArray[np.bool_]
    counts: Floats
    back: Places

    @classmethod
    def of(cls, law: CanaryLaw, host_at: Places) -> _Misses | None:
        """``host_at`` gives the host that each source of the trial is, -1 where it is none."""
        trial = law.trial
        here = np.flatnonzero(host_at[trial.column] >= 0)
        if not len(here):
            return None
        here = here[np.lexsort((trial.rates[here], trial.column[here]))]
        column, rate = trial.column[here], trial.rates[here]
        begin = np.append(True, (column[1:] != column[:-1]) | (rate[1:] != rate[:-1]))
        groups = np.flatnonzero(begin)
        counts = np.add.reduceat(law.alive[:, here], groups, axis=1)
        starts = np.flatnonzero(np.append(True, np.diff(column[groups]) != 0))
        distinct, back = np.unique(counts, axis=0, return_inverse=True)
        return cls(
            host_at[column[groups[starts]]], starts, rate[groups],
            trial.measured[column[groups]], distinct, back.ravel(),
        )  # fmt: skip

    def said(self, law: CanaryLaw, shares: Floats) -> Floats:
        """Log ratios: float64[t, shares, hosts]."""
        scales = np.where(self.measured, 1.0, shares[:, None])
        each = log_misses(scales * self.rates, law.factors)
        by_row = []
        for counts in self.counts:
            said = each * counts
            if len(self.starts) < len(self.rates):
                said = np.add.reduceat(said, self.starts, axis=2)
            by_row.append(over_exclusions(law, said))
        return np.stack(by_row)[self.back]


class Silent:
    """What the misses say of each silent host, asked once for each share.

    Parameters
    ----------
    law : CanaryLaw
    names : tuple of str
        The hosts, none of whose canaries was found.
    before : Silent, optional
        The same with other evidence: what it knows still holds but of the ``changed`` sources.
    changed : collection of str
    """

    def __init__(
        self,
        law: CanaryLaw,
        names: tuple[str, ...],
        before: Silent | None = None,
        changed: Collection[str] = (),
    ) -> None:
        self._law = law
        self._before = before
        self._places = {one: place for place, one in enumerate(names)}
        theirs = before._places if before is not None else {}
        same = [one for one in names if one in theirs and one not in changed]
        self._own = np.array([self._places[one] for one in same], dtype=np.intp)
        self._theirs = np.array([theirs[one] for one in same], dtype=np.intp)
        host_at = [self._places.get(one, -1) for one in law.trial.sources]
        fresh = np.array(host_at, dtype=np.intp)
        fresh[np.isin(fresh, self._own)] = -1
        self._misses = _Misses.of(law, fresh)
        self._known = np.zeros(len(STEPS), dtype=bool)
        self._said = np.zeros((len(law.alive), len(STEPS), len(names)))

    def said(self, steps: Places) -> Floats:
        """Log ratio of each host at each cut time, for ``steps``: float64[t, len(steps), hosts]."""
        fresh = np.unique(steps[~self._known[steps]])
        if len(fresh):
            self._ask(fresh)
            self._known[fresh] = True
        return self._said[:, steps]

    def _ask(self, steps: Places) -> None:
        rows = steps[:, None]
        if self._before is not None and len(self._own):
            self._said[:, rows, self._own] = self._before.said(steps)[:, :, self._theirs]
        if self._misses is not None:
            said = self._misses.said(self._law, STEPS[steps])
            self._said[:, rows, self._misses.hosts] = said
