"""What the sampled people of a list look like, and those of a batch who are in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import NO_DAY, PeopleTable

Floats = npt.NDArray[np.float64]
Int64 = npt.NDArray[np.int64]
_STRATUM_PRIOR = 20.0
_ENOUGH = 50
_MOST_WEIGHT = 50.0


@dataclass(frozen=True, slots=True)
class Strata:
    """The sampled people by one trait.

    Attributes
    ----------
    where : int64[sample]
        The stratum of each.
    share : float64[strata]
        Of the sample.
    """

    where: Int64
    share: Floats

    @classmethod
    def of(cls, codes: Int64) -> tuple[Strata, Int64]:
        """The strata of equal ``codes``, and the codes of each, ascending."""
        values, where = np.unique(codes, return_inverse=True)
        return cls(where, np.bincount(where) / max(1, len(codes))), values

    def weights(self, counts: Floats) -> Floats:
        """Weights for the sampled people, so that they are distributed as ``counts``
        (float64[strata]) of others are: float64[sample]."""
        wanted = (counts + _STRATUM_PRIOR * self.share) / (counts.sum() + _STRATUM_PRIOR)
        times = np.divide(wanted, self.share, out=np.zeros_like(wanted), where=self.share > 0)
        return np.asarray(times.clip(0.0, _MOST_WEIGHT)[self.where])


@dataclass(frozen=True, slots=True)
class SampleLook:
    """What a list's sampled people look like: carrier, region and time of registration.

    Attributes
    ----------
    size : int
    carrier, region, time : Strata
    carriers, regions : int64[256], int64[65536]
        The stratum of each code, -1 where there is none.
    edges : float64[bins - 1]
        Days between the bins of time; none where hardly anybody is dated.
    """

    size: int
    carrier: Strata
    region: Strata
    time: Strata
    carriers: Int64
    regions: Int64
    edges: Floats

    @classmethod
    def of(cls, people: PeopleTable) -> SampleLook:
        """The look of the sampled ``people``."""
        carrier, carriers = Strata.of(people.carrier.astype(np.int64))
        region, regions = Strata.of(people.region.astype(np.int64))
        dated = people.registered[people.registered != NO_DAY]
        edges = np.zeros(0)
        if len(dated) >= _ENOUGH:
            edges = np.quantile(dated, np.linspace(0, 1, 9)[1:-1])
        bins = np.digitize(people.registered, edges).astype(np.int64)
        time = Strata(bins, np.bincount(bins, minlength=len(edges) + 1) / max(1, len(people)))
        return cls(
            len(people), carrier, region, time, _places(carriers, 1 << 8),
            _places(regions, 1 << 16), edges,
        )  # fmt: skip

    def weights(self, people: PeopleTable, taken: npt.NDArray[np.uint32]) -> Floats:
        """Weights for the sampled people, so that carrier, region and date of registration are
        distributed as among the ``taken`` ones of all ``people``: a list filtered to one town
        overlaps that town's other lists more than the whole source does."""
        if len(taken) < 20 or self.size < _ENOUGH:
            return np.ones(self.size)
        bins = np.digitize(people.registered[taken], self.edges)
        weights = self.carrier.weights(_counts(self.carriers[people.carrier[taken]], self.carrier))
        weights = weights * self.region.weights(
            _counts(self.regions[people.region[taken]], self.region)
        )
        weights = weights * self.time.weights(_counts(bins, self.time))
        return np.asarray(weights / max(weights.mean(), 1e-9))


def _places(values: Int64, size: int) -> Int64:
    places = np.full(size, -1, dtype=np.int64)
    places[values] = np.arange(len(values))
    return places


def _counts(places: Int64, strata: Strata) -> Floats:
    known = places[places >= 0]
    return np.bincount(known, minlength=len(strata.share)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Likes:
    """How many people of a list are of each carrier and region.

    Attributes
    ----------
    people : PeopleTable
    width : int
        Regions.
    counts : int64[carriers * width]
        By :meth:`kinds`.
    """

    people: PeopleTable
    width: int
    counts: Int64

    @classmethod
    def of(cls, people: PeopleTable) -> Likes:
        """Count all ``people``."""
        width = int(people.region.max(initial=0)) + 1
        kinds = people.carrier.astype(np.int64) * width + people.region
        return cls(people, width, np.bincount(kinds))

    def kinds(self, rows: npt.NDArray[np.uint32]) -> Int64:
        """Carrier and region of some of the people, as one number."""
        return self.people.carrier[rows].astype(np.int64) * self.width + self.people.region[rows]
