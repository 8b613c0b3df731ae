"""What one batch shows: who is made up, who is in which list, which canaries are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from leaktrace.attribution import patterns
from leaktrace.attribution.canaries import CanaryTrial
from leaktrace.attribution.coverage import Coverage
from leaktrace.attribution.cutting import CutGrid, cut_grid, dates_log_likelihood
from leaktrace.attribution.madeup import MadeUp, RealLists, all_real, made_up_people
from leaktrace.attribution.patterns import PatternTable
from leaktrace.attribution.rates import ListRates
from leaktrace.attribution.samples import ReferenceSet
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.trials import trial_of
from leaktrace.attribution.versions.ratio import VersionEvidence
from leaktrace.case.records import Batch, Canary, Source
from leaktrace.fingerprint.held import NO_DAY, HeldList
from leaktrace.fingerprint.lookup import NOBODY, match_people, observable

Floats = npt.NDArray[np.float64]
_MOST_LISTS = 8
_STRATUM_PRIOR = 20.0


@dataclass(frozen=True, slots=True)
class Observation:
    """One batch, ready for inference.

    Attributes
    ----------
    batch : Batch
    people : int
        Distinct people.
    real : int
        About how many of them are not made up.
    made_up : MadeUp
    overlaps : mapping
        Source id to the number of the batch's people in its list.
    seen : mapping
        Source id to the number for whom that could be seen.
    lists : tuple of str
        The sources whose lists enter the patterns, bit by bit.
    table : PatternTable
    parts : float64[k, m]
        P(pattern | list).
    rest : float64[m]
        P(pattern | in no list).
    grid : CutGrid
    dates : mapping
        Source id to the log likelihood of the cut times from its dated matches.
    trial : CanaryTrial
    members : mapping
        Source id to the row of each of the batch's people in its list (uint32[people], 0xFFFFFFFF
        for none), for the sources in ``lists``.
    hosts : mapping
        The sources that can be there without their list showing it: those without a list (0), and
        those whose list holds nobody notable of the batch, with the log of how likely that is if
        they contributed all the same (a sketch, a purged or stale list).
    versions : mapping
        Source id to what the cells say of its own copy, for sources in ``lists`` whose list has
        cells to compare.
    lenders : mapping
        Source id to the batches whose people stand in for the list that it did not give, see
        :mod:`leaktrace.attribution.surrogates`.
    """

    batch: Batch
    people: int
    real: int
    made_up: MadeUp
    overlaps: Mapping[str, int]
    seen: Mapping[str, int]
    lists: tuple[str, ...]
    table: PatternTable
    parts: Floats
    rest: Floats
    grid: CutGrid
    dates: Mapping[str, Floats]
    trial: CanaryTrial
    hosts: Mapping[str, float]
    members: Mapping[str, npt.NDArray[np.uint32]]
    versions: Mapping[str, VersionEvidence] = field(default_factory=dict)
    lenders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def observe(
    batch: Batch,
    held: HeldList,
    references: ReferenceSet,
    sources: Mapping[str, Source],
    canaries: Sequence[Canary],
    populations: Mapping[str, float],
    real_look: RealLists,
    coverage: Mapping[str, Coverage],
    settings: Settings,
    surrogates: frozenset[str] = frozenset(),
) -> Observation:
    """Look at one batch against every reference list and canary.

    ``surrogates`` are the sources whose list is none of theirs: how often their people are in the
    batch is not measured on it.
    """
    matches = {one: match_people(held, references.held[one]) for one in references.ids}
    made_up = (
        all_real(len(held.people))
        if "made-up" in settings.without
        else made_up_people(held, matches, real_look)
    )
    real = ~made_up.people
    seen = {one: observable(held, references.held[one]) & real for one in references.ids}
    overlaps = {one: int(((matches[one] != NOBODY) & seen[one]).sum()) for one in references.ids}
    watched = {one: int(seen[one].sum()) for one in references.ids}
    lists = screened(overlaps, watched)
    table, parts, rest = _patterns(held, references, lists, matches, seen, settings)
    table = patterns.without_nowhere(table, made_up.hidden / max(1, int(real.sum())))
    count = max(1, round(int(real.sum()) - made_up.hidden)) if real.any() else 0
    grid = cut_grid(batch.seen_at.earliest, settings)
    rows = settings.rows_that_count(count)
    dates = {one: _dates(references.held[one], matches[one][real], grid, rows) for one in lists}
    rates = {
        one: _rates(references, one, held, matches[one][real])
        for one in lists
        if one not in surrogates
    }
    hosts = {
        one: 0.0
        if one not in references.held
        else unlisted(overlaps[one], watched[one], coverage[one], settings)
        for one in sorted(sources)
        if one not in lists
    }
    trial = trial_of(held, canaries, sources, rates, populations, made_up, count, settings)
    return Observation(
        batch, len(held.people), count, made_up, overlaps, watched, lists,
        table, parts, rest, grid, dates, trial, hosts, {one: matches[one] for one in lists},
    )  # fmt: skip


def unlisted(found: int, seen: int, coverage: Coverage, settings: Settings) -> float:
    """Log of how much less likely so few of a source's people in its own list are, if it made up
    the batch, than if it did not: the list is as complete as told (with that probability), or it
    lacks more, nobody knows how much."""
    rows = settings.rows_that_count(seen) if seen else 0.0
    hits = rows * found / max(1, seen)
    rate = min(max(hits / rows if rows else 0.5, 1e-3), 1 - 1e-3)
    own = min(max(coverage.mean, 1e-3), 1 - 1e-3)
    fits = hits * np.log(own / rate) + (rows - hits) * np.log((1 - own) / (1 - rate))
    lacks = -np.log((rows + 1) * coverage.mean)
    doubt = settings.coverage_doubt
    return float(min(0.0, np.logaddexp(np.log1p(-doubt) + fits, np.log(doubt) + min(0.0, lacks))))


def screened(overlaps: Mapping[str, int], seen: Mapping[str, int]) -> tuple[str, ...]:
    """The lists worth a place in the patterns: at least five people and 0.5%, the fullest first."""
    share = {one: overlaps[one] / max(1, seen[one]) for one in overlaps}
    notable = [one for one in overlaps if share[one] >= 0.005 and overlaps[one] >= 3]
    ranked = sorted(notable, key=lambda one: (-share[one], one))
    return tuple(ranked[:_MOST_LISTS])


def _patterns(
    held: HeldList,
    references: ReferenceSet,
    lists: tuple[str, ...],
    matches: Mapping[str, npt.NDArray[np.uint32]],
    seen: Mapping[str, npt.NDArray[np.bool_]],
    settings: Settings,
) -> tuple[PatternTable, Floats, Floats]:
    real_rows = np.zeros(len(held.people), dtype=bool)
    for one in references.ids:
        real_rows |= seen[one]
    if not lists:
        empty = patterns.table_of(
            np.zeros((len(held.people), 0), dtype=bool), np.zeros((len(held.people), 0), dtype=bool)
        )
        return empty, np.zeros((0, len(empty.counts))), np.ones(len(empty.counts))
    inside = np.column_stack([matches[one] != NOBODY for one in lists])[real_rows]
    visible = np.column_stack([seen[one] for one in lists])[real_rows]
    table = patterns.table_of(inside, visible)
    parts = np.vstack(
        [
            patterns.component(
                table, _members(held, references, one, lists, matches), settings.misfit
            )
            for one in lists
        ]
    )
    return table, parts, patterns.nowhere(table, settings.misfit)


def _members(
    held: HeldList,
    references: ReferenceSet,
    source: str,
    lists: tuple[str, ...],
    matches: Mapping[str, npt.NDArray[np.uint32]],
) -> PatternTable:
    """Patterns of ``source``'s own people, weighted to look like those of them in the batch."""
    visible = np.column_stack([references.seen(source, one) for one in lists])
    inside = np.column_stack([references.inside(source, one) for one in lists])
    complete = visible.all(axis=1)
    taken = matches[source][matches[source] != NOBODY]
    weights = _alike(references, source, np.unique(taken))
    if complete.sum() < 50:
        return patterns.table_of(inside, np.ones_like(visible), weights)
    return patterns.table_of(inside[complete], visible[complete], weights[complete])


