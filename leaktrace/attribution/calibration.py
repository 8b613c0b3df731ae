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

#: What a statement about a source rests on, the strongest first: its canaries in the batch, cells
#: in its own version, other batches that surely came from it, its list alone, or none of these.
RESTS_ON = (CANARIES, CELLS, LENT, LIST, NEITHER) = (
    "canaries", "cells", "lent", "list", "neither",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Law:
    """How the evidence of a statement counts: its log odds beyond the prior are multiplied by
    ``slope``, and ``shift`` (in nats) is added."""

    slope: float = 1.0
    shift: float = 0.0

    def applied(self, log_odds: float) -> float:
        """The log odds beyond the prior as they count."""
        return self.slope * log_odds + self.shift

    def log10_lr(self, ratio: float) -> float:
        """A log10 likelihood ratio as it counts."""
        return self.slope * ratio + self.shift / float(np.log(10.0))


Laws = Mapping[str, Law]
"""How the evidence counts, by what a statement rests on."""


@dataclass(frozen=True, slots=True)
class Validation:
    """The shipped validation.

    Attributes
    ----------
    laws : mapping
        By what a statement rests on (:data:`RESTS_ON`), how its evidence counts: less where the raw
        model was too sure.
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

    laws: Laws
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
        {one: Law(*facts["laws"].get(one, (1.0, 0.0))) for one in RESTS_ON},
        float(facts["log10_lr_cap"]),
        int(facts["worlds"]),
        int(facts["statements"]),
        tuple(facts["families"]),
        (int(facts["seeds"][0]), int(facts["seeds"][-1])),
        dict(facts.get("figures", {})),
    )


def laws_of(temperature: float | None) -> Laws:
    """The law of each kind of statement: the shipped ones, or one ``temperature`` for all."""
    if temperature is None:
        return shipped_validation().laws
    return dict.fromkeys(RESTS_ON, Law(temperature))


def calibrated(probability: float, prior: float, law: Law) -> float:
    """``probability`` with the odds that the evidence made, beyond ``prior``, as they count."""
    if law == Law():
        return probability
    inside = min(max(probability, 1e-12), 1 - 1e-12)
    start = np.log(prior / (1 - prior))
    odds = start + law.applied(float(np.log(inside / (1 - inside)) - start))
    return float(1 / (1 + np.exp(-odds)))
