"""One of the known sources without a hit and without a notable list is a host: which of them?

There may be hundreds, each as likely as its prior and its misses leave it. They are asked together.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import CanaryLaw, log_misses, over_exclusions
from leaktrace.attribution.steps import STEPS

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


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
        self._places = {one: place for place, one in enumerate(names)}
        self._known = np.zeros(len(STEPS), dtype=bool)
        self._said = np.zeros((len(law.alive), len(STEPS), len(names)))
        if before is not None:
            self._take(before, changed)

    def said(self, steps: Places) -> Floats:
        """Log ratio of each host at each cut time, for ``steps``: float64[t, len(steps), hosts]."""
        fresh = np.unique(steps[~self._known[steps]])
        if len(fresh):
            self._ask(fresh, self._places)
            self._known[fresh] = True
        return self._said[:, steps]

    def _take(self, before: Silent, changed: Collection[str]) -> None:
        same = [one for one in self._places if one in before._places and one not in changed]
        steps = np.flatnonzero(before._known)
        own, theirs = ([known[one] for one in same] for known in (self._places, before._places))
        self._said[:, steps[:, None], own] = before._said[:, steps[:, None], theirs]
        self._known[steps] = True
        if len(steps):
            self._ask(steps, set(self._places).difference(same))

    def _ask(self, steps: Places, names: Collection[str]) -> None:
        """Ask about ``names`` at ``steps``; equal rates at one host count together."""
        law, trial = self._law, self._law.trial
        host_at = np.full(len(trial.sources), -1, dtype=np.intp)
        for place, source in enumerate(trial.sources):
            if source in names:
                host_at[place] = self._places[source]
        here = np.flatnonzero(host_at[trial.column] >= 0)
        if not len(here):
            return
        here = here[np.lexsort((trial.rates[here], trial.column[here]))]
        column, rate = trial.column[here], trial.rates[here]
        begin = np.append(True, (column[1:] != column[:-1]) | (rate[1:] != rate[:-1]))
        groups = np.flatnonzero(begin)
        counts = np.add.reduceat(law.alive[:, here], groups, axis=1)
        scales = np.where(trial.measured[column[groups]], 1.0, STEPS[steps, None])
        each = log_misses(scales * rate[groups], law.factors)
        first = np.flatnonzero(np.append(True, np.diff(column[groups]) != 0))
        hosts = host_at[column[groups[first]]]
        # Most cut times have the same canaries.
        distinct, back = np.unique(counts, axis=0, return_inverse=True)
        by_row = []
        for count in distinct:
            said = each * count
            whole = said if len(first) == len(groups) else np.add.reduceat(said, first, axis=2)
            by_row.append(over_exclusions(law, whole))
        self._said[:, steps[:, None], hosts] = np.stack(by_row)[back.ravel()]
