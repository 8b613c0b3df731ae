"""The pool: numbers, mailboxes and addresses that the user controls, kept alive for years."""

from leaktrace.canary.pool.duties import Duty, due
from leaktrace.canary.pool.history import happen
from leaktrace.canary.pool.links import NumberLinks, link_numbers
from leaktrace.canary.pool.liveness import Interval, foreign_since, former_callers, live_intervals
from leaktrace.canary.pool.reading import PoolEntry, read_entries, read_pool, state_of, states
from leaktrace.canary.pool.records import Happening, PoolNumber, Standing, State
from leaktrace.canary.pool.sightings import Seen, premature, sightings
from leaktrace.canary.pool.taking import import_numbers
from leaktrace.canary.pool.telling import Recorded, Told, tell

__all__ = [
    "Duty",
    "Happening",
    "Interval",
    "NumberLinks",
    "PoolEntry",
    "PoolNumber",
    "Recorded",
    "Seen",
    "Standing",
    "State",
    "Told",
    "due",
    "foreign_since",
    "former_callers",
    "happen",
    "import_numbers",
    "link_numbers",
    "live_intervals",
    "premature",
    "read_entries",
    "read_pool",
    "sightings",
    "state_of",
    "states",
    "tell",
]
