"""What the touches of one line say, by callers that nothing links.

Each explanation adds its own rate to the background's; with the line's unevenness ``u`` integrated
out, the likelihood is that of a Poisson process of several kinds,
``E_u[ exp(-u M - A) * prod_p (u m_p + a_p) ]``, ``m`` and ``M`` being the background's rate at each
touch and its whole, ``a`` and ``A`` those of all other explanations together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.calls.leaking.assumed import Assumed
from leaktrace.calls.leaking.background import KNOWN, Background
from leaktrace.calls.leaking.records import Business, Line, Touch

Floats = npt.NDArray[np.float64]

WANTED_NEXT: Mapping[str, tuple[str, ...]] = {
    "property": ("property", "renovation", "loan"),
    "loan": ("loan", "investment", "collection"),
    "company-services": ("company-services", "loan"),
    "insurance": ("insurance", "loan", "medical"),
    "medical": ("medical", "insurance"),
    "education": ("education", "recruitment"),
    "telecom": ("telecom", "loan"),
    "recruitment": ("recruitment", "education"),
    "logistics": ("logistics",),
}
"""What is sold to those who registered with a business of a sector: its own, and what they want
next. Assumed, from what such lists are advertised for."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line with its own touches, those of no campaign.

    Attributes
    ----------
    line : Line
    touches : tuple of Touch
    even : Floats
        The background's rate at each touch, of an even line, shape (touches,).
    due : float
        The background's touches in all its spans, of an even line.
    """

    line: Line
    touches: tuple[Touch, ...]
    even: Floats
    due: float


@dataclass(frozen=True, slots=True)
class Caller:
    """Who may be ringing: the marks that his touches carry.

    Attributes
    ----------
    sectors : Floats
        The part of each sector among his touches, shape (sectors,).
    fixed : float
        The part from rented numbers.
    recites : float
        How probable it is that he recites marks told at ``source``.
    source : str
    """

    sectors: Floats
    fixed: float
    recites: float
    source: str

    def marks(self, touches: Sequence[Touch], assumed: Assumed) -> Floats:
        """The probability of the marks of each touch, if it is his."""
        found = [
            self.sectors[KNOWN.index(one.sector)]
            * (self.fixed if one.fixed else 1.0 - self.fixed)
            * recital(one, self.source, self.recites, assumed)
            for one in touches
        ]
        return np.array(found, dtype=np.float64)


def recital(touch: Touch, source: str, recites: float, assumed: Assumed) -> float:
    """The probability that somebody who has the list of ``source`` recites what was recited."""
    if not touch.recites:
        return 1.0
    return recites if source in touch.recites else assumed.background_recites


def leak_of(source: str, own: str, part: float, background: Background, assumed: Assumed) -> Caller:
    """Whoever bought data of ``source``, which is in the sector ``own``: ``part`` of them sell
    what its registrants want."""
    next_ones = WANTED_NEXT.get(own, ())
    return Caller(
        _mix([(next_ones, part)] if next_ones else [], background),
        assumed.fixed,
        assumed.recites,
        source,
    )


def road_to(source: str, background: Background, assumed: Assumed) -> Caller:
    """Whoever knows a canary of ``source`` by another road."""
    return Caller(_mix([], background), assumed.fixed, assumed.road_recites, source)


def itself(source: str, business: Business, background: Background, assumed: Assumed) -> Caller:
    """``source`` ringing its own registrants, or whom it lawfully told about them."""
    own = business.sector
    told = business.recipients
    kept = (assumed.recipients_kept if told else assumed.own_kept) if own else 0.0
    lawful = 1.0 - kept - (assumed.recipients_stray if told else assumed.own_stray)
    next_ones = WANTED_NEXT.get(own, ())
    sectors = [((own,), kept), (next_ones, lawful if next_ones else 0.0)]
    return Caller(
        _mix(sectors if own else [], background),
        assumed.own_fixed,
        assumed.own_recites,
        source,
    )


def _mix(wanted: Sequence[tuple[Sequence[str], float]], background: Background) -> Floats:
    """The shares of sectors of somebody of whose calls a part each is in some ``wanted`` ones."""
    even = np.append(np.full(len(KNOWN) - 1, 1.0 / (len(KNOWN) - 1)), 0.0)
    # Others sell what is sold to anybody, or anything.
    rest = 0.5 * background.shares + 0.5 * even
    known = (1.0 - sum(part for _sectors, part in wanted)) * rest
    for sectors, part in wanted:
        for sector in sectors:
            known[KNOWN.index(sector)] += part / len(sectors)
    known *= 1.0 - background.unknown
    known[-1] = background.unknown
    return np.asarray(known)


def view_of(
    line: Line, touches: Sequence[Touch], background: Background, assumed: Assumed
) -> LineView:
    """``line`` with its ``touches``."""
    even = [
        background.rate(one) * (assumed.background_recites if one.recites else 1.0)
        for one in touches
    ]
    return LineView(line, tuple(touches), np.array(even), background.due(line.spans))


def log_likelihoods(
    view: LineView, background: Background, rates: Floats, wholes: Floats, assumed: Assumed
) -> Floats:
    """The log likelihood of a line's touches under several explanations beside the background.

    Parameters
    ----------
    view : LineView
    background : Background
    rates : Floats
        ``a`` at each touch, shape (explanations, touches).
    wholes : Floats
        ``A``, shape (explanations,).
    assumed : Assumed

    Returns
    -------
    Floats
        Shape (explanations,).
    """
    u = background.nodes
    found = -u[None, :] * view.due - wholes[:, None]
    for at, even in enumerate(view.even):
        found += np.log(u[None, :] * even + rates[:, at, None])
    top = found.max(axis=1)
    log = top + np.log(np.exp(found - top[:, None]) @ background.weights)
    if view.touches or view.line.known_to_ring:
        return np.asarray(log)
    return np.asarray(np.logaddexp(log + np.log1p(-assumed.dead), np.log(assumed.dead)))
