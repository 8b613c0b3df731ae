"""One of the known sources without a hit and without a notable list is a host: which of them?

There may be hundreds, each as likely as its prior and its misses leave it. They are asked together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import CanaryLaw, log_misses, over_exclusions

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
_NOT_ANY = np.zeros(0, dtype=bool)


@dataclass(frozen=True, slots=True)
class Misses:
    """The canaries of the silent hosts, those of one host with equal rates taken together (``g``).

    Attributes
    ----------
    owners, starts : intp[hosts with canaries]
        The hosts that have canaries, and where the groups of each begin.
    rates : float64[g]
    measured : bool[g]
        Whether the rate stands whatever the share.
    alive : float64[t', g]
        How many of a group were planted, for each distinct row of the cut times ...
    back : intp[t]
        ... and which of the rows each cut time has.
    """

    owners: Places
    starts: Places
    rates: Floats
    measured: npt.NDArray[np.bool_]
    alive: Floats
    back: Places

    @classmethod
    def of(cls, law: CanaryLaw, silent: tuple[str, ...]) -> Misses:
        """Of the hosts ``silent``, none of whose canaries was found."""
        trial = law.trial
        host_at = np.full(len(trial.sources), -1, dtype=np.intp)
        for host, source in enumerate(silent):
            place = trial.place_of(source)
            if place is not None:
                host_at[place] = host
        here = np.flatnonzero(host_at[trial.column] >= 0)
        owner, rate = host_at[trial.column[here]], trial.rates[here]
        order = np.lexsort((rate, owner))
        here, owner, rate = here[order], owner[order], rate[order]
        first = np.ones(len(here), dtype=bool)
        first[1:] = (owner[1:] != owner[:-1]) | (rate[1:] != rate[:-1])
        begin = np.flatnonzero(first)
        if not len(begin):
            nowhere = np.zeros(0, dtype=np.intp)
            return cls(nowhere, nowhere, rate, _NOT_ANY, np.zeros((0, 0)), nowhere)
        counts = np.add.reduceat(law.alive[:, here], begin, axis=1)
        alive, back = np.unique(counts, axis=0, return_inverse=True)
        owners, starts = np.unique(owner[begin], return_index=True)
        measured = trial.measured[trial.column[here[begin]]]
        return cls(owners, starts, rate[begin], measured, alive, back.ravel())

    def said(self, law: CanaryLaw, hosts: int, shares: Floats) -> Floats:
        """Log ratio of each of so many silent hosts at each cut time: float64[shares, hosts, t]."""
        found = np.zeros((len(shares), hosts, len(law.alive)))
        if not len(self.owners):
            return found
        scales = np.where(self.measured, 1.0, shares[:, None])
        each = log_misses(scales * self.rates, law.factors)
        by_row = [
            over_exclusions(law, np.add.reduceat(each * counts[:, None], self.starts, axis=1))
            for counts in self.alive
        ]
        found[:, self.owners] = np.stack(by_row, axis=-1)[:, :, self.back]
        return found
