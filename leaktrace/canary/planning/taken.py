"""Which marks are planted already."""

from __future__ import annotations

from collections.abc import Sequence

from leaktrace.canary.personas import marks_told
from leaktrace.canary.planning.planfile import PlannedPlanting
from leaktrace.canary.proving.records import read_record
from leaktrace.case.case import Case
from leaktrace.case.sealing import Sealer


def taken_marks(case: Case, lines: Sequence[PlannedPlanting] = ()) -> frozenset[str]:
    """The marks of every planting of ``case``, but for those of the plan's own ``lines``: a sheet
    that is written again while it is being planted must say the same."""
    own = {(one.number, one.source) for one in lines}
    sealer = Sealer(case.key)
    taken: set[str] = set()
    for row in case.ledger.execute("SELECT * FROM planting_records ORDER BY planting"):
        said = read_record(row, sealer).said
        if not any((number, said["source"]) in own for number in said["numbers"]):
            taken.update(marks_told({"name": said["identity"].get("name", ""), **said["marks"]}))
    return frozenset(taken)
