"""In what ways a source would have nothing to do with a batch, and which of them is likeliest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.evidence import Question, runs_of
from leaktrace.attribution.findings import log10_odds
from leaktrace.attribution.hypotheses import CODES, OVERLAPPED, TWIN
from leaktrace.attribution.points import Point, Points
from leaktrace.attribution.pooling import weights_under
from leaktrace.attribution.result import Innocent, SourceFinding
from leaktrace.attribution.twins import twins_of
from leaktrace.attribution.verdict import NEVER_ABOVE
from leaktrace.attribution.words import alternative_text
from leaktrace.messages import _

Floats = npt.NDArray[np.float64]
_WAYS = ("twin", "overlap", "other-road", "elsewhere")
_EVEN, _LEAST = 1.5, 0.01
_PLAIN = 10.0  # from which on tenths say nothing


def best_innocent(
    points: Sequence[Point], weights: Floats, question: Question, *, search: bool
) -> Innocent | None:
    """How the source of ``question`` would be innocent.

    Where it contributed in all weighed ``points``, its other side is weighed by itself, if
    ``search``.
    """
    seen, source = question.seen, question.source
    hits = bool(seen.trial.hits_of(source))
    kind = question.model.sources[source].kind
    found = innocent_of(points, weights, source, kind, hits)
    if found is None and search:
        runs = runs_of(question)
        both = runs.points(source)
        weights = weights_under(both, question.cavity.log_states, runs.premises())
        found = innocent_of(both, weights, source, kind, hits)
    return found


def innocent_of(
    points: Sequence[Point], weights: Floats, source: str, kind: str, hits: bool
) -> Innocent | None:
    """How ``source`` would be innocent, over the points in which it is; None where there are none.

    Parameters
    ----------
    points : sequence of Point
    weights : float64[points]
    source : str
    kind : str
        The source's kind, for its usual twins.
    hits : bool
        Whether canaries of the source were found: they then came by another road.
    """
    laid = Points.of(points)
    column = laid.column_of(source)
    there = laid.which >= 0 if source in laid.silent else np.zeros(len(laid), dtype=bool)
    absent = ~there if column is None else ~(there | laid.inside[:, column])
    way = np.full(len(laid), "other-road" if hits else "elsewhere", dtype=object)
    if source in laid.lists:
        codes = laid.codes[:, laid.lists.index(source)]
        way[codes == CODES[TWIN]], way[codes == CODES[OVERLAPPED]] = "twin", "overlap"
    mass = {one: float(weights[absent & (way == one)].sum()) for one in _WAYS}
    total = sum(mass.values())
    if total <= 0.0:
        return None
    parts = {one: part / total for one, part in mass.items() if part > 0.0}
    likeliest = max(parts, key=parts.__getitem__)
    return Innocent(likeliest, parts, twins_of(kind).own)


def innocent_log10_odds(finding: SourceFinding) -> float | None:
    """log10 of the odds of the best innocent explanation against the source's having contributed
    (never below what a posterior may say); None where none was weighed."""
    if finding.innocent is None:
        return None
    part = finding.innocent.parts[finding.innocent.kind]
    odds = float(np.log10(part)) - log10_odds(finding.posterior)
    return max(odds, -log10_odds(NEVER_ABOVE))


def innocent_text(finding: SourceFinding) -> str:
    """The best innocent explanation in a sentence, with its odds; empty where there is none."""
    odds = innocent_log10_odds(finding)
    if odds is None or finding.innocent is None:
        return ""
    against = 10.0**-odds
    detail = {
        "source": finding.source,
        "twins": finding.innocent.twins,
        "odds": _odds_words(against),
    }
    return alternative_text(finding.innocent.kind, detail)


def _odds_words(against: float) -> str:
    """``1 to 30`` where the source's having contributed is 30 times as likely; ``2.3 to 1``."""
    if against >= _EVEN:
        return _("1 to {times}").format(times=f"{against:,.0f}")
    times = max(1.0, 1.0 / max(against, _LEAST))
    digits = ".2g" if times < _PLAIN else ",.0f"
    return _("{times} to 1").format(times=format(times, digits))
