"""What a simulated world is made of: one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from leaktrace.errors import UsageError
from leaktrace.messages import _

Range = tuple[float, float]

BATCH_TYPES = (
    "pure", "filtered", "mixed", "blended", "resold", "resold-merged", "unknown", "unknown-mixed",
    "twin", "swept", "padded", "masked", "old-cut",
)  # fmt: skip

STANDARD_MIX: Mapping[str, float] = MappingProxyType(
    {
        "pure": 0.16, "filtered": 0.14, "mixed": 0.12, "blended": 0.05, "resold": 0.13,
        "resold-merged": 0.07, "unknown": 0.08, "unknown-mixed": 0.06, "twin": 0.03,
        "swept": 0.05, "padded": 0.05, "masked": 0.04, "old-cut": 0.02,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorldSettings:
    """The parameters of a world. Pairs are ranges to draw from; shares are in [0, 1].

    Attributes
    ----------
    sources, unknown_sources, twins, batches : int
        Known sources (S01 …), sources that the case does not know (U1 …), unknown sources that
        registered the same people as a known and innocent one (T1 …), leaked lists.
    towns : int
        Towns, each with number blocks and estates of its own.
    town_people : pair of int
        People living in a town; the smaller, the more the sources overlap by chance.
    blocks : pair of int
        Seven-digit number blocks for each town and carrier (a tenth for virtual ones).
    population : pair of int
        People registered with a source at the end (log-uniform).
    nesting : pair
        Share of a source's people that come through the source upstream of it (viewing -> sale ->
        management …).
    household : float
        Chance that somebody registered brings a member of the household along.
    leaking : float
        Share of the known sources that leak at all.
    referenced : float
        Share of the known sources with a reference list.
    reference_mix : triple
        Weights of a full, a partial and a stale reference.
    reference_coverage : pair
        What a partial reference holds of the source's people.
    reference_stale_days : pair
        How long before the world's end a stale reference ends.
    reference_dated : float
        Share of the references with a registration column.
    purged : float
        Share of the references of leaking sources from which the leaked people were taken out;
        ``purged_loss`` is the share of the leaked people that is missing.
    population_exact, population_rough : float
        Shares of the sources whose population is told exactly and within ``population_error``;
        the rest is not told.
    canaried : float
        Share of the known sources where canaries were planted, ``canaries`` of them.
    shared_canaries : float
        Share of the canaries planted in a second source too.
    controls : int
        Canaries planted nowhere.
    recycled : float
        Share of the canaries whose number belonged to one of the people before.
    unknown_overlap : pair
        Share of an unknown source's people who are registered with one known source too.
    twin_share : pair
        Share of a known source's people (without its canaries) whom its twin registered too.
    batch_size : pair of int
        People in a batch.
    mix : mapping
        Weights of the batch types (:data:`BATCH_TYPES`).
    blend : pair of int
        How many sources a blended list has.
    smallest_share : float
        The smallest share of a contributor to a mixed, blended or merged list.
    padding : pair
        Share of made-up rows in a padded list.
    cut_delay, old_cut_delay : pair
        Days from cutting to being seen; the second for batches of type ``old-cut``.
    dumps : float
        Chance that everything a source leaks was cut from one dump of part of its list.
    contiguous : float
        Chance that a cut is a run of registrations instead of a random sample.
    kept : pair
        Share of a parent's rows that a resale keeps.
    chain : float
        Chance that a resale takes a parent which is a resale itself.
    freshen : float
        Chance that a resale gets newer people of the same source mixed in.
    missing_parents : float
        Share of the resold lists' parents that the case never saw.
    same_day : float
        Chance that a batch is seen on the day of the one before.
    stray : float
        Chance that a list of known people holds a canary that came by another road.
    sweep_near_canary : float
        Chance that a swept segment runs through the block of a canary's number.
    cells : float
        Share of the lists with cells beside the identifiers (address, amount, date, remark).
    retyped : float
        Chance that a seller retypes addresses and dates in one style.
    ids : float
        Share of the lists that keep ID numbers, where the source has them.
    last_four : float
        Share of the washed lists that show names and last four digits only.
    encodings : tuple of str
        Encodings of the three tables; one is drawn for each world.
    """

    sources: int = 12
    batches: int = 60
    unknown_sources: int = 2
    twins: int = 1
    towns: int = 4
    town_people: tuple[int, int] = (150_000, 500_000)
    blocks: tuple[int, int] = (200, 600)
    population: tuple[int, int] = (3_000, 60_000)
    nesting: Range = (0.55, 0.95)
    household: float = 0.12
    leaking: float = 0.6
    referenced: float = 0.5
    reference_mix: tuple[float, float, float] = (0.4, 0.35, 0.25)
    reference_coverage: Range = (0.70, 0.95)
    reference_stale_days: Range = (60, 400)
    reference_dated: float = 0.6
    purged: float = 0.0
    purged_loss: Range = (0.6, 1.0)
    population_exact: float = 0.5
    population_rough: float = 0.3
    population_error: float = 0.3
    canaried: float = 0.9
    canaries: tuple[int, int] = (8, 40)
    shared_canaries: float = 0.05
    controls: int = 24
    recycled: float = 0.0
    unknown_overlap: Range = (0.0, 0.33)
    twin_share: Range = (0.90, 0.97)
    batch_size: tuple[int, int] = (500, 6_000)
    mix: Mapping[str, float] = field(default_factory=lambda: STANDARD_MIX)
    blend: tuple[int, int] = (3, 3)
    smallest_share: float = 0.15
    padding: Range = (0.2, 0.5)
    cut_delay: Range = (0, 200)
    old_cut_delay: Range = (200, 600)
    dumps: float = 0.2
    contiguous: float = 0.25
    kept: Range = (0.3, 1.0)
    chain: float = 0.5
    freshen: float = 0.2
    missing_parents: float = 0.0
    same_day: float = 0.05
    stray: float = 0.0
    sweep_near_canary: float = 0.3
    cells: float = 0.8
    retyped: float = 0.2
    ids: float = 0.6
    last_four: float = 0.0
    encodings: tuple[str, ...] = ("utf-8-sig", "utf-8", "gbk")

    def with_changes(self, **changes: object) -> WorldSettings:
        """These settings with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def check(settings: WorldSettings) -> None:
    """Refuse settings of which no world can be made.

    Raises
    ------
    UsageError
        Naming the setting and its range.
    """
    for name, low, high in (
        ("sources", 1, 500), ("batches", 0, 5_000), ("unknown_sources", 0, 100),
        ("twins", 0, max(settings.sources - 1, 0)), ("towns", 1, 99), ("controls", 0, 5_000),
    ):  # fmt: skip
        value = getattr(settings, name)
        if not low <= value <= high:
            raise UsageError(
                _("{name} must lie between {low} and {high}, not {value}").format(
                    name=name, low=low, high=high, value=value
                )
            )
    unknown = sorted(set(settings.mix) - set(BATCH_TYPES))
    if unknown:
        raise UsageError(
            _("unknown types of batch: {names}; known are {known}").format(
                names=", ".join(unknown), known=", ".join(BATCH_TYPES)
            )
        )
