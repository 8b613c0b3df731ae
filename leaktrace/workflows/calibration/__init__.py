"""Calibration on simulated worlds: what is said beside what is true.

:func:`fitted_laws` and :func:`upper_bound` make what ships with a version;
:func:`calibrate` checks a version on worlds that it was not fitted on, and
:func:`write_calibration` tells of it.
"""

from leaktrace.workflows.calibration.calibrating import Calibration, as_document, calibrate
from leaktrace.workflows.calibration.figures import Figures, as_numbers, figures_of
from leaktrace.workflows.calibration.fitting import (
    fitted_law,
    fitted_laws,
    fitted_validation,
    upper_bound,
)
from leaktrace.workflows.calibration.page import check_place, in_short, write_calibration
from leaktrace.workflows.calibration.ratios import (
    cllr,
    cllr_min,
    empirical_bounds,
    pool_adjacent_violators,
    shares_above,
)
from leaktrace.workflows.calibration.reliability import (
    brier_parts,
    calibration_error,
    reliability_steps,
    wilson,
)
from leaktrace.workflows.calibration.trials import Trial, raw_trials, spoken_trials, trials_of
from leaktrace.workflows.calibration.worlds import FIRST_SEED, SEEDS, Worlds, shipped_families

__all__ = [
    "FIRST_SEED",
    "SEEDS",
    "Calibration",
    "Figures",
    "Trial",
    "Worlds",
    "as_document",
    "as_numbers",
    "brier_parts",
    "calibrate",
    "calibration_error",
    "check_place",
    "cllr",
    "cllr_min",
    "empirical_bounds",
    "figures_of",
    "fitted_law",
    "fitted_laws",
    "fitted_validation",
    "in_short",
    "pool_adjacent_violators",
    "raw_trials",
    "reliability_steps",
    "shares_above",
    "shipped_families",
    "spoken_trials",
    "trials_of",
    "upper_bound",
    "wilson",
    "write_calibration",
]
