"""What was assumed before the evidence: checked against the case, and as the answer states it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from leaktrace.attribution.claims import KIND_CLAIMED, MOST
from leaktrace.attribution.settings import Settings
from leaktrace.case.records import SOURCE_KINDS, Source
from leaktrace.errors import UsageError
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _

#: Kinds of evidence that can be left out, see :mod:`leaktrace.attribution.switches`.
EVIDENCE_KINDS = (
    "canaries", "references", "cells", "dates", "lineage", "other-batches", "claims", "made-up",
    "calls",
)  # fmt: skip
_MOST_NAMES = 12


def check_settings(settings: Settings, sources: Mapping[str, Source]) -> None:
    """Refuse settings that speak of what there is not.

    Raises
    ------
    UsageError
        If a prior is of no source of the case or not between 0 and 1, a twin's odds are not
        positive, or a kind of source or of evidence is unknown.
    """
    for source, prior in settings.prior_by_source.items():
        if source not in sources:
            raise UsageError(
                _("there is no source {source} in this case; {names}").format(
                    source=mask_text(source), names=near_names(source, sources)
                )
            )
        if not 0.0 < prior < 1.0:
            raise UsageError(
                _("the prior of {source} must be between 0 and 1").format(source=source)
            )
    for kind in (*settings.twin_by_kind, *settings.market):
        _check_word(kind, SOURCE_KINDS)
    for kind, odds in settings.twin_by_kind.items():
        if odds <= 0.0:
            raise UsageError(_("the twin's odds for {kind} must be above 0").format(kind=kind))
    for word in sorted(settings.without):
        _check_word(word, EVIDENCE_KINDS)


def near_names(wanted: str, names: Iterable[str]) -> str:
    """In words, which of ``names`` come near ``wanted``; else which there are."""
    known = sorted(map(mask_text, names))
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(wanted.casefold(), folded, n=3, cutoff=0.5)
    if near:
        return _("did you mean {names}?").format(names=_(", ").join(folded[one] for one in near))
    if not known:
        return _("there is none yet")
    shown = _(", ").join(known[:_MOST_NAMES]) + (" …" if len(known) > _MOST_NAMES else "")
    return _("there are: {names}").format(names=shown)


def assumed(settings: Settings) -> dict[str, Any]:
    """The ``prior`` of the answer's ``model``: what holds always, then what the user set."""
    said: dict[str, Any] = {
        "expected_contributors": settings.expected_contributors,
        "leaks": settings.leaks,
        "unseen_present": settings.unseen_present,
        "twin_odds": settings.twin_odds,
        "other_road": settings.other_road,
        "claims": {"claimed_kind": KIND_CLAIMED, "most": MOST},
    }
    if settings.prior_by_source:
        said["sources"] = dict(sorted(settings.prior_by_source.items()))
    if settings.twin_by_kind:
        said["twin_odds_by_kind"] = dict(sorted(settings.twin_by_kind.items()))
    if settings.market:
        said["market"] = {
            kind: {
                "price_low": one.price_low,
                "price_high": one.price_high,
                "one_carrier": one.one_carrier,
            }
            for kind, one in sorted(settings.market.items())
        }
    return said


def _check_word(word: str, words: Collection[str]) -> None:
    if word not in words:
        raise UsageError(
            _("there is no kind “{word}”; {names}").format(
                word=mask_text(word), names=near_names(word, words)
            )
        )
