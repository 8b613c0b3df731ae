"""Every reading of every fit of one batch, laid out as arrays.

They do not depend on canaries, dates and cells, so that whatever is left out of those, the readings
stand as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fits import Fit, search_fits
from leaktrace.attribution.hypotheses import (
    CODES,
    CONTRIBUTED,
    OVERLAPPED,
    Premises,
    log_priors_of_readings,
    readings_of,
)
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import ABSENT, Codes
from leaktrace.attribution.shares import Shares, Subsets, shares_of

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings (``r``) of the fits of a batch's lists (``k``).

    Attributes
    ----------
    lists : tuple of str
        The source of each list.
    fits : tuple of Fit
    fit, subset : intp[r]
        The fit of each reading, and which subset of its lists is drawn (contributed, or the twin
        did): a row of ``shares``.
    codes : int8[r, k]
        How each list is read, ABSENT where it is not in the fit.
    drawn : intp[r]
        How many lists are drawn.
    log_prior : float64[r]
        Of the reading, with the likelihood of the patterns under its fit.
    shares : Shares
    errors : float64[fits, k]
        Standard errors of the apparent shares.
    """

    lists: tuple[str, ...]
    fits: tuple[Fit, ...]
    fit: Places
    subset: Places
    codes: Codes
    drawn: Places
    log_prior: Floats
    shares: Shares
    errors: Floats

    @property
    def contributed(self) -> npt.NDArray[np.bool_]:
        """Whose own people they are: bool[r, k]."""
        return np.asarray(self.codes == CODES[CONTRIBUTED])


def read(
    seen: Observation,
    premises: Premises,
    fits: Sequence[Fit] | None = None,
    raised: Mapping[str, float] | None = None,
) -> Readings:
    """Every reading of the batch ``seen``, whose ``fits`` may be known already; else ``raised``
    says by how much canaries and cells may raise each source."""
    fits = fits_of(seen, premises, raised) if fits is None else fits
    width = len(seen.lists)
    ways = [readings_of(len(fit.lists)) for fit in fits]
    fit_of = np.repeat(np.arange(len(fits)), [len(one) for one in ways])
    codes = np.full((len(fit_of), width), ABSENT, dtype=np.int8)
    likelihood = np.array([fit.log_likelihood + fit.log_volume for fit in fits])
    errors = np.zeros((len(fits), width))
    first = 0
    for place, (fit, way) in enumerate(zip(fits, ways, strict=True)):
        codes[first : first + len(way), list(fit.lists)] = way
        errors[place, list(fit.lists)] = fit.errors
        first += len(way)
    overlapped = codes == CODES[OVERLAPPED]
    drawn = (codes != ABSENT) & ~overlapped
    # Readings of one fit that draw the same lists share all but the prior.
    key = fit_of * (1 << width) + drawn @ (1 << np.arange(width))
    _keys, chosen, subset = np.unique(key, return_index=True, return_inverse=True)
    subsets = Subsets(fit_of[chosen], drawn[chosen], overlapped[chosen])
    shares = shares_of(fits, subsets, seen.lists, premises)
    odds = log_priors_of_readings(seen.lists, premises)
    priors = np.where(codes == ABSENT, 0.0, odds[np.arange(width), np.maximum(codes, 0)])
    return Readings(
        seen.lists, tuple(fits), fit_of, subset, codes, drawn.sum(axis=1),
        likelihood[fit_of] + priors.sum(axis=1), shares, errors,
    )  # fmt: skip


def fits_of(
    seen: Observation, premises: Premises, raised: Mapping[str, float] | None = None
) -> list[Fit]:
    """The sets of lists that may explain the batch ``seen``."""
    rows = premises.settings.rows_that_count(seen.real)
    cost = float(np.log(premises.settings.prior_of_partner(premises.sources)))
    told = np.array([raised[one] for one in seen.lists]) if raised else None
    return search_fits(seen.table, seen.parts, seen.rest, rows, cost=cost, raised=told)
