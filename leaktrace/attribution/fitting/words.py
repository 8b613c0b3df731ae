"""The sentences of the checks of fit, and of the innocents like a named source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leaktrace.attribution.fitting.check import (
    CELLS,
    COVERAGE,
    DATES,
    HITS,
    STRAYS,
    Check,
)
from leaktrace.attribution.result import Innocents
from leaktrace.attribution.words import few, percent
from leaktrace.messages import _

#: What stands first among what is undecided where the model does not fit.
MISFIT = "fit.misfit"
_MOST_REASONS = 3


def check_text(check: Check) -> str:
    """What was observed and what was to be expected, in a sentence."""
    texts = {
        HITS: _(
            "Of the canaries planted at {sources} {observed} are in the list; {expected} were to "
            "be expected."
        ),
        STRAYS: _(
            "Canaries of others than the contributors are in the list: {observed}, where "
            "{expected} were to be expected by other roads."
        ),
        DATES: _(
            "{observed} people of the list registered at {sources} only after it was seen; "
            "{expected} were to be expected."
        ),
        COVERAGE: _(
            "{observed} people are not in the reference lists of {sources}; as much as these lists "
            "cover, {expected} were to be expected."
        ),
        CELLS: _(
            "The cells of {observed} people say the same as the reference list of {sources}; "
            "{expected} were to be expected."
        ),
    }
    listed = _(
        "{observed} people are in the reference lists of just {sources}; {expected} were to be "
        "expected."
    )
    unlisted = _("{observed} people are in no reference list; {expected} were to be expected.")
    pattern = listed if check.sources else unlisted
    return texts.get(check.code, pattern).format(**_facts(check))


def _facts(check: Check) -> Mapping[str, str]:
    if check.code in (HITS, STRAYS):
        observed = f"{check.observed:.0f}"
        expected = f"{check.expected:.1f}" if check.expected >= 0.1 else _("fewer than 0.1")
    else:
        observed, expected = few(round(check.observed)), f"{check.expected:,.0f}"
    return {
        "sources": _(", ").join(check.sources),
        "observed": observed,
        "expected": expected,
    }


def misfit_text(sources: Sequence[str], misfits: Sequence[Check]) -> str:
    """Why sources that would have been named are not."""
    return _(
        "What would name {sources} does not fit the list, so it is not stated. {reasons} A fresh "
        "reference list of {sources}, or canaries planted there now, found or missing in the next "
        "list, would decide."
    ).format(
        sources=_(", ").join(sources),
        reasons=" ".join(check_text(check) for check in misfits[:_MOST_REASONS]),
    )


def innocents_text(source: str, innocents: Innocents) -> str:
    """How many innocents like a named source would have scored as high, in a sentence."""
    return _(
        "Of {drawn} innocents like {source} (as many people and canaries, a list that overlaps "
        "others as its does) {count} would have scored as high; that is at most {upper}, with 95% "
        "certainty."
    ).format(
        drawn=f"{innocents.drawn:,}",
        source=source,
        count=f"{innocents.as_high:,}",
        upper=percent(innocents.upper),
    )
