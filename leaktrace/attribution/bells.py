"""Mixtures of normal densities of shares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: Where densities are laid out.
GRID: Floats = np.linspace(0.0, 1.0, 401)
_NARROWEST = 0.004
_LIGHT = 1e-4
_ALL = 1 - 1e-9


class Bells:
    """Normal densities on :data:`GRID`, cut at its ends; equal ones are laid out once.

    Parameters
    ----------
    share, error : float64[n]
        Means and standard deviations.
    """

    def __init__(self, share: Floats, error: Floats) -> None:
        self._kinds, self._which = np.unique(share.clip(0, 1) + 1j * error, return_inverse=True)
        self._shapes = np.zeros((len(self._kinds), len(GRID)))
        self._known = np.zeros(len(self._kinds), dtype=bool)

    def mixture(self, weights: Floats) -> Floats:
        """Their mixture, each with its weight (float64[n]); the lightest are left out."""
        if not len(weights):
            return np.zeros(len(GRID))
        heavy = weights > _LIGHT * weights.max()
        mass = np.bincount(self._which[heavy], weights[heavy], len(self._kinds))
        used = np.flatnonzero(mass)
        self._lay_out(used[~self._known[used]])
        return np.asarray(mass[used] @ self._shapes[used])

    def _lay_out(self, places: npt.NDArray[np.intp]) -> None:
        share, error = self._kinds[places].real, self._kinds[places].imag
        # Who alone contributed gave all of it, whatever its list holds.
        width = np.maximum(np.where(share >= _ALL, 0.0, error), _NARROWEST)
        shapes = np.exp(-0.5 * ((GRID - share[:, None]) / width[:, None]) ** 2)
        self._shapes[places] = shapes / shapes.sum(axis=1, keepdims=True)
        self._known[places] = True
