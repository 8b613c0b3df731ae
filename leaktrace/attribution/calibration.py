"""What the shipped validation allows: a temperature for the posteriors and a cap for the ratios.

The figures come from simulated worlds that were not used to choose anything else
(:mod:`leaktrace.workflows.calibration`); they are kept beside the code in ``validation.json`` and
belong to one version of the model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np


@dataclass(frozen=True, slots=True)
class Validation:
    """The shipped validation.

    Attributes
    ----------
    temperature : float
        Exponent of the posterior odds; below 1 where the raw model was too sure.
    log10_lr_cap : float
        Empirical upper bound of the likelihood ratios (Vergeer et al., Sci. Justice 56, 2016).
    worlds, statements : int
        How much it rests on.
    families : tuple of str
        The families of worlds that it was fitted on.
    seeds : pair of int
        The first and the last seed of those worlds: nothing is ever checked on them again.
    figures : mapping
        How good the answers on those worlds were, by the names of
        :func:`leaktrace.workflows.calibration.as_numbers`.
    """

    temperature: float
    log10_lr_cap: float
    worlds: int
    statements: int
    families: tuple[str, ...] = ()
    seeds: tuple[int, int] = (0, -1)
    figures: Mapping[str, float] = field(default_factory=dict)


@cache
def shipped_validation() -> Validation:
    """The validation that belongs to this version."""
    text = files("leaktrace.attribution").joinpath("validation.json").read_text("utf-8")
    facts = json.loads(text)
    return Validation(
        float(facts["temperature"]),
        float(facts["log10_lr_cap"]),
        int(facts["worlds"]),
        int(facts["statements"]),
        tuple(facts["families"]),
        (int(facts["seeds"][0]), int(facts["seeds"][-1])),
        dict(facts.get("figures", {})),
    )


def calibrated(probability: float, prior: float, temperature: float) -> float:
    """``probability`` with the odds that the evidence made, beyond ``prior``, to the power of
    ``temperature``."""
    if temperature == 1.0:
        return probability
    inside = min(max(probability, 1e-12), 1 - 1e-12)
    start = np.log(prior / (1 - prior))
    odds = start + temperature * (np.log(inside / (1 - inside)) - start)
    return float(1 / (1 + np.exp(-odds)))
