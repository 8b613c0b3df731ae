"""Whether as many people stand in no list as the lists' coverage says."""

from __future__ import annotations

from math import erfc, hypot, sqrt

from leaktrace.attribution.fits import Fit
from leaktrace.attribution.fitting.check import COVERAGE, Check
from leaktrace.attribution.fitting.explained import Explained
from leaktrace.attribution.hypotheses import OVERLAPPED, Premises, coverages_of
from leaktrace.attribution.observation import Observation

# No sum of shares is known better than this, whatever the sizes of the lists say.
_LEAST_ERROR = 0.01
# Of lists that others lent in place of a source's own it is known half as well as thought.
_LENT_SPREAD = 2.0


def coverage_check(
    seen: Observation, fit: Fit, explained: Explained, premises: Premises
) -> Check | None:
    """The contributors' shares, each its apparent share over its list's coverage, make up the
    whole where nobody else contributed, and never more than the whole."""
    readings = explained.hypothesis.readings
    drawn = [(place, one) for place, (one, how) in enumerate(readings) if how != OVERLAPPED]
    if not drawn:
        return None
    names = tuple(one for _place, one in drawn)
    hosts = bool(explained.hypothesis.hosts) or explained.hypothesis.unseen
    inside = sum(float(fit.shares[place]) for place, _one in drawn)
    p = expected = 0.0
    # That a list lacks more than its coverages say, nobody knows how much, is no fit.
    for coverages, weight in coverages_of(readings, hosts, premises):
        total, square = 0.0, _LEAST_ERROR**2
        for place, one in drawn:
            mean = coverages[one]
            apparent = max(float(fit.shares[place]), 1e-6)
            spread = premises.coverage[one].spread / mean
            spread *= _LENT_SPREAD if one in seen.lenders else 1.0
            total += apparent / mean
            square += (apparent / mean * hypot(fit.errors[place] / apparent, spread)) ** 2
        steps = (total - 1.0) / sqrt(2.0 * square)
        p += weight * (0.5 * erfc(steps) if hosts else erfc(abs(steps)))
        expected += weight * (inside / max(total, 1.0 if hosts else 1e-9))
    day = seen.batch.seen_at.day
    if inside < expected and any(premises.coverage[one].ended(day) for one in names):
        # The list may be of people who have mostly registered since.
        p = max(p, premises.settings.registered_since)
    people = float(seen.real)
    return Check(
        COVERAGE,
        names,
        people * max(0.0, 1.0 - inside),
        people * max(0.0, 1.0 - expected),
        min(1.0, p),
    )
