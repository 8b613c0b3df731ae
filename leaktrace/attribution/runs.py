"""One batch weighed again and again, each time without one piece of evidence.

What a piece does not touch is not worked out anew: the fits and the readings only depend on the
reference lists, and canaries say the same of all sources whose canaries stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from leaktrace.attribution import without
from leaktrace.attribution.canarytables import CanaryTables
from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.fits import Fit
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.inference import points_of
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points
from leaktrace.attribution.readings import Readings, read
from leaktrace.attribution.weigher import Weigher


class Runs:
    """The hypotheses of one batch about one source at a time, see :func:`points_of`; each is
    weighed once.

    Parameters
    ----------
    model : CaseModel
    seen : Observation
    fits : sequence of Fit, optional
        Those of the batch, where they are known already.
    """

    def __init__(
        self, model: CaseModel, seen: Observation, fits: Sequence[Fit] | None = None
    ) -> None:
        self._model = model
        self._seen = seen
        self._fits = fits
        self._readings: Readings | None = None
        self._tables: CanaryTables | None = None
        self._weighed: dict[tuple[str, str | None], Points] = {}

    def premises(self, code: str | None = None) -> Premises:
        """The premises without the piece ``code`` (None: nothing is left out)."""
        return self._premises(self._seen, code)

    def _premises(self, seen: Observation, code: str | None) -> Premises:
        return self._model.premises_of(
            seen,
            claims=code != without.CLAIMS,
            pooled=code != without.POOL,
            calls=code != without.CALLS,
        )

    def points(self, source: str, code: str | None = None) -> Points:
        """The hypotheses with and without ``source``, the piece ``code`` left out."""
        key = source, code
        if code == without.POOL and self.premises(code).coverage == self.premises().coverage:
            key = source, None  # the rest of what other batches say is not in the points
        if key not in self._weighed:
            self._weighed[key] = self._points(*key)
        return self._weighed[key]

    def _points(self, source: str, code: str | None) -> Points:
        seen = without.left_out(self._seen, source, code, self._model.premises.settings)
        premises = self._premises(seen, code)
        return points_of(
            seen,
            premises,
            asked=source,
            use_dates=code != without.DATES,
            readings=self._readings_for(seen, premises, code),
            tables=self._tables_for(seen, premises),
        )

    def _tables_for(self, seen: Observation, premises: Premises) -> CanaryTables:
        whole, cut, settings = self._seen.trial, seen.grid.cut, premises.settings
        if self._tables is None:
            self._tables = CanaryTables(whole, cut, settings)
        if seen.trial is whole:
            return self._tables
        return CanaryTables(seen.trial, cut, settings, self._tables)

    def _readings_for(
        self, seen: Observation, premises: Premises, code: str | None
    ) -> Readings | None:
        if code == without.OVERLAP or premises.coverage != self.premises().coverage:
            return None
        if code in (without.CLAIMS, without.CALLS):
            return read(seen, premises, self._fits)
        if self._readings is None:
            tables = self._tables_for(self._seen, premises)
            raised = Weigher(self._seen, premises, tables=tables).bounds()
            self._readings = read(seen, premises, self._fits, raised)
            self._fits = self._readings.fits
        return self._readings
