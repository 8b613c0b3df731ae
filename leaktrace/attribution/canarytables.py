"""The canaries of one batch, laid out so that each is asked once about each share.

Where one piece of evidence is left out, most of what the others say stands.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import (
    CanaryLaw,
    CanaryTrial,
    SharedCanaries,
    lone,
    shared,
    shared_among,
)
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.silence import Silent
from leaktrace.attribution.steps import STEPS, distinct_rows

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


class CanaryTables:
    """What the canaries of a trial say, by cut time and exclusion.

    Parameters
    ----------
    trial : CanaryTrial
    cut : float64[t]
        The cut times.
    settings : Settings
    before : CanaryTables, optional
        Of the same batch with other evidence: what it knows still holds of all sources whose
        canaries and rates are the same.
    """

    def __init__(
        self,
        trial: CanaryTrial,
        cut: Floats,
        settings: Settings,
        before: CanaryTables | None = None,
    ) -> None:
        self.law = CanaryLaw.of(trial, cut, settings)
        self._before = before
        self._changed = changed(trial, before.law.trial) if before else frozenset(trial.sources)
        self._lone: dict[str, Floats] = {}
        self._silent: dict[tuple[str, ...], Silent] = {}
        self._shared: dict[tuple[str, ...], list[SharedCanaries]] = {}

    def lone(self, source: str) -> Floats:
        """Log ratio of ``source``'s canaries where it alone contributed, at each of
        :data:`~leaktrace.attribution.steps.STEPS`: float64[e, t, steps]."""
        if source not in self._lone:
            known = self._before if source not in self._changed else None
            self._lone[source] = known.lone(source) if known else lone(self.law, source, STEPS)
        return self._lone[source]

    def together(self, sources: tuple[str, ...], steps: Places) -> Floats:
        """Log ratios where ``sources`` contributed.

        Parameters
        ----------
        sources : tuple of str
        steps : intp[n, sources]
            The step of each share; -1 where the source did not contribute.

        Returns
        -------
        float64[e, t, n]
        """
        law = self.law
        total = np.zeros((len(law.factors), len(law.alive), len(steps)))
        for column, source in enumerate(sources):
            rows = np.flatnonzero(steps[:, column] >= 0)
            if len(rows):
                total[:, :, rows] += self.lone(source)[:, :, steps[rows, column]]
        for group in self._groups(sources):
            here = steps[:, group.places]
            rows = np.flatnonzero((here >= 0).sum(axis=1) > 1)
            if len(rows):
                first, which = distinct_rows(here[rows])
                kinds = here[rows[first]]
                scales = np.where(kinds >= 0, STEPS[kinds], 0.0)
                total[:, :, rows] += shared(law, group, scales)[:, :, which]
        return total

    def _groups(self, sources: tuple[str, ...]) -> Sequence[SharedCanaries]:
        if sources not in self._shared:
            self._shared[sources] = shared_among(self.law.trial, sources)
        return self._shared[sources]

    def silent(self, names: tuple[str, ...]) -> Silent:
        """What the misses of the silent hosts ``names`` say."""
        if names not in self._silent:
            known = list(self._before._silent.values())[:1] if self._before else []
            before = known[0] if known else None
            self._silent[names] = Silent(self.law, names, before, self._changed)
        return self._silent[names]


def changed(trial: CanaryTrial, before: CanaryTrial) -> frozenset[str]:
    """The sources of ``trial`` whose canaries or rates are not those of ``before``, which is of the
    same sources with at least the same canaries."""
    if trial is before:
        return frozenset()
    size = len(trial.sources)
    counts = [np.bincount(one.column, minlength=size) for one in (trial, before)]
    other = (counts[0] != counts[1]) | (trial.measured != before.measured)
    if len(trial.rates) == len(before.rates):
        other[trial.column[trial.rates != before.rates]] = True
    return frozenset(trial.sources[place] for place in np.flatnonzero(other).tolist())
