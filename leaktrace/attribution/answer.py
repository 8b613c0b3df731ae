"""One batch with its weighed hypotheses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.calibration import Laws
from leaktrace.attribution.fitting.stating import Stating
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points
from leaktrace.attribution.pooling import Cavity
from leaktrace.attribution.result import Parent

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answer:
    """One batch with its weighed hypotheses.

    Attributes
    ----------
    seen : Observation
    points : Points
    weights : float64[points]
    cavity : Cavity
    laws : mapping
        How the evidence counts, by what a statement rests on.
    alone : mapping
        Source to its calibrated posterior without the lineage.
    final : mapping
        Source to its calibrated posterior with it.
    parents : tuple of Parent
        The surest first.
    stating : Stating or None
        Whether the model fits; the posteriors above are kept down where it does not.
    """

    seen: Observation
    points: Points
    weights: Floats
    cavity: Cavity
    laws: Laws
    alone: Mapping[str, float]
    final: Mapping[str, float]
    parents: tuple[Parent, ...] = ()
    stating: Stating | None = None
