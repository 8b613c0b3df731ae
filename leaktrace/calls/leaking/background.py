"""How often a line rings anyway: by sector, by day, and unevenly.

A line of unevenness ``u`` is touched by callers of sector ``k`` at ``u * m_k(t)`` a day, where
``m`` is the same for all lines: a boom of a sector is heard by controls, too. ``u`` has a Gamma law
of mean 1, whose shape the lines tell (a Poisson count mixed so is negative binomial). Learnt from
controls, from lines before they were planted, and from all others that no source under suspicion
explains.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.calls.leaking.assumed import Assumed
from leaktrace.calls.leaking.records import Heard, Line, Spans, Touch, within
from leaktrace.calls.sectors import SECTORS
from leaktrace.times import DAY

Floats = npt.NDArray[np.float64]

KNOWN = (*SECTORS, "")
_FORTNIGHT = 14
_NODES = 20


@dataclass(frozen=True, slots=True)
class Background:
    """What rings anyway.

    Attributes
    ----------
    start : float
        Of the first day (seconds since 1970).
    rates : Floats
        Touches a day of an even line, by sector and day, shape (sectors, days).
    nodes, weights : Floats
        Values of the unevenness, and their prior probabilities.
    fixed : float
        The part of touches from rented numbers.
    unknown : float
        The part of touches of which nobody knows the sector.
    shares : Floats
        The part of each sector among those that are known, shape (sectors,), the last one 0.
    """

    start: float
    rates: Floats
    nodes: Floats
    weights: Floats
    fixed: float
    unknown: float
    shares: Floats

    def rate(self, touch: Touch) -> float:
        """Touches a day like ``touch`` of an even line."""
        sector = self.rates[KNOWN.index(touch.sector)]
        rented = self.fixed if touch.fixed else 1.0 - self.fixed
        return float(sector[_bin(touch.at, self.start, sector.size)]) * rented

    def due(self, spans: Spans) -> float:
        """Touches of an even line within ``spans``."""
        daily = self.rates.sum(axis=0)
        return float(_days(spans, self.start, daily.size) @ daily)


def background_of(heard: Heard, assumed: Assumed, suspects: Collection[str] = ()) -> Background:
    """The background of ``heard``, learnt without what ``suspects`` (sources) may explain."""
    length = max(1, int(np.ceil((heard.end - heard.start) / DAY)))
    free = [_free(line, suspects) for line in heard.lines]
    exposure = np.array([_days(spans, heard.start, length) for spans in free]).reshape(-1, length)
    touches = [one for one in heard.touches if one.group < 0 and within(one.at, free[one.line])]
    counts = np.zeros((len(KNOWN), length))
    for one in touches:
        counts[KNOWN.index(one.sector), _bin(one.at, heard.start, length)] += 1.0
    known, blur = counts.sum(axis=1), assumed.blur
    unknown = float(known[-1] + 0.5 * blur) / (known.sum() + blur)
    shares = (known[:-1] + blur / len(SECTORS)) / (known[:-1].sum() + blur)
    mix = np.append((1.0 - unknown) * shares, unknown)
    rates = _rates(counts, exposure.sum(axis=0), mix, assumed)
    per_line = np.bincount([one.line for one in touches], minlength=len(heard.lines))
    due = exposure @ rates.sum(axis=0)
    nodes, weights = _unevenness(per_line[due > 0], due[due > 0], assumed)
    return Background(
        heard.start,
        rates,
        nodes,
        weights,
        (sum(one.fixed for one in touches) + 0.3 * blur) / (len(touches) + blur),
        unknown,
        np.append(shares, 0.0),
    )


def _free(line: Line, suspects: Collection[str]) -> Spans:
    """The spans of ``line`` before any suspect knew it."""
    until = min((at for source, at in line.planted.items() if source in suspects), default=np.inf)
    return tuple((low, min(high, until)) for low, high in line.spans if low < until)


def _rates(counts: Floats, exposure: Floats, shares: Floats, assumed: Assumed) -> Floats:
    """By sector and day: the whole time's rate, moved towards that of the fortnight, and that
    towards the day's, as far as there are touches to tell."""
    days = exposure.sum() + assumed.background_days
    level = (counts.sum() + assumed.background * assumed.background_days) / days
    rates = np.broadcast_to(level * shares[:, None], counts.shape)
    for width in (_FORTNIGHT, 1):
        rates = _swung(rates, counts, exposure, width, assumed.blur)
    return rates


def _swung(rates: Floats, counts: Floats, exposure: Floats, width: int, blur: float) -> Floats:
    """``rates`` times what each stretch of ``width`` days has more of them, first in all sectors
    together, then in each."""
    starts = np.arange(0, counts.shape[1], width)
    for whole in (True, False):
        heard, due = counts, rates * exposure
        if whole:
            heard, due = heard.sum(axis=0, keepdims=True), due.sum(axis=0, keepdims=True)
        heard, due = (np.add.reduceat(one, starts, axis=1) for one in (heard, due))
        swing = np.repeat((heard + blur) / (due + blur), width, axis=1)[:, : counts.shape[1]]
        rates = rates * swing
    return rates


def _unevenness(counts: Floats, due: Floats, assumed: Assumed) -> tuple[Floats, Floats]:
    from scipy.special import gammaln
    from scipy.stats import gamma

    shapes = np.array([shape for shape, _weight in assumed.unevenness])
    log_weights = np.log([weight for _shape, weight in assumed.unevenness])
    a, k, e = shapes[:, None], counts[None, :], due[None, :]
    fits = gammaln(a + k) - gammaln(a) + a * np.log(a / (a + e)) + k * np.log(e / (a + e))
    log_weights = log_weights + fits.sum(axis=1)
    mix = np.exp(log_weights - log_weights.max())
    edges = np.concatenate([[0.0], np.geomspace(2e-3, 60.0, _NODES), [np.inf]])
    nodes = np.concatenate([[1e-3], np.sqrt(edges[1:-2] * edges[2:-1]), [70.0]])
    laws = [np.diff(gamma.cdf(edges, shape, scale=1.0 / shape)) for shape in shapes]
    weights = np.sum([part * law for part, law in zip(mix / mix.sum(), laws, strict=True)], axis=0)
    return nodes, np.asarray(weights / weights.sum())


def _bin(at: float, start: float, length: int) -> int:
    return min(max(int((at - start) // DAY), 0), length - 1)


def _days(spans: Spans, start: float, length: int) -> Floats:
    """How much of each day is in ``spans``."""
    edges = start + np.arange(length + 1) * DAY
    days = np.zeros(length)
    for low, high in spans:
        days += np.clip(np.minimum(high, edges[1:]) - np.maximum(low, edges[:-1]), 0.0, None)
    return days / DAY
