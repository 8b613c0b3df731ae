"""The picture of the graph: sources on the left, lists on the right, strong edges alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.fitting import fitted, fitted_lines, text_width
from leaktrace.report.flows import MADE_UP, MOST_BOXES, UNKNOWN, Flow, Flows, Target, picture_flows
from leaktrace.report.numbers import odds_text, share_text
from leaktrace.report.standing import STATED
from leaktrace.report.view import Box, Chip, Curve, Picture
from leaktrace.report.words import listed, verdict_word

ROW, TOP, TALL = 38.0, 34.0, 28.0
LEFT, LEFT_WIDTH = 4.0, 250.0
RIGHT, RIGHT_LEAST, RIGHT_MOST = 420.0, 120.0, 290.0
PADDING = 24.0
ARC = 74.0
WIDTH = 1000.0
CHIP_LINES = 2
_Origin = tuple[bool, str]
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class _Places:
    """The height of the middle of each box, and the width of those on the right."""

    origins: Mapping[_Origin, float]
    targets: Mapping[tuple[str, ...], float]
    height: float
    right_width: float


def picture(context: Context) -> Picture | None:
    """The picture laid out, or None where no edge is strong enough to be drawn."""
    flows = picture_flows(context)
    if not flows.targets:
        return None
    places = _placed(flows, context)
    chips_at = RIGHT + places.right_width + (ARC if flows.parents else 12.0)
    return Picture(
        width=WIDTH,
        height=places.height,
        boxes=(*_origin_boxes(places, context), *_target_boxes(flows, places, context)),
        curves=(*_flow_curves(flows, places, context), *_parent_curves(flows, places, context)),
        chips=_chips(flows, places, chips_at, context),
        headings=_headings(flows, chips_at),
        notes=_notes(flows, context),
    )


def _placed(flows: Flows, context: Context) -> _Places:
    known = {source: turn for turn, source in enumerate(context.source_ids)}

    def order(origin: _Origin) -> tuple[bool, int, str]:
        return origin[0], known.get(origin[1], 0), origin[1]

    used = {(flow.virtual, flow.origin) for target in flows.targets for flow in target.flows}
    origins = {origin: turn for turn, origin in enumerate(sorted(used, key=order))}
    targets = sorted(flows.targets, key=lambda target: _middle(target, origins))
    rows = max(len(origins), len(targets))
    return _Places(
        origins=_spread(list(origins), rows),
        targets=_spread([target.batches for target in targets], rows),
        height=TOP + rows * ROW + 6,
        right_width=_right_width([_target_label(target, context) for target in targets]),
    )


def _right_width(labels: list[str]) -> float:
    widest = max(text_width(label, 13) for label in labels) + PADDING
    return round(min(max(widest, RIGHT_LEAST), RIGHT_MOST), 1)


def _target_label(target: Target, context: Context) -> str:
    if len(target.batches) == 1:
        return context.batch_names[target.batches[0]]
    return _("{count} lists").format(count=len(target.batches))


def _middle(target: Target, origins: Mapping[_Origin, int]) -> float:
    # Boxes stand near the mean of their origins, which keeps crossings few.
    weight = sum(flow.posterior for flow in target.flows)
    return (
        sum(origins[flow.virtual, flow.origin] * flow.posterior for flow in target.flows) / weight
    )


def _spread(keys: list[_Key], rows: int) -> dict[_Key, float]:
    step = rows * ROW / len(keys)
    return {key: round(TOP + step * (turn + 0.5), 1) for turn, key in enumerate(keys)}


def _origin_boxes(places: _Places, context: Context) -> list[Box]:
    boxes = []
    for (virtual, origin), middle in places.origins.items():
        name = _virtual_word(origin) if virtual else context.source_names[origin]
        style = "origin virtual" if virtual else "origin"
        label = fitted(name, LEFT_WIDTH - 20, 13)
        boxes.append(Box(LEFT, middle - TALL / 2, LEFT_WIDTH, label, style, name))
    return boxes


def _virtual_word(origin: str) -> str:
    return {UNKNOWN: _("unknown sources"), MADE_UP: _("made-up numbers")}[origin]


def _target_boxes(flows: Flows, places: _Places, context: Context) -> list[Box]:
    boxes = []
    for target in flows.targets:
        names = [context.batch_names[batch] for batch in target.batches]
        shown = listed(names[:8]) + ("" if len(names) <= 8 else " …")
        boxes.append(
            Box(
                x=RIGHT,
                y=places.targets[target.batches] - TALL / 2,
                width=places.right_width,
                label=fitted(_target_label(target, context), places.right_width - PADDING, 13),
                style=f"target {target.verdict}",
                title=_("{name}: {text}").format(name=shown, text=verdict_word(target.verdict)),
                anchor=context.anchors[target.batches[0]] if len(names) == 1 else "",
            )
        )
    return boxes


def _flow_curves(flows: Flows, places: _Places, context: Context) -> list[Curve]:
    start, end = LEFT + LEFT_WIDTH, RIGHT
    middle = (start + end) / 2
    curves = []
    for target in flows.targets:
        below = places.targets[target.batches]
        for flow in target.flows:
            above = places.origins[flow.virtual, flow.origin]
            path = f"M{start},{above}C{middle},{above} {middle},{below} {end},{below}"
            style = "sure" if flow.posterior >= STATED else "likely"
            width = round(1.2 + 5.0 * flow.share, 1)
            curves.append(Curve(path, width, style, _flow_title(flow, target, context)))
    return sorted(curves, key=lambda curve: -curve.width)


def _flow_title(flow: Flow, target: Target, context: Context) -> str:
    name = _virtual_word(flow.origin) if flow.virtual else context.source_names[flow.origin]
    names = [context.batch_names[batch] for batch in target.batches[:3]]
    shown = listed(names) + (" …" if len(target.batches) > 3 else "")
    if flow.virtual:
        return f"{name} → {shown}"
    return _("{source} → {lists}: {odds}, about {share} of the people").format(
        source=name, lists=shown, odds=odds_text(flow.posterior), share=share_text(flow.share)
    )


def _parent_curves(flows: Flows, places: _Places, context: Context) -> list[Curve]:
    edge = RIGHT + places.right_width
    out = edge + ARC - 10
    curves = []
    for parent, child, posterior in flows.parents:
        above, below = places.targets[parent,], places.targets[child,]
        title = _("{child} was cut from {parent}: {odds}").format(
            child=context.batch_names[child],
            parent=context.batch_names[parent],
            odds=odds_text(posterior),
        )
        path = f"M{edge},{above}C{out},{above} {out},{below} {edge},{below}"
        curves.append(Curve(path, 1.6, "parent", title))
    return curves


def _chips(flows: Flows, places: _Places, x: float, context: Context) -> tuple[Chip, ...]:
    chips = []
    for target in flows.targets:
        if target.canaries:
            names = [context.canary_names[canary] for canary in target.canaries]
            lines = fitted_lines(names, WIDTH - x - 4, 12, CHIP_LINES)
            chips.append(Chip(x, places.targets[target.batches], lines, listed(names)))
    return tuple(chips)


def _headings(flows: Flows, chips_at: float) -> tuple[tuple[float, str], ...]:
    headings = [(LEFT, _("Sources")), (RIGHT, _("Lists"))]
    if any(target.canaries for target in flows.targets):
        headings.append((chips_at, _("Canaries found in it")))
    return tuple(headings)


def _notes(flows: Flows, context: Context) -> tuple[str, ...]:
    notes = [_("Drawn: connections at 50% or more; solid from 95%, wider for a larger share.")]
    if flows.grouped:
        notes.append(
            _("Lists with the same origins share a box; canaries and resales are left out.")
        )
    if flows.parents:
        notes.append(_("Arcs on the right: a list that was cut from an earlier one."))
    if flows.dropped:
        notes.append(
            _("Only the {count} largest boxes are drawn; {lists} lists are left out.").format(
                count=MOST_BOXES, lists=flows.dropped
            )
        )
    if flows.without:
        names = listed(context.batch_names[batch] for batch in flows.without[:12])
        if len(flows.without) > 12:
            names = _("{lists} and {count} more").format(lists=names, count=len(flows.without) - 12)
        notes.append(_("Without any connection at 50%: {lists}.").format(lists=names))
    return tuple(notes)
