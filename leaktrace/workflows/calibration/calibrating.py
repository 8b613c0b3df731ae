"""``simulate --calibration``: fresh worlds traced, and how good the answers were."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from leaktrace import __version__
from leaktrace.attribution.calibration import Validation, shipped_validation
from leaktrace.attribution.trace import MODEL, VERSION
from leaktrace.progress import SILENT, Progress
from leaktrace.workflows.calibration.figures import (
    Figures,
    Said,
    as_numbers,
    by_evidence,
    by_family,
    by_kind,
    figures_of,
    said_of,
)
from leaktrace.workflows.calibration.reliability import Step, reliability_steps
from leaktrace.workflows.calibration.trials import Trial
from leaktrace.workflows.calibration.worlds import Worlds, check_fresh, traced_worlds

_OF_LISTS = ("lists", "strangers", "strangers_named")


@dataclass(frozen=True)
class Calibration:
    """What was said of fresh worlds, beside the truth.

    Attributes
    ----------
    worlds : Worlds
    trials : tuple of Trial
    shipped : Validation
        What this version was fitted to, on other worlds.
    """

    worlds: Worlds
    trials: tuple[Trial, ...]
    shipped: Validation

    @property
    def cap(self) -> float:
        """log10 of the largest likelihood ratio that is printed."""
        return self.shipped.log10_lr_cap

    @cached_property
    def said(self) -> Said:
        """All trials as arrays."""
        return said_of(self.trials, self.cap)

    @cached_property
    def figures(self) -> Figures:
        """The figures of all trials."""
        return figures_of(self.trials, self.cap)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The reliability curve."""
        return reliability_steps(self.said.posterior, self.said.true)

    @cached_property
    def parts(self) -> dict[str, dict[str, Figures]]:
        """The figures by ``kind`` of list, by ``evidence`` at hand and by ``family`` of worlds."""
        return {
            "kind": by_kind(self.trials, self.cap),
            "evidence": by_evidence(self.trials, self.cap),
            "family": by_family(self.trials, self.cap),
        }


def calibrate(
    worlds: Worlds | None = None, *, processes: int = 2, progress: Progress = SILENT
) -> Calibration:
    """Trace fresh worlds and keep what was said beside the truth.

    Parameters
    ----------
    worlds : Worlds, optional
        Three of each family that the shipped validation knows, by default.
    processes : int
        So many worlds at a time, each in a process of its own.
    progress : Progress

    Raises
    ------
    UsageError
        If there is no such family, or this version was fitted on one of the seeds.
    """
    worlds = worlds or Worlds()
    check_fresh(worlds)
    trials = traced_worlds(worlds, processes=processes, progress=progress)
    return Calibration(worlds, trials, shipped_validation())


def as_document(calibration: Calibration) -> dict[str, Any]:
    """The figures as plain values, floats of four significant digits."""
    worlds, shipped = calibration.worlds, calibration.shipped
    return {
        "version": __version__,
        "model": {"name": MODEL, "version": VERSION},
        "worlds": len(worlds.each()),
        "families": list(worlds.families),
        "seeds": [worlds.first, worlds.last],
        "sources": worlds.sources,
        "batches": worlds.batches,
        "figures": as_numbers(calibration.figures),
        "reliability": [_step(one) for one in calibration.steps],
        **{"by_" + part: _numbers(part, one) for part, one in calibration.parts.items()},
        "shipped": {
            "laws": {one: [law.slope, law.shift] for one, law in sorted(shipped.laws.items())},
            "log10_lr_cap": shipped.log10_lr_cap,
            "worlds": shipped.worlds,
            "statements": shipped.statements,
            "families": list(shipped.families),
            "seeds": list(shipped.seeds),
            "figures": dict(shipped.figures),
        },
    }


def _numbers(part: str, figures: dict[str, Figures]) -> dict[str, dict[str, float | None]]:
    # One list has pairs of every kind of evidence: nothing is counted of it as a whole.
    hidden = _OF_LISTS if part == "evidence" else ()
    return {
        name: {key: value for key, value in as_numbers(one).items() if key not in hidden}
        for name, one in figures.items()
    }


def _step(one: Step) -> dict[str, float | int | None]:
    low, high = one.interval
    shares = (one.mean, one.share, low, high)
    mean, share, low, high = (float(f"{value:.4g}") for value in shares)
    known = bool(one.count)
    return {
        "from": one.low,
        "below": one.high,
        "statements": one.count,
        "true": one.true,
        "mean": mean if known else None,
        "share": share if known else None,
        "low": low if known else None,
        "high": high if known else None,
    }
