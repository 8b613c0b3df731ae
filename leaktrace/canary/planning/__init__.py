"""Planning: what canaries can show, who is given which number, and who leaked when some return."""

from leaktrace.canary.planning.allotment import FORMS, Allotment, allot
from leaktrace.canary.planning.alternatives import Alternative, Means
from leaktrace.canary.planning.decoder import Decoded, Returned, decode, planted_by
from leaktrace.canary.planning.forecast import LeakAssumed, SourcePower, source_powers
from leaktrace.canary.planning.numberfile import read_number_ids
from leaktrace.canary.planning.plan import Plan, make_plan
from leaktrace.canary.planning.planfile import PlannedPlanting, plan_csv, plan_lines, read_plan
from leaktrace.canary.planning.power import Leak, canaries_needed, first_call_days, hits_chance
from leaktrace.canary.planning.sources import PlannedSource, planned_sources, read_planned_sources
from leaktrace.canary.planning.trials import Assumed, Naming, naming_trials

__all__ = [
    "FORMS",
    "Allotment",
    "Alternative",
    "Assumed",
    "Decoded",
    "Leak",
    "LeakAssumed",
    "Means",
    "Naming",
    "Plan",
    "PlannedPlanting",
    "PlannedSource",
    "Returned",
    "SourcePower",
    "allot",
    "canaries_needed",
    "decode",
    "first_call_days",
    "hits_chance",
    "make_plan",
    "naming_trials",
    "plan_csv",
    "plan_lines",
    "planned_sources",
    "planted_by",
    "read_number_ids",
    "read_plan",
    "read_planned_sources",
    "source_powers",
]
