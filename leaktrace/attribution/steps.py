"""The shares that canaries and cells are asked about: steps of a tenth of themselves."""

from __future__ import annotations

from math import log

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
# Rates are no surer than that.
_STEPS = 10.0
_LEAST_SHARE = 1e-4
_LOWEST = round(log(_LEAST_SHARE) * _STEPS)
#: The share of each step, the last of which is 1.
STEPS: Floats = np.exp(np.arange(_LOWEST, 1) / _STEPS)
#: The step of a share of 1.
WHOLE = len(STEPS) - 1


def steps_of(shares: Floats) -> Places:
    """Which of :data:`STEPS` each share is nearest to."""
    logs = np.log(np.maximum(shares, _LEAST_SHARE))
    steps = np.rint(logs * _STEPS).astype(np.intp) - _LOWEST
    return np.asarray(np.minimum(steps, WHOLE))


def distinct_rows(steps: Places) -> tuple[Places, Places]:
    """Where each distinct row (values from -1 on) stands first, and which of them each row is."""
    keys, span = np.zeros(len(steps), dtype=np.int64), 1
    for column in range(steps.shape[1]):
        width = int(steps[:, column].max(initial=-1)) + 2
        if span * width > 1 << 62:
            values, keys = np.unique(keys, return_inverse=True)
            span = len(values)
        keys = keys * width + steps[:, column] + 1
        span *= width
    _keys, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return first, which
