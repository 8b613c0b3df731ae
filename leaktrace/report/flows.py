"""What the picture shows: which edges are strong enough, and how many lists make one box."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from leaktrace.attribution.result import BatchFinding
from leaktrace.graph import hit_canaries
from leaktrace.report.context import Context
from leaktrace.report.standing import LIKELY, STATED, stands_out

MOST_BOXES = 40
UNKNOWN = "unknown"
MADE_UP = "made-up"


@dataclass(frozen=True, slots=True)
class Flow:
    """One edge into a box of lists; ``origin`` is a source's id, or a virtual one."""

    origin: str
    virtual: bool
    posterior: float
    share: float


@dataclass(frozen=True, slots=True)
class Target:
    """A box on the right: one list, or all the lists with the same origins, as surely."""

    batches: tuple[str, ...]
    verdict: str
    flows: tuple[Flow, ...]
    canaries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flows:
    """The picture's content before it is laid out.

    Attributes
    ----------
    targets : tuple of Target
    parents : tuple of (str, str, float)
        Earlier list, later list, posterior; only where each list has its own box.
    grouped : bool
        Lists with the same origins share a box, since there were too many for one each.
    without : tuple of str
        Lists without an edge that is strong enough.
    dropped : int
        Lists in groups too small to be shown.
    """

    targets: tuple[Target, ...]
    parents: tuple[tuple[str, str, float], ...]
    grouped: bool
    without: tuple[str, ...]
    dropped: int


def picture_flows(context: Context) -> Flows:
    """The edges worth drawing, at most :data:`MOST_BOXES` boxes of lists."""
    targets, without = [], []
    for finding in context.trace.batches:
        flows = _flows(finding)
        if flows:
            canaries = hit_canaries(finding.evidence)
            targets.append(Target((finding.batch,), finding.verdict, flows, canaries))
        else:
            without.append(finding.batch)
    if len(targets) <= MOST_BOXES:
        shown = {target.batches[0] for target in targets}
        return Flows(tuple(targets), _parents(context, shown), False, tuple(without), 0)
    groups = _grouped(targets)
    kept = sorted(groups, key=lambda target: -len(target.batches))[:MOST_BOXES]
    dropped = len(targets) - sum(len(target.batches) for target in kept)
    return Flows(tuple(kept), (), True, tuple(without), dropped)


def _flows(finding: BatchFinding) -> tuple[Flow, ...]:
    flows = [
        Flow(source.source, False, source.posterior, source.share.estimate)
        for source in finding.sources
        if stands_out(source)
    ]
    if finding.verdict == "unknown-source":
        flows.append(Flow(UNKNOWN, True, 0.95, finding.unexplained_share.estimate))
    if finding.verdict == "no-source":
        flows.append(Flow(MADE_UP, True, 0.95, finding.made_up_share.estimate))
    return tuple(flows)


def _parents(context: Context, shown: set[str]) -> tuple[tuple[str, str, float], ...]:
    return tuple(
        (parent.batch, finding.batch, parent.posterior)
        for finding in context.trace.batches
        for parent in finding.parents
        if parent.posterior >= LIKELY and {parent.batch, finding.batch} <= shown
    )


def _grouped(targets: list[Target]) -> list[Target]:
    members: dict[tuple[tuple[bool, str, bool], ...], list[Target]] = {}
    for target in targets:
        key = tuple(
            sorted((flow.virtual, flow.origin, flow.posterior >= STATED) for flow in target.flows)
        )
        members.setdefault(key, []).append(target)
    return [_merged(group) for group in members.values()]


def _merged(group: list[Target]) -> Target:
    first = group[0]
    count = len(group)
    mean = [
        Flow(
            origin=flow.origin,
            virtual=flow.virtual,
            posterior=min(_same(flow, target).posterior for target in group),
            share=sum(_same(flow, target).share for target in group) / count,
        )
        for flow in first.flows
    ]
    verdict = Counter(target.verdict for target in group).most_common(1)[0][0]
    batches = tuple(target.batches[0] for target in group)
    return Target(batches, verdict, tuple(mean), ())


def _same(flow: Flow, target: Target) -> Flow:
    return next(
        item for item in target.flows if (item.virtual, item.origin) == (flow.virtual, flow.origin)
    )
