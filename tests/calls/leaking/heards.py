"""Small made-up situations: lines, and who touched them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from leaktrace.calls.leaking import Business, Heard, Line, Touch, what_calls_say
from leaktrace.times import DAY

DAYS = 365
LEAKS = 0.1
SECTORS = ("loan", "property", "education")
# Extra touches: the line, how many, from and until which day, in which sectors.
Extra = tuple[int, int, float, float, Sequence[str]]


def situation(
    planted: Sequence[Sequence[str]],
    extra: Sequence[Extra] = (),
    *,
    controls: int = 20,
    businesses: Mapping[str, Business] | None = None,
    campaigns: Sequence[tuple[Sequence[int], float]] = (),
    recites: Mapping[int, str] | None = None,
    seed: int = 1,
    spans: tuple[tuple[float, float], ...] = ((0.0, DAYS * DAY),),
) -> Heard:
    """Lines planted at the named sources on the fifth day, then ``controls``; all rung unevenly
    about nine times a year, beside what is ``extra``, and ``campaigns`` (lines, day).

    Their business is logistics where ``businesses`` does not say another.

    ``recites``: of which line's extra touches the first recites what was told at which source.
    """
    rng = np.random.default_rng(seed)
    owners = [dict.fromkeys(one, 5.0 * DAY) for one in planted] + [{}] * controls
    lines = tuple(Line((f"C{at}",), one, spans, "", True) for at, one in enumerate(owners))
    touches = []
    for at in range(len(lines)):
        for moment in rng.uniform(0, DAYS, rng.poisson(rng.gamma(0.6, 1 / 0.6) * DAYS / 40)):
            touches.append(Touch(at, moment * DAY, str(rng.choice(SECTORS))))
    told = dict(recites or {})
    for line, many, low, high, sectors in extra:
        for moment in np.sort(rng.uniform(low, high, many)):
            marks = frozenset({told.pop(line)}) if line in told else frozenset()
            touches.append(Touch(line, moment * DAY, str(rng.choice(sectors)), recites=marks))
    for group, (rung, day) in enumerate(campaigns):
        touches += [Touch(one, (day + 0.01 * one) * DAY, "loan", group=group) for one in rung]
    touches.sort(key=lambda one: (one.at, one.line))
    names = sorted({source for one in planted for source in one})
    known = {one: (businesses or {}).get(one, Business("logistics")) for one in names}
    return Heard(lines, tuple(touches), known, 0.0, DAYS * DAY)


def leaked(heard: Heard) -> dict[str, float]:
    """The posterior of each source."""
    return {
        one.source: 1.0 / (1.0 + (1.0 - LEAKS) / LEAKS * 10.0**-one.log10_lr)
        for one in what_calls_say(heard, LEAKS)
    }
