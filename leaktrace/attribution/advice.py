"""What evidence would decide an open batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.result import SourceFinding
from leaktrace.attribution.words import undecided_text
from leaktrace.messages import _

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