def _alike(references: ReferenceSet, source: str, taken: npt.NDArray[np.uint32]) -> Floats:
    """Weights for ``source``'s sampled people, so that carrier, region and date of registration
    are distributed as among its people in the batch: a list filtered to one town overlaps that
    town's other lists more than the whole source does."""
    sample = references.sample(source).people
    people = references.held[source].people
    weights = np.ones(len(sample))
    if len(taken) < 20 or len(sample) < 50:
        return weights
    keys = (
        (sample.carrier.astype(np.int64), people.carrier[taken].astype(np.int64)),
        (sample.region.astype(np.int64), people.region[taken].astype(np.int64)),
        _date_bins(sample.registered, people.registered[taken]),
    )
    for own, batch in keys:
        weights = weights * _ratio(own, batch)
    return np.asarray(weights / max(weights.mean(), 1e-9))


def _date_bins(
    own: npt.NDArray[np.int32], batch: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    dated = own[own != NO_DAY]
    if len(dated) < 50:
        return np.zeros(len(own), dtype=np.int64), np.zeros(len(batch), dtype=np.int64)
    edges = np.quantile(dated, np.linspace(0, 1, 9)[1:-1])
    return np.digitize(own, edges).astype(np.int64), np.digitize(batch, edges).astype(np.int64)


def _ratio(own: npt.NDArray[np.int64], batch: npt.NDArray[np.int64]) -> Floats:
    values, where = np.unique(own, return_inverse=True)
    share = np.bincount(where) / len(own)
    place = np.searchsorted(values, batch).clip(0, len(values) - 1)
    known = values[place] == batch
    counts = np.bincount(place[known], minlength=len(values)).astype(np.float64)
    wanted = (counts + _STRATUM_PRIOR * share) / (counts.sum() + _STRATUM_PRIOR)
    return np.asarray((wanted / share)[where].clip(0.0, 50.0))


def _dates(held: HeldList, matched: npt.NDArray[np.uint32], grid: CutGrid, rows: float) -> Floats:
    found = matched[matched != NOBODY]
    registered = held.people.registered
    return dates_log_likelihood(registered[found], registered, grid, rows)


def _rates(
    references: ReferenceSet, source: str, batch: HeldList, matched: npt.NDArray[np.uint32]
) -> ListRates:
    """The rates of ``source``'s people in the batch, among those who could be found there at all:
    an ID number in a sketch cannot be found in a list of mobiles."""
    held = references.held[source]
    taken = np.zeros(len(held.people), dtype=bool)
    taken[matched[matched != NOBODY]] = True
    order, dated = references.by_day(source)
    shared = [kind for kind in sorted(held.index) if kind in batch.index]
    if len(shared) < len(held.index):
        findable = np.zeros(len(held.people), dtype=bool)
        for kind in shared:
            findable[held.index[kind].people] = True
        order = order[findable[order]]
    return ListRates(held, taken, order, dated)
