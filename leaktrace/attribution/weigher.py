"""What the canaries, dates and cells of one batch say of its hypotheses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import over_cuts, over_exclusions
from leaktrace.attribution.canarytables import CanaryTables
from leaktrace.attribution.cutting import cut_log_weights
from leaktrace.attribution.hypotheses import SILENT, Premises
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.steps import STEPS, WHOLE, distinct_rows, steps_of

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
_MOST_TELLING = 5
_NO_ROOM = 30.0
# Where canaries and cells are asked how much they may raise a source.
_PROBED: Floats = np.array([0.06, 0.25, 0.5, 0.75, 0.94])
# Sources with hits in the same window of time raise each other a little.
_SLACK = 1.5


class Weigher:
    """What the canaries, dates and cells say of the hypotheses of one batch, each asked once.

    Parameters
    ----------
    seen : Observation
    premises : Premises
    use_dates : bool
        Whether the dates of matched registrations inform the cut time.
    tables : CanaryTables, optional
        Of ``seen.trial``, where it is laid out already.

    Attributes
    ----------
    telling : tuple of str
        The hosts with hits, most first, a handful.
    silent : tuple of str
        The hosts none of whose canaries was found.
    columns : tuple of str
        The definite sources that may contribute: those whose list may have a notable apparent
        share, then the ``telling`` ones.
    """

    def __init__(
        self,
        seen: Observation,
        premises: Premises,
        use_dates: bool = True,
        tables: CanaryTables | None = None,
    ) -> None:
        self.seen = seen
        self.premises = premises
        hits = seen.trial.hit_counts()
        found = sorted(
            (one for one in seen.hosts if one in hits), key=lambda one: (-hits[one], one)
        )
        self.telling = tuple(found[:_MOST_TELLING])
        self.silent = tuple(one for one in seen.hosts if one not in hits)
        self.columns = (*seen.lists, *self.telling)
        self._hits = hits
        self._dates = seen.dates if use_dates else {}
        self._tables = tables or CanaryTables(seen.trial, seen.grid.cut, premises.settings)
        self._cells: dict[str, Floats] = {}

    def cuts(self, lists: Sequence[Sequence[str]]) -> tuple[Places, Floats]:
        """Log weights of the cut times for each of ``lists``, the lists that are notable together:
        which row each has (intp), and the rows (float64[rows, t])."""
        dated = {one for one, said in self._dates.items() if said.any()}
        rows: dict[tuple[str, ...], int] = {}
        which = [
            rows.setdefault(tuple(one for one in notable if one in dated), len(rows))
            for notable in lists
        ]
        nothing = np.zeros(len(self.seen.grid.cut))
        weights = [
            cut_log_weights(self.seen.grid, sum((self._dates[one] for one in told), nothing))
            for told in rows
        ]
        return np.array(which, dtype=np.intp), np.array(weights)

    def ratios(self, inside: Bools, shares: Floats, weights: Floats) -> Floats:
        """Log ratio of the canaries, and of the cells, for each of many points: float64[p].

        Parameters
        ----------
        inside : bool[p, columns]
            Who contributed.
        shares : float64[p, columns]
        weights : float64[p, t]
            Log probabilities of the cut times.
        """
        steps = steps_of(shares)
        told = np.where(self._measured, WHOLE, steps)
        told = np.where(inside & self._planted, told, -1)
        first, which = distinct_rows(told)
        tables = self._tables.together(self.columns, told[first])
        table = over_exclusions(self._tables.law, tables)
        total = over_cuts(table[:, which], weights.T)
        for column, source in enumerate(self.columns):
            if source in self.seen.versions:
                cells = self._cells_of(source, steps[:, column])
                total = total + np.where(inside[:, column], cells, 0.0)
        return total

    @cached_property
    def _planted(self) -> Bools:
        """Where there is a canary at all: bool[columns]."""
        trial = self.seen.trial
        return np.array([trial.place_of(one) is not None for one in self.columns], dtype=bool)

    @cached_property
    def _measured(self) -> Bools:
        """Whose rates stand, whatever the share: bool[columns]."""
        return np.array([self.seen.trial.is_measured(one) for one in self.columns], dtype=bool)

    def _cells_of(self, source: str, steps: Places) -> Floats:
        """What the cells say of ``source`` at each of ``steps``: float64[len(steps)]."""
        known = self._cells.setdefault(source, np.full(len(STEPS), np.nan))
        for step in np.unique(steps[np.isnan(known[steps])]).tolist():
            known[step] = self.seen.versions[source].log_ratio(float(STEPS[step]))
        return known[steps]

    def bounds(self) -> dict[str, float]:
        """By how much canaries and cells can raise each column's source, and a silent one, at most:
        about what they say of it alone, at the share and cut time that suit it best."""
        trial, probed = self.seen.trial, steps_of(_PROBED)
        weights = self.cuts([()])[1].T
        bound = dict.fromkeys(self.columns, 0.0)
        for source in self.columns:
            if source in self._hits:  # misses never raise one
                steps = [WHOLE] if trial.is_measured(source) else probed
                told = self._tables.lone(source)[:, :, steps]
                table = over_exclusions(self._tables.law, told)
                bound[source] += max(0.0, float(over_cuts(table, weights).max())) + _SLACK
            if source in self.seen.versions:
                bound[source] += max(0.0, float(self._cells_of(source, probed).max()))
        odds = [
            odds + max(0.0, float(self._cells_of(one, probed).max()))
            if one in self.seen.versions
            else odds
            for one, odds in zip(self.silent, self._silent_odds.tolist(), strict=True)
        ]
        bound[SILENT] = float(np.logaddexp.reduce(odds)) if odds else 0.0
        return bound

    def room(self, inside: Bools, shares: Floats) -> Floats:
        """Log penalty where sources would have to give more people than they were told to have:
        float64[p]."""
        crowded = inside & self._crowded(self.columns, shares)
        return np.asarray(-_NO_ROOM * crowded.sum(axis=1))

    def _crowded(self, sources: Sequence[str], shares: Floats) -> Bools:
        told = np.array([self.premises.told.get(one, np.inf) for one in sources])
        return np.asarray(shares * self.seen.real > 2 * told + 2)

    def silence(
        self, shares: Floats, cut: Places, weights: Floats
    ) -> tuple[Floats, Places, Floats]:
        """One of the silent hosts contributed.

        Parameters
        ----------
        shares : float64[p]
        cut : intp[p]
            The row of ``weights`` that holds for the point.
        weights : float64[rows, t]
            Log probabilities of the cut times.

        Returns
        -------
        said : float64[p]
            Log of prior odds times ratio, summed over the silent hosts.
        which : intp[p]
            The row of ``parts`` for each point.
        parts : float64[q, silent]
            Which of them it is.
        """
        keys, which = np.unique(steps_of(shares) * len(weights) + cut, return_inverse=True)
        step, row = np.divmod(keys, len(weights))
        used, place = np.unique(step, return_inverse=True)
        told = self._tables.silent(self.silent).said(used)
        terms = self._silent_odds + over_cuts(told[:, place], weights[row].T[:, :, None])
        terms = terms - _NO_ROOM * self._crowded(self.silent, STEPS[step][:, None])
        for host, source in enumerate(self.silent):
            if source in self.seen.versions:
                terms[:, host] += self._cells_of(source, step)
        peak = terms.max(axis=1, keepdims=True)
        parts = np.exp(terms - peak)
        whole = parts.sum(axis=1, keepdims=True)
        return (peak + np.log(whole))[which, 0], which, parts / whole

    @cached_property
    def _silent_odds(self) -> Floats:
        """Prior odds of each silent host, with what its list, if it has one, says."""
        prior = np.array([self.premises.prior[one] for one in self.silent])
        return np.asarray(
            np.log(prior / (1 - prior)) + [self.seen.hosts[one] for one in self.silent]
        )
