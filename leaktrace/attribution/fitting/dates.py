"""Whether people registered at a source only after the list that is said to come from it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fitting.check import DATES, Check
from leaktrace.attribution.fitting.explained import Explained
from leaktrace.attribution.fitting.tails import many_tail
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.observation import Observation
from leaktrace.fingerprint.held import NO_DAY
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.times import DAY

# Registered again, or elsewhere under the same number: the rate that the law of the cut has too.
_REGISTERED_AGAIN = 0.003
_LEAST_DATED = 20
_SHANGHAI = 8 * 3600


def dates_check(
    seen: Observation,
    source: str,
    explained: Explained,
    registered: npt.NDArray[np.int32],
    premises: Premises,
) -> Check | None:
    """The people of the batch who registered at ``source`` after it was seen.

    The source cannot have given them. Of those who came from elsewhere some stand in its list by
    chance (as known lists overlap each other) and may have registered there at any time.

    Parameters
    ----------
    registered : int32[n]
        Days of registration in the source's list, NO_DAY where unknown.
    """
    members = seen.members[source]
    days = registered[members[(members != NOBODY) & ~seen.made_up.people]]
    days = days[days != NO_DAY]
    known = registered[registered != NO_DAY]
    if len(days) < _LEAST_DATED or len(known) < _LEAST_DATED:
        return None
    sighting = int((seen.batch.seen_at.latest + _SHANGHAI) // DAY)
    late = int((days > sighting).sum())
    share = explained.share_of(source)
    law = premises.law
    strangers = min(1.0, (1.0 - share) * law.a / (law.a + law.b) * seen.real / len(days))
    rate = _REGISTERED_AGAIN + strangers * float((known > sighting).mean())
    p = many_tail(late, len(days), rate, premises.settings.intraclass)
    return Check(DATES, (source,), float(late), rate * len(days), p)
