"""How far the model's evidence may be believed, told by the controls.

A control is planted nowhere, so nothing that rings it is a leak. Taken for a source's lines, one,
two or four of them at a time, controls show which likelihood ratios mere chance reaches. For an
innocent the mean likelihood ratio is 1 where a model is right; where that of the controls is well
above it, all evidence is tempered until it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from leaktrace.calls.leaking.records import Business, Heard
from leaktrace.calls.leaking.source import Scene, SourceCase

EXPONENTS = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
_UNTOLD = 0.7
_LEAST_CONTROLS = 10
_MEAN = 1.5
_TOGETHER = (1, 2, 4)


def enough_controls(heard: Heard) -> bool:
    """Whether the controls can tell how often a line rings anyway."""
    return len(heard.controls) >= _LEAST_CONTROLS


def tempering_of(scene: Scene) -> float:
    """The greatest of :data:`EXPONENTS` at which the controls look innocent; that of nothing told
    where there are too few of them."""
    if not enough_controls(scene.heard):
        return _UNTOLD
    families = [_family(scene, scene.heard.controls, many) for many in _TOGETHER]
    return next(
        (one for one in EXPONENTS if all(_innocent(family, one) for family in families)),
        EXPONENTS[-1],
    )


def _family(scene: Scene, controls: Sequence[int], many: int) -> list[SourceCase]:
    known = [at for line in scene.heard.lines for at in line.planted.values()]
    at = max(median(known), scene.heard.start) if known else scene.heard.start
    sets = [controls[one : one + many] for one in range(0, len(controls) - many + 1, many)]
    return [SourceCase(scene, "", Business(), dict.fromkeys(lines, at)) for lines in sets]


def _innocent(family: Sequence[SourceCase], exponent: float) -> bool:
    ratios = np.exp([one.odds(exponent).log_lr for one in family])
    return bool(ratios.mean() <= _MEAN)
