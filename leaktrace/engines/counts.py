"""The counts of a list, as the contract defines them."""

from __future__ import annotations

from typing import Any

import numpy as np

from leaktrace.engines.occurrences import (
    FURTHER,
    IDENTIFIED,
    REFUSED,
    STATUSES,
    UNIDENTIFIED,
    Gathered,
)
from leaktrace.engines.people import Linked
from leaktrace.fingerprint.held import NO_DAY, HeldList
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.fingerprint.sorting import distinct_sorted
from leaktrace.fingerprint.summary import ListSummary


def duplicate_rows(gathered: Gathered, linked: Linked) -> int:
    """Identified rows in which everyone was counted before (rows without a person: never)."""
    rows = np.flatnonzero((gathered.status == IDENTIFIED) & (linked.person != NOBODY))
    known = np.zeros(len(gathered), dtype=np.bool_)
    known[rows] = linked.first_row[linked.person[rows]] < rows
    new = linked.first_row[linked.more_people] >= linked.more_rows
    known[linked.more_rows[new]] = False
    further = np.flatnonzero(gathered.status == FURTHER)
    if len(further):
        someone = linked.person[further] != NOBODY
        further = further[someone]
        fresh = further[linked.first_row[linked.person[further]] >= further]
        own = np.flatnonzero(gathered.status != FURTHER)
        known[own[np.searchsorted(own, fresh) - 1]] = False
    return int(np.count_nonzero(known))


def summary_of(gathered: Gathered, linked: Linked, held: HeldList) -> ListSummary:
    """The counts of a list; what its reading says is added by the caller."""
    status = np.bincount(gathered.status, minlength=STATUSES)
    excluded = {}
    for name, found in gathered.written.items():
        if found.excluded.any():
            excluded[name] = len(distinct_sorted(found.tokens[found.excluded]))
    return ListSummary(
        sha256="",
        size=0,
        rows=len(gathered) - int(status[FURTHER]),
        identified_rows=int(status[IDENTIFIED]),
        unidentified_rows=int(status[UNIDENTIFIED]),
        refused_rows=int(status[REFUSED]),
        duplicate_rows=duplicate_rows(gathered, linked),
        people=len(linked),
        identifiers=dict(held.written),
        excluded=excluded,
        facts=_facts(gathered, held),
    )


def _facts(gathered: Gathered, held: HeldList) -> dict[str, Any]:
    dated = gathered.registered[gathered.registered != NO_DAY]
    return {
        "named_rows": int(np.count_nonzero(gathered.names)),
        "dated_rows": len(dated),
        "first_registered": int(dated.min()) if len(dated) else None,
        "last_registered": int(dated.max()) if len(dated) else None,
        "swept_people": int(np.count_nonzero(held.people.swept)),
        "never_issued_people": int(np.count_nonzero(held.people.never_issued)),
    }
