"""How often a plan names the exact set of sources that leaked, in simulated leaks."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from leaktrace.canary.planning.codes import Code
from leaktrace.canary.planning.decoder import Returned, decode
from leaktrace.progress import SILENT, Progress


@dataclass(frozen=True, slots=True)
class Assumed:
    """The world in which a plan is tried.

    ``leaks`` sources leak at once; each leak misses each of its canaries with ``missing``; each
    number comes back by itself with ``background``.
    """

    leaks: int = 3
    missing: float = 0.3
    background: float = 0.02


@dataclass(frozen=True, slots=True)
class Naming:
    """What became of ``trials`` trials: how often the decoder named exactly the sources that
    leaked (``exact``), and how often it named one that had not (``wrong``)."""

    trials: int
    exact: int
    wrong: int

    @property
    def untold(self) -> int:
        """How often it named too few, or said that it could not tell."""
        return self.trials - self.exact - self.wrong

    @property
    def chance(self) -> float:
        """The share that was named exactly."""
        return self.exact / self.trials if self.trials else 0.0

    @property
    def error(self) -> float:
        """The standard error of :attr:`chance`, after Agresti and Coull, never 0."""
        share = (self.exact + 2) / (self.trials + 4)
        return sqrt(share * (1 - share) / (self.trials + 4))


def leaked(
    code: Code, assumed: Assumed, rng: np.random.Generator
) -> tuple[tuple[int, ...], npt.NDArray[np.bool_]]:
    """One made-up set of leaks: its sources, and which numbers came back (bool[m])."""
    count, numbers = code.shape
    truth = rng.choice(count, min(assumed.leaks, count), replace=False)
    back: npt.NDArray[np.bool_] = np.less(rng.random(numbers), assumed.background)
    for source in truth:
        np.logical_or(back, code[source] & (rng.random(numbers) >= assumed.missing), out=back)
    return tuple(sorted(truth.tolist())), back


def naming_trials(
    code: Code,
    assumed: Assumed,
    trials: int,
    seed: int = 0,
    progress: Progress = SILENT,
    controls: int = 0,
) -> Naming:
    """Try ``code`` on ``trials`` made-up sets of leaks; the decoder knows none of the rates,
    except what the ``controls`` (numbers never planted) tell of the background."""
    rng = np.random.default_rng([seed, 7])
    exact = wrong = 0
    for _trial in range(trials):
        truth, back = leaked(code, assumed, rng)
        heard = (controls, int(rng.binomial(controls, assumed.background)))
        named = decode(Returned(code, back, controls=heard), most=assumed.leaks + 2).named
        exact += named == truth
        wrong += not set(named or ()) <= set(truth)
        progress.advance()
    return Naming(trials, exact, wrong)
