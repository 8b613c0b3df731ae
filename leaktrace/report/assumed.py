"""What was assumed beforehand, and the limits of this version, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leaktrace.graph import shown_text
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.view import Pairs
from leaktrace.report.words import kind_word, listed

_CIRCULATES = "leaks"


def assumed_pairs(context: Context) -> Pairs:
    """Each assumption with its value; without lists, that alone on which calls rest."""
    prior = context.trace.model.prior
    if not context.trace.batches:
        prior = {name: value for name, value in prior.items() if name == _CIRCULATES}
    return tuple(pair for name in sorted(prior) for pair in _pairs(name, prior[name], context))


def limit_pairs(limits: Mapping[str, Any]) -> Pairs:
    """Each limit with its value."""
    words = {"log10_lr_cap": _("Greatest log10 LR that is stated")}
    return tuple(
        (words.get(name, shown_text(name)), _plain(limits[name])) for name in sorted(limits)
    )


def _pairs(name: str, value: Any, context: Context) -> Iterator[tuple[str, str]]:
    if not isinstance(value, Mapping):
        yield _words().get(name, shown_text(name)), _plain(value)
        return
    for about in sorted(value):
        yield _about(name, about, context), _plain(value[about])


def _about(name: str, about: str, context: Context) -> str:
    """What is assumed about one source or kind, or of sellers' claims."""
    if name == "sources":
        return _("Probability that {source} contributed to a list, as asked for").format(
            source=context.source_names.get(about, shown_text(about))
        )
    if name == "twin_odds_by_kind":
        return _("Odds of an unseen twin, as asked for: {kind}").format(kind=kind_word(about))
    if name == "market":
        return _("How lists of a kind are sold, as told: {kind}").format(kind=kind_word(about))
    return _words().get(f"{name}.{about}", shown_text(f"{name}.{about}"))


def _words() -> Mapping[str, str]:
    return {
        "expected_contributors": _("Known sources that contribute to a list, on average"),
        "unseen_present": _("Probability that a list is from a source that nobody listed"),
        "twin_odds": _("Odds that it was an unseen twin of a source, and not the source"),
        "other_road": _("Probability that a canary is in a list by another road"),
        _CIRCULATES: _(
            "Probability that such data of a source circulates, before any list or call"
        ),
        "claims.claimed_kind": _(
            "By what the odds of a source are multiplied if the seller claims its kind"
        ),
        "claims.most": _("By what all that a seller claims multiplies the odds at most"),
        "price_low": _("lowest usual price of one number"),
        "price_high": _("highest usual price of one number"),
        "one_carrier": _("sold by single carriers"),
    }


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return listed(_part(name, value[name]) for name in sorted(value) if value[name])
    return shown_text(str(value))


def _part(name: str, value: Any) -> str:
    """One thing that is told of how lists of a kind are sold."""
    label = _words().get(name, shown_text(name))
    if value is True:
        return label
    return _("{label} {number}").format(label=label, number=_plain(value))
