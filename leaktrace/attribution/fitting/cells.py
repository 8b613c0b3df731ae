"""Whether the cells agree with a source's list as its own copy would at the share that it has."""

from __future__ import annotations

from math import exp

import numpy as np

from leaktrace.attribution.fitting.check import CELLS, Check
from leaktrace.attribution.fitting.explained import Explained
from leaktrace.attribution.observation import Observation

# Shares, equally likely, against which the explanation's is held.
_SHARES = np.linspace(0.0, 1.0, 21).tolist()
# A copy nearly always says the same.
_OWN_SAYS = 0.93


def cells_check(seen: Observation, source: str, explained: Explained) -> Check | None:
    """The cells under the share that the explanation gives ``source``, against any other share.

    The mean likelihood of the other shares over that of this one is at most 1 on average where the
    explanation holds, so it exceeds t in at most one of t cases (Markov's inequality; an e-value,
    Shafer, JRSS A 184, 2021): no law of the cells is needed.
    """
    versions = seen.versions.get(source)
    if versions is None or not versions.columns:
        return None
    share = explained.share_of(source)
    others = [exp(versions.log_ratio(one)) for one in _SHARES]
    p = min(1.0, exp(versions.log_ratio(share)) * len(others) / sum(others))
    parts = zip(versions.columns, versions.expected, strict=True)
    told = [(one, one.people * (share * _OWN_SAYS + (1.0 - share) * rate)) for one, rate in parts]
    worst, expected = max(told, key=lambda pair: abs(pair[0].same - pair[1]) / pair[0].people)
    return Check(CELLS, (source,), float(worst.same), expected, p)
