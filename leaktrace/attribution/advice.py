"""What evidence would decide an open batch, and the best innocent explanation of a named source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.hypotheses import OVERLAPPED, TWIN
from leaktrace.attribution.inference import Point
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.result import SourceFinding
from leaktrace.attribution.twins import twins_of
from leaktrace.attribution.words import alternative_text, undecided_text
from leaktrace.messages import _

Floats = npt.NDArray[np.float64]
_LIKELY = 0.05
_SPEAKS = 0.3  # log10 of a ratio of 2, below which evidence supports nothing
_MOSTLY = 0.6
_PLANTABLE = 100  # more canaries than that at one source are no advice
# Three canaries due: none found is then rare for the source itself, and one found decides.
_ENOUGH_DUE = 3.0


def advice_of(
    seen: Observation, findings: Sequence[SourceFinding], model: CaseModel
) -> Iterator[Mapping[str, Any]]:
    """What would decide, as ``{code, sources, text}``, most useful first."""
    possible = [one for one in findings if one.posterior >= _LIKELY]
    likely = [one for one in possible if one.log10_lr > _SPEAKS]
    given = False
    shared = _shared_hits(seen, likely)
    if len(shared) > 1:
        given = True
        yield _advice("decide.separate", shared, {"sources": _(", ").join(shared)})
    for one in likely[:3]:
        code, detail = _for_source(one, seen, model)
        if not (code == "decide.reference" and not seen.trial.hits_of(one.source)):
            given = True
            yield _advice(code, [one.source], detail)
    silent = [one.source for one in possible if one.source in model.hosts]
    silent = [one for one in silent if not seen.trial.hits_of(one)]
    if silent:
        given = True
        yield _advice("decide.silent", silent, {"sources": _(", ").join(silent[:8])})
    if not given:
        yield _advice("decide.more", [], {})


def _advice(code: str, sources: Sequence[str], detail: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"code": code, "sources": list(sources), "text": undecided_text(code, detail)}


def _for_source(
    finding: SourceFinding, seen: Observation, model: CaseModel
) -> tuple[str, dict[str, Any]]:
    source = finding.source
    if source in model.hosts:
        return "decide.reference", {"source": source}
    rate = max(seen.overlaps.get(source, 0), 1) / max(model.references.held[source].size, 1)
    needed = int(np.ceil(_ENOUGH_DUE / max(min(rate, 1.0), 1e-6)))
    if finding.share.estimate < _MOSTLY or finding.posterior < 0.5 or needed > _PLANTABLE:
        return "decide.share", {"source": source}
    return "decide.plant", {"source": source, "needed": f"{needed:,}"}


def _shared_hits(seen: Observation, likely: Sequence[SourceFinding]) -> list[str]:
    """The likely sources that share every canary found."""
    hits = {one.source: set(seen.trial.hits_of(one.source)) for one in likely}
    pointed = {source: found for source, found in hits.items() if found}
    if len(pointed) < 2:
        return []
    common = set.intersection(*pointed.values())
    return sorted(source for source, found in pointed.items() if found == common)


def _names(point: Point, source: str) -> bool:
    return source in point.shares or source in point.silent


def best_alternative(
    points: Sequence[Point],
    weights: Floats,
    seen: Observation,
    findings: Sequence[SourceFinding],
    model: CaseModel,
) -> str:
    """The best explanation in which the first named source is innocent, with its odds."""
    if not findings:
        return ""
    source = findings[0].source
    without = [place for place, point in enumerate(points) if not _names(point, source)]
    mass = float(weights[without].sum()) if without else 0.0
    probability = min(max(mass, 1.0 - findings[0].posterior), 1.0)
    if not without or probability <= 0:
        return ""
    likeliest = points[max(without, key=lambda place: weights[place])]
    how = likeliest.hypothesis.reading_of(source)
    plain = "other-road" if seen.trial.hits_of(source) else "unlisted"
    kind = {TWIN: "twin", OVERLAPPED: "overlap"}.get(how or "", plain)
    odds = (1.0 - probability) / max(probability, 1e-4)
    detail = {
        "source": source,
        "twins": twins_of(model.sources[source].kind).own,
        "odds": f"{odds:.0f}" if odds >= 1.5 else f"{max(odds, 0.01):.2g}",
    }
    return alternative_text(kind, detail)
