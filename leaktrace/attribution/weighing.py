"""Drafts with definite shares, weighed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.drafts import Chosen, Drafts, splits
from leaktrace.attribution.points import Points
from leaktrace.attribution.weigher import Weigher

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


class Weighing:
    """Lays out the points of drafts, and asks canaries and cells about them.

    Parameters
    ----------
    drafts : Drafts
    weigher : Weigher
    """

    def __init__(self, drafts: Drafts, weigher: Weigher) -> None:
        self._drafts = drafts
        self._weigher = weigher
        readings = drafts.readings
        notable = [[readings.lists[bit] for bit in fit.lists] for fit in readings.fits]
        self._cut_of_fit, self._cuts = weigher.cuts(notable)

    def weighed(self, places: Places) -> tuple[Points, Places]:
        """The points of the drafts at ``places``, and which of those each point is of."""
        drafts, readings, hosts = self._drafts, self._drafts.readings, self._drafts.hosts
        chosen = drafts.chosen(places)
        count, owner, part = _split(chosen, drafts)
        inside, shares = self._laid(chosen, owner, part)
        scores, which, parts = self._scores(chosen, owner, inside, shares)
        scores = self._weigher.premises.settings.temperature * scores - np.log(count)[owner]
        width = len(readings.lists)
        errors = np.empty(shares.shape)
        errors[:, :width] = readings.errors[readings.fit[chosen.reading]][owner]
        # The grid that a host's share stands on is that coarse.
        errors[:, width:] = np.minimum(0.04, shares[:, width:] / 3 + 0.001)
        points = Points(
            readings.lists, hosts.names, self._weigher.silent,
            readings.codes[chosen.reading][owner], inside, hosts.unseen[chosen.host][owner],
            shares, np.where(inside, errors, 0.0), which, parts, scores,
        )  # fmt: skip
        return points, owner

    def _laid(self, chosen: Chosen, owner: Places, part: Floats) -> tuple[Bools, Floats]:
        """Who contributed in each point, and their shares: bool and float64[p, w]."""
        readings, hosts = self._drafts.readings, self._drafts.hosts
        width = len(readings.lists)
        case = (readings.subset[chosen.reading], hosts.count[chosen.host], chosen.variant)
        inside = np.zeros((len(owner), width + len(hosts.names)), dtype=bool)
        shares = np.zeros(inside.shape)
        contributed = readings.contributed[chosen.reading]
        inside[:, :width] = contributed[owner]
        shares[:, :width] = np.where(contributed, readings.shares.listed[case], 0.0)[owner]
        mass = readings.shares.host[case][owner]
        for slot, who in enumerate((hosts.first, hosts.second)):
            place = who[chosen.host][owner]
            rows = np.flatnonzero(place >= 0)
            inside[rows, width + place[rows]] = True
            shares[rows, width + place[rows]] = mass[rows] * part[rows, slot]
        return inside, shares

    def _scores(
        self, chosen: Chosen, owner: Places, inside: Bools, shares: Floats
    ) -> tuple[Floats, Places, Floats]:
        """Log posterior of each point; the row of the third value where a silent host contributed,
        else -1; and which of the silent hosts it is."""
        weigher, definite = self._weigher, len(self._weigher.columns)
        cut = self._cut_of_fit[self._drafts.readings.fit[chosen.reading]][owner]
        known = inside[:, :definite], shares[:, :definite]
        scores = chosen.score[owner] + weigher.ratios(*known, self._cuts[cut])
        scores += weigher.room(*known)
        which = np.full(len(owner), -1, dtype=np.intp)
        parts = np.zeros((0, len(weigher.silent)))
        rows = np.flatnonzero(inside[:, definite:].any(axis=1))
        if len(rows):
            said, which[rows], parts = weigher.silence(
                shares[rows, definite], cut[rows], self._cuts
            )
            scores[rows] += said
        return scores, which, parts


def _split(chosen: Chosen, drafts: Drafts) -> tuple[Places, Places, Floats]:
    """How many points each draft has; the draft of each point; the parts of its hosts."""
    counts, parts = splits()
    unseen = drafts.hosts.unseen[chosen.host].astype(np.intp)
    named = drafts.hosts.count[chosen.host] - unseen
    count = counts[named, unseen]
    owner = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    return count, owner, parts[named[owner], unseen[owner], nth]
