"""``python tests/workflows/lir_figures.py``: the figures of ``lir_figures.json``.

``lir`` (Netherlands Forensic Institute, Apache-2.0, version 1.3.1 here) brings half a gigabyte of
other packages, so that it is in no list of ours: install it into an environment of its own to make
the file anew. The trials come from Python's own generator, whose numbers are the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

FILE = Path(__file__).with_suffix(".json")
Trials = tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]


def all_trials() -> dict[str, Trials]:
    """log10 likelihood ratios and the truth, by what is particular about them."""
    cut, cut_truth = drawn(9, 600, 900, 1.6)
    coarse, coarse_truth = drawn(4, 300, 500, 1.0)
    sharp, sharp_truth = drawn(2, 800, 1600, 1.0)
    return {
        "calibrated": drawn(1, 800, 1600, 1.0),
        "too bold": (sharp * 2.5, sharp_truth),
        "too shy": drawn(3, 400, 400, 0.4),
        "ties": (np.round(coarse, 1), coarse_truth),
        "cut": (np.clip(cut, -1.9, 2.4), cut_truth),
        "few": drawn(5, 5, 7, 1.0),
        "told apart": (
            np.concatenate([np.linspace(0.5, 5.0, 40), np.linspace(-6.0, -0.1, 90)]),
            np.arange(130) < 40,
        ),
        "the wrong way": (-drawn(6, 100, 100, 1.0)[0], drawn(6, 100, 100, 1.0)[1]),
        "one bad miss": (
            np.concatenate([np.full(500, 4.0), [-5.0], np.full(900, -4.0), [3.5]]),
            np.arange(1402) < 501,
        ),
        "beyond all": (
            np.concatenate([np.linspace(2.0, 250.0, 300), np.linspace(-200.0, 1.0, 300)]),
            np.arange(600) < 300,
        ),
    }


def drawn(seed: int, true: int, false: int, scale: float) -> Trials:
    """Ratios of two normal laws one apart, which are their own ratios, times ``scale``."""
    random, normal = Random(seed), NormalDist()
    scores = [normal.inv_cdf(random.random()) + 2.0 for _one in range(true)]
    scores += [normal.inv_cdf(random.random()) for _one in range(false)]
    ratios = (2.0 * np.array(scores) - 2.0) * np.log10(np.e) * scale
    return np.round(ratios, 6), np.arange(true + false) < true


def lir_figures(log10_lr: npt.NDArray[np.float64], true: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """What ``lir`` says of these trials."""
    from lir.algorithms.bayeserror import elub
    from lir.algorithms.isotonic_regression import IsotonicCalibrator
    from lir.data.models import LLRData
    from lir.metrics import cllr, cllr_cal, cllr_min

    labels = true.astype(int)
    data = LLRData(features=log10_lr.copy(), labels=labels)
    recalibrated = IsotonicCalibrator().fit_transform(log10_lr.copy(), labels)
    lower, upper = elub(log10_lr.copy(), labels)
    places = np.unique(np.linspace(0, len(true) - 1, 60).astype(int))
    return {
        "cllr": cllr(data),
        "cllr_min": cllr_min(data),
        "cllr_cal": cllr_cal(data),
        "lower": float(lower),
        "upper": float(upper),
        "places": places.tolist(),
        "recalibrated": [_written(float(one)) for one in recalibrated[places]],
        "tippett": _tippett(data),
    }


class _Curves:
    """Stands where ``lir`` would draw, and keeps what it draws."""

    def __init__(self) -> None:
        self.drawn: list[tuple[list[float], list[float]]] = []

    def plot(self, x: Any, y: Any, **_style: object) -> None:
        self.drawn.append((np.asarray(x).tolist(), np.asarray(y).tolist()))

    def __getattr__(self, _name: str) -> Any:
        return lambda *_given, **_named: None


def _tippett(data: Any) -> Mapping[str, Any]:
    """Ten points of each curve of a Tippett plot, in shares."""
    from lir.plotting import tippett

    curves = _Curves()
    tippett(data, ax=curves)  # type: ignore[arg-type]
    (at_true, true), (at_false, false) = curves.drawn
    chosen = range(0, len(at_true), 11)
    return {
        "true": [[at_true[place], true[place] / 100] for place in chosen],
        "false": [[at_false[place], false[place] / 100] for place in chosen],
    }


def _written(value: float) -> float | str:
    """``value`` as JSON can hold it."""
    return value if np.isfinite(value) else str(value)


def main() -> None:
    """Write the file."""
    found = {name: lir_figures(*trials) for name, trials in all_trials().items()}
    lines = [f"{json.dumps(name)}: {json.dumps(found[name], sort_keys=True)}" for name in found]
    FILE.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
