"""The numbers that the model assumes, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Market:
    """What the lists of one kind of source usually look like on the market, as the user knows it.

    Attributes
    ----------
    price_low, price_high : float or None
        The usual price of one number, from and to; None where there is no such end.
    one_carrier : bool
        Whether they are sold carrier by carrier.
    """

    price_low: float | None = None
    price_high: float | None = None
    one_carrier: bool = False

    def usual(self, price: float) -> bool:
        """Whether ``price`` is a usual one; never where no price was told."""
        if self.price_low is None and self.price_high is None:
            return False
        return (self.price_low or 0.0) <= price <= (self.price_high or float("inf"))


@dataclass(frozen=True, slots=True)
class Settings:
    """Hyper-parameters of the attribution model.

    Attributes
    ----------
    expected_contributors : float
        Known sources expected in a batch before any evidence, however many are listed: listing
        more sources accuses nobody more.
    one_more : float
        By what the prior odds of each contributor after the first are multiplied: most lists are
        cut from one place.
    unseen_present : float
        Prior probability that people from a source nobody listed are in a batch, if they are all
        that is in it.
    unseen_beside : float
        The same beside a known source.
    twin_odds : float
        Prior odds that it is an unseen twin of a source (mortgage bank, registry …) that leaked
        and not the source. With ``both_leak`` it keeps a source that nothing tells from its twin
        between 0.7 and 0.85, however many lists there are: about as often was it true in trials.
    both_leak : float
        Prior probability that a source and its twin both leak.
    overlap_partners : float
        How many known sources an unseen one is expected to overlap with notably.
    overlap_reach : float
        Weight of a uniform law in that of an unseen source's overlap: it reaches further than
        the most overlapping known pair.
    coverage_doubt : float
        Weight of "the reference list lacks more than its size says" (stale, purged, partial).
    purged_whole : float
        If a list lacks more than its size says, the probability that it lacks everyone who is in
        the batch: whoever purges a list takes out what leaked.
    registered_since : float
        If a list ends before a batch was seen, the probability that everyone in the batch has
        registered since.
    coverage_error : pairs of (factor, weight)
        By what the told coverage may be off, populations being rough.
    coverage_spread : float
        Standard deviation of a reference's coverage where it is known from its size.
    leaks : float
        Prior probability that a source's data circulates at all.
    intraclass : float
        Correlation of rows of one batch (households, filters nobody sees): n rows count as
        n / (1 + (n - 1) * intraclass).
    misfit : float
        Share of rows whose pattern follows no contributor.
    other_road : float
        Probability that a given canary is in a given batch by another road.
    recycled_road : float
        The same where the row shows another name than the canary's.
    common_road : tuple of float
        Probability that one, two, three canaries of one source came into a given batch by a road
        that all of them took (whoever sold their numbers, knew them, or wants to lay the list at
        somebody's door), and half as likely for each one more; shared out evenly over the sources
        with canaries.
    exclusion : pairs of (factor, weight)
        Hidden filters and rough populations: a contributor's canaries come back at ``factor``
        times the expected rate with probability ``weight``.
    lags : pairs of (days, weight)
        How long before it was seen a list was cut.
    temperature : float
        Exponent on all evidence; from the validation.
    log10_lr_cap : float
        What the validation can vouch for.
    twin_by_kind : mapping
        ``twin_odds`` for kinds of source where it differs.
    prior_by_source : mapping
        Source id to the prior probability that it contributed to a batch, where the user said so.
    market : mapping
        Kind of source to what its lists usually look like on the market, where the user said so.
    without : frozenset of str
        The kinds of evidence that are left out, see :mod:`leaktrace.attribution.switches`.
    """

    expected_contributors: float = 1.0
    one_more: float = 0.6
    unseen_present: float = 0.3
    unseen_beside: float = 0.1
    twin_odds: float = 0.25
    both_leak: float = 0.25
    overlap_partners: float = 2.0
    overlap_reach: float = 0.25
    coverage_doubt: float = 0.18
    purged_whole: float = 0.03
    registered_since: float = 0.08
    coverage_error: tuple[tuple[float, float], ...] = ((0.75, 0.2), (1.0, 0.6), (1.25, 0.2))
    coverage_spread: float = 0.06
    leaks: float = 0.1
    intraclass: float = 0.004
    misfit: float = 0.02
    other_road: float = 0.0005
    recycled_road: float = 0.02
    common_road: tuple[float, ...] = (0.01, 0.001, 0.0002)
    exclusion: tuple[tuple[float, float], ...] = (
        (5.0, 0.01),
        (1.5, 0.14),
        (1.0, 0.5),
        (0.6, 0.2),
        (0.2, 0.1),
        (0.0, 0.05),
    )
    lags: tuple[tuple[float, float], ...] = (
        (0.0, 0.2),
        (3.0, 0.12),
        (10.0, 0.13),
        (25.0, 0.13),
        (50.0, 0.12),
        (90.0, 0.11),
        (150.0, 0.08),
        (250.0, 0.06),
        (450.0, 0.04),
        (900.0, 0.01),
    )
    temperature: float = 1.0
    log10_lr_cap: float = 3.0
    twin_by_kind: Mapping[str, float] = field(default_factory=dict)
    prior_by_source: Mapping[str, float] = field(default_factory=dict)
    market: Mapping[str, Market] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    def prior_of_source(self, sources: int) -> float:
        """Prior probability that one given known source contributed to a given batch."""
        return min(0.3, self.expected_contributors / max(1, sources))

    def prior_of(self, source: str, sources: int) -> float:
        """Prior probability that ``source``, one of so many, contributed to a given batch."""
        return self.prior_by_source.get(source, self.prior_of_source(sources))

    def prior_of_partner(self, sources: int) -> float:
        """Prior probability that an unseen source notably overlaps one given known source."""
        return min(0.5, self.overlap_partners / max(1, sources))

    def twin_odds_of(self, source: str, kind: str, sources: int) -> float:
        """Prior odds of the unseen twin of ``source``, one of so many, against it.

        Where the user gave the source a prior, its twin keeps the one that it had, since to think
        a source likelier than others is not to think so of its bank; but it is never likelier than
        the source for that reason (the state in which both leak treats them as equals).
        """
        if kind in self.twin_by_kind or source not in self.prior_by_source:
            return self.twin_by_kind.get(kind, self.twin_odds)
        usual, told = self.prior_of_source(sources), self.prior_by_source[source]
        kept = self.twin_odds * (usual / (1.0 - usual)) / (told / (1.0 - told))
        return min(kept, max(1.0, self.twin_odds))

    def rows_that_count(self, rows: int) -> float:
        """Effective number of independent rows among ``rows`` correlated ones."""
        return rows / (1.0 + max(0, rows - 1) * self.intraclass)
