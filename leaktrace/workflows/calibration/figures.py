"""How good the answers are: every figure of a set of trials, and of its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import numpy.typing as npt

from leaktrace.simulate.settings import BATCH_TYPES
from leaktrace.workflows.calibration.ratios import cllr, cllr_min, empirical_bounds
from leaktrace.workflows.calibration.reliability import Brier, brier_parts, calibration_error
from leaktrace.workflows.calibration.trials import AT_HAND, Trial

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LIKELY, STATED = 0.5, 0.95


@dataclass(frozen=True, slots=True)
class Said:
    """Trials as arrays of one length: ``posterior``, ``log10_lr`` as printed (cut) and ``uncut``,
    ``true`` and ``listed``."""

    posterior: Floats
    log10_lr: Floats
    uncut: Floats
    true: Flags
    listed: Flags


def said_of(trials: Sequence[Trial], cap: float) -> Said:
    """``trials`` as arrays, the likelihood ratios cut at ``cap`` (log10) either way."""
    uncut = np.array([one.log10_lr for one in trials], dtype=np.float64)
    return Said(
        np.array([one.posterior for one in trials], dtype=np.float64),
        np.clip(uncut, -cap, cap),
        uncut,
        np.array([one.contributed for one in trials], dtype=np.bool_),
        np.array([one.listed for one in trials], dtype=np.bool_),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure of a set of trials; NaN where there was nothing to measure.

    Attributes
    ----------
    lists, pairs, true, listed : int
        Lists; pairs of a list and a known source; those that are true; those of which anything
        was said.
    stated, stated_true : int
        Pairs at 0.95 or more, and the true ones among them.
    likely, likely_true : int
        The same at 0.5.
    strangers, strangers_named : int
        Lists with nobody from a known source, and those in which somebody was stated all the same.
    brier : Brier
        Over all pairs; what is not listed counts as 0.
    calibration_error : float
        Of the statements above 0.05.
    cllr, cllr_min : float
        Of all pairs, as printed.
    upper : float
        log10 of the largest ratio that the listed pairs can vouch for, which is more careful than
        all pairs would be.
    lower : float
        log10 of the smallest one, of all pairs: a true one that is not listed misleads.
    """

    lists: int
    pairs: int
    true: int
    listed: int
    stated: int
    stated_true: int
    likely: int
    likely_true: int
    strangers: int
    strangers_named: int
    brier: Brier
    calibration_error: float
    cllr: float
    cllr_min: float
    upper: float
    lower: float

    @property
    def cllr_cal(self) -> float:
        """The part of ``cllr`` that better calibration would save."""
        return self.cllr - self.cllr_min


def figures_of(trials: Sequence[Trial], cap: float) -> Figures:
    """The figures of ``trials``; their ratios are printed cut at ``cap``."""
    said = said_of(trials, cap)
    stated, likely = said.posterior >= STATED, said.posterior >= LIKELY
    strangers, named = _strangers(trials)
    return Figures(
        lists=len({(one.family, one.seed, one.batch) for one in trials}),
        pairs=len(trials),
        true=int(said.true.sum()),
        listed=int(said.listed.sum()),
        stated=int(stated.sum()),
        stated_true=int((stated & said.true).sum()),
        likely=int(likely.sum()),
        likely_true=int((likely & said.true).sum()),
        strangers=strangers,
        strangers_named=named,
        brier=brier_parts(said.posterior, said.true),
        calibration_error=calibration_error(said.posterior, said.true),
        cllr=cllr(said.log10_lr, said.true),
        cllr_min=cllr_min(said.log10_lr, said.true),
        upper=empirical_bounds(said.uncut[said.listed], said.true[said.listed])[1],
        lower=empirical_bounds(said.uncut, said.true)[0],
    )


def _strangers(trials: Sequence[Trial]) -> tuple[int, int]:
    known: dict[tuple[str, int, str], bool] = {}
    named = set()
    for one in trials:
        which = one.family, one.seed, one.batch
        known[which] = known.get(which, False) or one.contributed
        if one.posterior >= STATED:
            named.add(which)
    strangers = [which for which, somebody in known.items() if not somebody]
    return len(strangers), sum(which in named for which in strangers)


def figures_by(
    trials: Sequence[Trial], cap: float, key: Callable[[Trial], str], order: Sequence[str]
) -> dict[str, Figures]:
    """The figures of each part of ``trials``, in ``order``; parts without trials are left out."""
    parts: dict[str, list[Trial]] = {name: [] for name in order}
    for one in trials:
        parts[key(one)].append(one)
    return {name: figures_of(part, cap) for name, part in parts.items() if part}


def by_kind(trials: Sequence[Trial], cap: float) -> dict[str, Figures]:
    """By kind of list."""
    return figures_by(trials, cap, lambda one: one.type, BATCH_TYPES)


def by_evidence(trials: Sequence[Trial], cap: float) -> dict[str, Figures]:
    """By what the case holds that could tell."""
    return figures_by(trials, cap, lambda one: one.at_hand, AT_HAND)


def by_family(trials: Sequence[Trial], cap: float) -> dict[str, Figures]:
    """By family of worlds."""
    order = tuple(dict.fromkeys(one.family for one in trials))
    return figures_by(trials, cap, lambda one: one.family, order)


def as_numbers(figures: Figures) -> Mapping[str, float | None]:
    """The figures by name, floats of four significant digits; None where there was nothing to
    measure."""
    values = {
        **{name: getattr(figures, name) for name in _COUNTS},
        "brier": figures.brier.score,
        "brier_reliability": figures.brier.reliability,
        "brier_resolution": figures.brier.resolution,
        "brier_uncertainty": figures.brier.uncertainty,
        "calibration_error": figures.calibration_error,
        "cllr": figures.cllr,
        "cllr_min": figures.cllr_min,
        "cllr_cal": figures.cllr_cal,
        "upper_bound": figures.upper,
        "lower_bound": figures.lower,
    }
    return {name: _plain(value) for name, value in values.items()}


_COUNTS = (
    "lists", "pairs", "true", "listed", "stated", "stated_true", "likely", "likely_true",
    "strangers", "strangers_named",
)  # fmt: skip


def _plain(value: float) -> float | None:
    if isinstance(value, int):
        return value
    return None if isnan(value) else float(f"{value:.4g}") + 0.0
