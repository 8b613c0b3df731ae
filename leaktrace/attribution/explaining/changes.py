"""What would change the verdict on a batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor
from typing import Any

from leaktrace.attribution.explaining.sensitivity import posterior_at
from leaktrace.attribution.result import BatchFinding, Evidence, SourceFinding
from leaktrace.attribution.verdict import CERTAIN
from leaktrace.messages import _

_MOST = 3


def would_change(finding: BatchFinding) -> tuple[Mapping[str, Any], ...]:
    """What would change the verdict, as ``{code, source, piece, posterior, text}``, the most
    telling first.

    For a source that is stated: each piece of evidence without which it would no longer be, with
    the posterior that would be left (the prior by the ratio without that piece, both as they stand
    in the document). For an open batch that is :attr:`BatchFinding.undecided`.
    """
    if finding.verdict == "undetermined":
        return tuple(_advised(one) for one in finding.undecided)
    if finding.verdict == "unknown-source":
        return (_change("change.known", "", "", None, _known_text()),)
    if finding.verdict == "no-source":
        return (_change("change.real", "", "", None, _real_text()),)
    stated = [one for one in finding.sources if one.posterior >= CERTAIN]
    return tuple(change for one in stated for change in _without(finding, one))


def _without(finding: BatchFinding, source: SourceFinding) -> Iterator[Mapping[str, Any]]:
    pieces = [one for one in finding.evidence if one.source == source.source]
    left = [
        (posterior_at(source.prior, one.without), one) for one in pieces if one.without is not None
    ]
    fallen = sorted(
        (one for one in left if one[0] < CERTAIN), key=lambda pair: (pair[0], pair[1].code)
    )
    for posterior, piece in fallen[:_MOST]:
        text = _piece_text(piece, posterior)
        yield _change("change.without", source.source, piece.code, posterior, text)
    if left and not fallen:
        text = _(
            "No single piece of evidence decides: without any one of them {source} would still be "
            "at 95% or more."
        ).format(source=source.source)
        yield _change("change.none", source.source, "", None, text)


def _piece_text(piece: Evidence, posterior: float) -> str:
    texts = {
        "canary.hit": _(
            "If the canaries of {source} had come into the list by another road, {source} would "
            "be at about {posterior}."
        ),
        "reference.overlap": _(
            "If the reference list of {source} were left out, {source} would be at about "
            "{posterior}."
        ),
        "registration.dates": _(
            "If the registration dates of {source} were wrong, {source} would be at about "
            "{posterior}."
        ),
        "other-batches": _(
            "If nothing were known of the other lists, {source} would be at about {posterior}."
        ),
        "cells.version": _(
            "If the spelling and the values of the cells were left out, {source} would be at "
            "about {posterior}."
        ),
    }
    plain = _("Without one piece of the evidence {source} would be at about {posterior}.")
    text = texts.get(piece.code, plain)
    return text.format(source=piece.source, posterior=_cut(posterior))


def _cut(probability: float) -> str:
    """In percent, cut and not rounded: 94.9% is no 95%."""
    percent = 100.0 * probability
    return f"{floor(percent)}%" if percent >= 10 else f"{percent:.1f}%"


def _known_text() -> str:
    return _(
        "A canary of a known source in the list, or a reference list that holds many of its "
        "people, would change the verdict."
    )


def _real_text() -> str:
    return _("If more than a tenth of the numbers turned out to be real people's, it would change.")


def _advised(advice: Mapping[str, Any]) -> Mapping[str, Any]:
    sources = list(advice.get("sources", ()))
    return _change(advice["code"], sources[0] if sources else "", "", None, advice["text"])


def _change(
    code: str, source: str, piece: str, posterior: float | None, text: str
) -> Mapping[str, Any]:
    return {"code": code, "source": source, "piece": piece, "posterior": posterior, "text": text}
