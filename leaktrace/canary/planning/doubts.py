"""What of a plan will be refused when it is planted, told before anybody plants it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from leaktrace.canary.planning.planfile import PlannedPlanting
from leaktrace.canary.planter import state_text
from leaktrace.case.case import Case
from leaktrace.intake.blocks import Warning
from leaktrace.intake.refusals import shown
from leaktrace.messages import _

_FINE = ("free", "planted")


def plan_doubts(case: Case, path: Path, lines: Sequence[PlannedPlanting]) -> tuple[Warning, ...]:
    """A warning for each of ``lines`` (of the plan at ``path``) whose source the case does not
    know, or whose number is not in its pool or cannot be planted now; ``place`` is the row."""
    from leaktrace.canary.pool import read_pool, states

    sources = {one.id for one in case.sources()}
    pool = {one.id for one in read_pool(case)}
    found = {number: state.code for number, state in states(case).items()}
    # What is planted already is not to be planted again, whatever has become of it.
    done = {
        tuple(row)
        for row in case.ledger.execute(
            "SELECT number, source FROM canary_numbers JOIN plantings USING (canary)"
        )
    }
    warnings = []
    for line in lines:
        if (line.number, line.source) in done:
            continue
        for code, reason in _doubts(line, sources, pool, found.get(line.number, "")):
            text = _("{file}, row {row}: {reason}").format(
                file=shown(path), row=line.row, reason=reason
            )
            warnings.append(Warning(code, text, str(line.row)))
    return tuple(warnings)


def _doubts(
    line: PlannedPlanting, sources: set[str], pool: set[str], state: str
) -> Iterator[tuple[str, str]]:
    if line.source is not None and line.source not in sources:
        yield (
            "unknown-source",
            _(
                "{source} is not a source of this case; take it in first with: leaktrace "
                "source import"
            ).format(source=line.source),
        )
    if line.number not in pool:
        yield (
            "unknown-number",
            _("there is no number {number} in the pool; take it in first").format(
                number=line.number
            ),
        )
    elif state not in _FINE and not (state == "control" and line.source is None):
        yield (
            "not-free",
            _("number {number} {state}; only a free number can be planted").format(
                number=line.number, state=state_text(state)
            ),
        )
