"""When a list was cut, which is not when it was seen.

The cut is latent: no later than the sighting, on a grid of lags with a broad prior, and informed by
the newest registrations matched in the reference lists. A list cut at T holds nobody who
registered later, so if those who registered between the newest match and T should have been
many, T is less likely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.settings import Settings
from leaktrace.fingerprint.held import NO_DAY
from leaktrace.times import DAY

Floats = npt.NDArray[np.float64]
# A match dated after the cut: registered again, or elsewhere under the same number.
_LATE_MATCH = 0.003
_SHANGHAI = 8 * 3600


@dataclass(frozen=True, slots=True)
class CutGrid:
    """The moments at which a batch may have been cut.

    Attributes
    ----------
    cut : float64[t]
        Seconds since 1970, newest first; none after the sighting (read in favour of the source).
    log_prior : float64[t]
    """

    cut: Floats
    log_prior: Floats


def cut_grid(seen_earliest: float, settings: Settings) -> CutGrid:
    """The grid for a batch seen at ``seen_earliest`` or later: a sighting known only by its day is
    read in favour of the source, as early as that day began."""
    lags = np.array([lag for lag, _weight in settings.lags]) * DAY
    weights = np.array([weight for _lag, weight in settings.lags])
    return CutGrid(seen_earliest - lags, np.log(weights / weights.sum()))


def dates_log_likelihood(
    matched: npt.NDArray[np.int32],
    registered: npt.NDArray[np.int32],
    grid: CutGrid,
    rows: float,
) -> Floats:
    """Log likelihood of the cut times, from one list's dated matches: float64[t], 0 at its best.

    Parameters
    ----------
    matched : int32[m]
        Days of registration of the batch's people in the list.
    registered : int32[k]
        Days of registration of the list's own people, ascending.
    grid : CutGrid
    rows : float
        The number of rows that the matches count as.
    """
    matched = matched[matched != NO_DAY]
    registered = registered[np.searchsorted(registered, NO_DAY, side="right") :]
    if len(matched) < 5 or len(registered) < 20:
        return np.zeros(len(grid.cut))
    days = np.floor((grid.cut + _SHANGHAI) / DAY)
    before = np.searchsorted(registered, days, side="right") / len(registered)
    late = (matched[None, :] > days[:, None]).mean(axis=1)
    per_row = (1 - late) * -np.log(np.maximum(before, 1e-6)) + late * np.log(_LATE_MATCH)
    total = min(rows, len(matched)) * per_row
    return np.asarray(total - total.max())


def cut_log_weights(grid: CutGrid, evidence: Floats) -> Floats:
    """Log posterior weights of the cut times; they sum to 1."""
    joint = grid.log_prior + evidence
    return np.asarray(joint - np.logaddexp.reduce(joint))
