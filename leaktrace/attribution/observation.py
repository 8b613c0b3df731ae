"""What one batch shows: who is made up, who is in which list, which canaries are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from leaktrace.attribution import patterns
from leaktrace.attribution.calibration import CANARIES, CELLS, LENT, LIST, NEITHER
from leaktrace.attribution.canaries import CanaryTrial
from leaktrace.attribution.coverage import Coverage
from leaktrace.attribution.cutting import CutGrid, cut_grid, dates_log_likelihood
from leaktrace.attribution.listpatterns import patterns_among
from leaktrace.attribution.madeup import MadeUp, RealLists, all_real, made_up_people
from leaktrace.attribution.matching import Members
from leaktrace.attribution.patterns import PatternTable
from leaktrace.attribution.rates import ListRates
from leaktrace.attribution.roster import Roster
from leaktrace.attribution.samples import Kinds, ReferenceSet
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.trials import trial_of
from leaktrace.attribution.versions.ratio import VersionEvidence
from leaktrace.case.records import Batch, Source
from leaktrace.fingerprint.held import HeldList, UInt32
from leaktrace.fingerprint.lookup import observable

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_MOST_LISTS = 8


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

    def rests_on(self, source: str) -> str:
        """What a statement about ``source`` rests on (one of RESTS_ON)."""
        here = self.trial.plantings_of(source)
        in_time = self.trial.moments[here] <= self.grid.cut[0]
        if bool((in_time & self.trial.hit[self.trial.row[here]]).any()):
            return CANARIES
        if source in self.versions:
            return CELLS
        if source in self.lists:
            return LENT if source in self.lenders else LIST
        return NEITHER


def observe(
    batch: Batch,
    held: HeldList,
    references: ReferenceSet,
    sources: Mapping[str, Source],
    roster: Roster,
    populations: Mapping[str, float],
    real_look: RealLists,
    coverage: Mapping[str, Coverage],
    settings: Settings,
    members: Mapping[str, Members],
    surrogates: frozenset[str] = frozenset(),
) -> Observation:
    """Look at one batch against every reference list and canary.

    ``members`` tells who of it is in each of the references, for those of whom anybody is;
    ``surrogates`` are the sources whose list is none of theirs: how often their people are in the
    batch is not measured on it.
    """
    made_up = (
        all_real(len(held.people))
        if "made-up" in settings.without
        else made_up_people(held, members, real_look)
    )
    real = ~made_up.people
    sight = _Sight.of(held, references, real)
    overlaps = dict.fromkeys(references.ids, 0)
    for one, inside in members.items():
        overlaps[one] = int(np.count_nonzero(sight.seen(one)[inside.rows]))
    lists = screened(overlaps, sight.watched)
    seen = {one: sight.seen(one) for one in lists}
    table, parts, rest = patterns_among(
        references, lists, members, seen, sight.anywhere(len(real)), settings.misfit
    )
    table = patterns.without_nowhere(table, made_up.hidden / max(1, int(real.sum())))
    count = max(1, round(int(real.sum()) - made_up.hidden)) if real.any() else 0
    grid = cut_grid(batch.seen_at.earliest, settings)
    rows = settings.rows_that_count(count)
    people = {one: members[one].people[real[members[one].rows]] for one in lists}
    dates = {one: _dates(references, one, people[one], grid, rows) for one in lists}
    rates = {
        one: _rates(references, one, held, people[one]) for one in lists if one not in surrogates
    }
    trial = trial_of(held, roster, rates, populations, made_up, count, settings)
    purged = [one for one in rates if coverage[one].lacks_leaked(trial.hits_of(one))]
    if purged:
        # How often the people who were left in a purged list are in the batch says nothing of
        # those who were taken out.
        rates = {one: rates[one] for one in rates if one not in purged}
        trial = trial_of(held, roster, rates, populations, made_up, count, settings)
    return Observation(
        batch, len(held.people), count, made_up, overlaps, sight.watched, lists,
        table, parts, rest, grid, dates, trial,
        _hosts(sources, lists, overlaps, sight.watched, coverage, settings, batch.seen_at.day),
        {one: members[one].dense(len(held.people)) for one in lists},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sight:
    """Of which real people of a batch it could be seen whether they are in each reference.

    Attributes
    ----------
    kinds : mapping
        Source to what decides that.
    by_kinds : mapping
        That to bool[people].
    watched : mapping
        Source to how many they are.
    """

    kinds: Mapping[str, Kinds]
    by_kinds: Mapping[Kinds, Bools]
    watched: Mapping[str, int]

    @classmethod
    def of(cls, held: HeldList, references: ReferenceSet, real: Bools) -> _Sight:
        kinds = {one: references.kinds_of(one) for one in references.ids}
        any_of = {kind: one for one, kind in kinds.items()}
        by_kinds = {
            kind: observable(held, references.held[one]) & real for kind, one in any_of.items()
        }
        counts = {kind: int(np.count_nonzero(seen)) for kind, seen in by_kinds.items()}
        return cls(kinds, by_kinds, {one: counts[kind] for one, kind in kinds.items()})

    def seen(self, source: str) -> Bools:
        return self.by_kinds[self.kinds[source]]

    def anywhere(self, people: int) -> Bools:
        nobody = np.zeros(people, dtype=bool)
        return np.asarray(np.logical_or.reduce([nobody, *self.by_kinds.values()]))


def _hosts(
    sources: Mapping[str, Source],
    lists: tuple[str, ...],
    overlaps: Mapping[str, int],
    watched: Mapping[str, int],
    coverage: Mapping[str, Coverage],
    settings: Settings,
    day: float,
) -> dict[str, float]:
    """The sources that can be there without their list showing it, see :class:`Observation`."""
    others = [one for one in sorted(sources) if one not in lists]
    listed = [one for one in others if one in watched]
    means = np.array([coverage[one].mean for one in listed])
    found = np.array([overlaps[one] for one in listed], dtype=np.float64)
    seen = np.array([watched[one] for one in listed], dtype=np.float64)
    ended = np.array([coverage[one].ended(day) for one in listed], dtype=bool)
    costs = dict(zip(listed, unlisted(found, seen, means, ended, settings).tolist(), strict=True))
    return {one: costs.get(one, 0.0) for one in others}


def unlisted(
    found: Floats, seen: Floats, coverage: Floats, ended: Bools, settings: Settings
) -> Floats:
    """Log of how much less likely so few of a source's people in its own list are, if it made up
    the batch, than if it did not: the list is as complete as told (with that probability), or it
    lacks more, nobody knows how much.

    Parameters
    ----------
    found, seen : float64[n]
        The batch's people who are in the list of each source, and those for whom that could be
        seen.
    coverage : float64[n]
        The part of the source's people who are in it.
    ended : bool[n]
        Whether the list ends before the batch was seen: only people who registered since may be in
        the batch.
    settings : Settings
    """
    rows = seen / (1.0 + np.maximum(0.0, seen - 1.0) * settings.intraclass)
    hits = rows * found / np.maximum(1.0, seen)
    rate = np.clip(np.where(rows > 0, hits / np.where(rows > 0, rows, 1.0), 0.5), 1e-3, 1 - 1e-3)
    own = np.clip(coverage, 1e-3, 1 - 1e-3)
    fits = hits * np.log(own / rate) + (rows - hits) * np.log((1 - own) / (1 - rate))
    # What it lacks is anything, or, if it was purged, everyone who is in the batch.
    whole = settings.purged_whole
    lacks = np.log((1 - whole) * np.minimum(1.0, 1.0 / ((rows + 1) * coverage)) + whole)
    doubt = settings.coverage_doubt
    total = np.logaddexp(np.log1p(-doubt) + fits, np.log(doubt) + lacks)
    since = np.log(np.where(ended, settings.registered_since, 1e-12))
    total = np.where(hits < 1.0, np.logaddexp(total, since), total)
    return np.asarray(np.minimum(0.0, total))


def screened(overlaps: Mapping[str, int], seen: Mapping[str, int]) -> tuple[str, ...]:
    """The lists worth a place in the patterns: at least five people and 0.5%, the fullest first."""
    share = {one: overlaps[one] / max(1, seen[one]) for one in overlaps}
    notable = [one for one in overlaps if share[one] >= 0.005 and overlaps[one] >= 3]
    ranked = sorted(notable, key=lambda one: (-share[one], one))
    return tuple(ranked[:_MOST_LISTS])


def _dates(
    references: ReferenceSet, source: str, people: UInt32, grid: CutGrid, rows: float
) -> Floats:
    registered = references.held[source].people.registered
    known = references.by_day(source).known_days()
    return dates_log_likelihood(registered[people], known, grid, rows)


def _rates(references: ReferenceSet, source: str, batch: HeldList, people: UInt32) -> ListRates:
    """The rates of ``source``'s people in the batch, among those who could be found there at all:
    an ID number in a sketch cannot be found in a list of mobiles."""
    held = references.held[source]
    kinds = tuple(kind for kind in sorted(held.index) if kind in batch.index)
    return ListRates.of(references.by_day(source, kinds), people)
