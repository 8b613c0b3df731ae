"""The model of a whole case: what is known beforehand, and the batches as observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from leaktrace.attribution.assumed import check_settings
from leaktrace.attribution.calibration import shipped_validation
from leaktrace.attribution.claims import Claim, claims_of, premises_under
from leaktrace.attribution.coverage import coverages, populations
from leaktrace.attribution.headcounts import counted, recounted
from leaktrace.attribution.heard import calls_of, factors_of, premises_heard
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.madeup import real_lists
from leaktrace.attribution.matching import Between, Crowd, Members
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.observer import Lent, Observer
from leaktrace.attribution.roster import Finder, Roster
from leaktrace.attribution.samples import ReferenceSet, law_of_overlaps
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.spent import Spent
from leaktrace.attribution.versions.case_versions import CaseVersions
from leaktrace.attribution.view import CaseView
from leaktrace.calls.leaking import SourceCalls
from leaktrace.case.records import Canary, Source
from leaktrace.fingerprint.held import HeldList
from leaktrace.identifiers.kinds import KIND
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress


@dataclass(frozen=True, slots=True)
class CaseModel:
    """A case, observed.

    Attributes
    ----------
    sources : mapping
        By id.
    premises : Premises
    references : ReferenceSet
    hosts : tuple of str
        The sources without a reference list.
    observations : tuple of Observation
        By batch, in order.
    burnt : frozenset of str
        Canaries seen before they were planted: they prove nothing.
    silent_finds : mapping
        For each batch the canaries found in it that speak for no source, see
        :func:`telling_nothing`.
    observer : Observer
        To look at a list again.
    claims : mapping
        For each batch what is said of it that fits a source, by source.
    lent : mapping
        For each batch that has any, the surrogates beside the references.
    leaked : mapping
        For each source its canaries that were found in any batch, and in which.
    """

    sources: Mapping[str, Source]
    premises: Premises
    references: ReferenceSet
    hosts: tuple[str, ...]
    observations: tuple[Observation, ...]
    burnt: frozenset[str]
    silent_finds: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]
    observer: Observer
    claims: Mapping[str, Mapping[str, Claim]] = field(default_factory=dict)
    lent: Mapping[str, Lent] = field(default_factory=dict)
    leaked: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    heard: Mapping[str, SourceCalls] = field(default_factory=dict)
    by_calls: Mapping[str, float] = field(default_factory=dict)

    def premises_of(
        self, seen: Observation, *, claims: bool = True, pooled: bool = True, calls: bool = True
    ) -> Premises:
        """The premises for one batch: its surrogates, what leaked canaries say of the lists (its
        own and, where ``pooled``, those of other batches), and in the priors what its seller said
        and whose canaries are rung."""
        premises, lent = self.premises, self.lent.get(seen.batch.id)
        if lent is not None:
            overlap = lent.references.overlap
            premises = replace(premises, coverage=lent.coverage, overlap=overlap)
        leaked = {
            one: premises.coverage[one]
            .by(seen.batch.seen_at.day)
            .among_leaked(self._leaked(one, seen, pooled=pooled))
            for one in seen.lists
        }
        premises = replace(premises, coverage={**premises.coverage, **leaked})
        premises = premises_under(premises, self.claims.get(seen.batch.id, {}) if claims else {})
        return premises_heard(premises, self.by_calls if calls else {})

    def _leaked(self, source: str, seen: Observation, *, pooled: bool) -> set[str]:
        """The canaries of ``source`` that were found here or, where ``pooled``, in any batch."""
        found = self.leaked.get(source, {}).items() if pooled else ()
        elsewhere = {canary for canary, batches in found if batches - {seen.batch.id}}
        return elsewhere.union(seen.trial.hits_of(source))


def leaked_canaries(
    observations: Sequence[Observation],
) -> dict[str, dict[str, frozenset[str]]]:
    """For each source its canaries that were found in any batch, and in which."""
    found: dict[str, dict[str, set[str]]] = {}
    for seen in observations:
        for source in seen.trial.hit_counts():
            for canary in seen.trial.hits_of(source):
                found.setdefault(source, {}).setdefault(canary, set()).add(seen.batch.id)
    return {
        source: {canary: frozenset(batches) for canary, batches in sorted(canaries.items())}
        for source, canaries in sorted(found.items())
    }


def model_of(
    case: CaseView, settings: Settings | None = None, progress: Progress = SILENT
) -> CaseModel:
    """Observe every batch of ``case`` under ``settings`` (the shipped ones by default).

    Raises
    ------
    UsageError
        If the settings speak of a source that the case does not have, or of an unknown kind.
    """
    settings = settings or shipped_settings()
    sources = {one.id: one for one in case.sources()}
    check_settings(settings, sources)
    held = {one.source: case.held_reference(one.source) for one in case.references()}
    references = ReferenceSet({one: held[one] for one in held if one in sources})
    batches = case.batches()
    lists = [case.held_batch(batch.id) for batch in batches]
    crowd = Crowd([*lists, *(references.sample(one) for one in references.ids)])
    members = meet(crowd, references, [batch.id for batch in batches])
    between = Between(dict(zip((batch.id for batch in batches), lists, strict=True)), crowd)
    burnt, spent = burnt_canaries(case, references), Spent.of(case)
    canaries = distinct_canaries([one for one in case.canaries() if one.id not in burnt])
    today = max((batch.seen_at.day for batch in batches), default=0)
    coverage = coverages(sources, references, canaries, settings, today)
    known = populations(sources, references, coverage)
    premises = Premises(
        settings,
        len(sources),
        coverage,
        law_of_overlaps(references, settings.overlap_reach),
        {one: settings.twin_odds_of(one, sources[one].kind, len(sources)) for one in sources},
        {one: settings.prior_of(one, len(sources)) for one in sources},
        references.overlap,
        {one: sources[one].population or 0 for one in sources if sources[one].population},
    )
    heard = calls_of(case, settings)
    look = real_lists(
        [references.held[one] for one in references.ids],
        [] if references.ids else lists,
    )
    versions = CaseVersions.of_case(case, references, coverage, settings.intraclass)
    observer = Observer(
        references, sources, Roster.of(canaries, sources), known, look, coverage, settings,
        versions, members, between, spent,
    )  # fmt: skip
    progress.begin(_("Comparing the lists"), len(batches))
    observations = []
    for batch, held_list in zip(batches, lists, strict=True):
        observations.append(observer.look_whole(batch, held_list))
        progress.advance()
    progress.end()
    hosts = tuple(sorted(one for one in sources if one not in references.held))
    untold = [one for one in hosts if not sources[one].population]
    people = counted(observations, untold, premises.told, premises.prior)
    if people:
        observer = replace(observer, populations={**known, **people})
        observations = [recounted(seen, people) for seen in observations]
    return CaseModel(
        sources,
        premises,
        references,
        hosts,
        tuple(observations),
        burnt,
        telling_nothing(case, burnt, spent),
        observer,
        {
            batch.id: claims_of(batch, held_list, sources, settings)
            for batch, held_list in zip(batches, lists, strict=True)
        },
        leaked=leaked_canaries(observations),
        heard=heard,
        by_calls=factors_of(heard, settings),
    )


def meet(
    crowd: Crowd, references: ReferenceSet, batches: Sequence[str]
) -> dict[str, dict[str, Members]]:
    """For each of ``batches`` who of it is in each reference, for those of whom anybody is.

    ``crowd`` is of their lists, then of the samples of the references: each reference is read once,
    and ``references`` then knows its overlaps with the others too.
    """
    found: dict[str, dict[str, Members]] = {batch: {} for batch in batches}
    for one in references.ids:
        matched = crowd.against(references.held[one])
        references.know(one, matched, references.ids, len(batches))
        for place in matched.inside().tolist():
            if place < len(batches):
                found[batches[place]][one] = matched.of(place)
    return found


def shipped_settings() -> Settings:
    """The settings of this version, with what its validation allows."""
    validation = shipped_validation()
    return Settings(temperature=1.0, log10_lr_cap=validation.log10_lr_cap)


def distinct_canaries(canaries: Sequence[Canary]) -> list[Canary]:
    """Canaries that share a full identifier are one person, and one piece of evidence: the first
    id stands for all, with the plantings of all."""
    owner: dict[tuple[str, int], int] = {}
    found: list[Canary] = []
    for canary in canaries:
        keys = [
            (kind, token)
            for kind, tokens in sorted(canary.tokens.items())
            if KIND[kind].full
            for token in tokens
        ]
        place = next((owner[key] for key in keys if key in owner), len(found))
        if place == len(found):
            found.append(canary)
        else:
            plantings = (*found[place].plantings, *canary.plantings)
            found[place] = replace(found[place], plantings=plantings)
        for key in keys:
            owner.setdefault(key, place)
    return found


def telling_nothing(
    case: CaseView, burnt: frozenset[str], spent: Spent
) -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
    """For each batch the finds that speak for no source: ``canary.control`` (planted nowhere) and
    ``canary.burnt`` (found in some list before it was planted, or marked as burnt before the batch
    was seen), with the canaries' ids."""
    canaries = case.canaries()
    controls = [one for one in canaries if all(p.source is None for p in one.plantings)]
    known = [one for one in canaries if one.id in burnt or one.id in spent.burnt]
    control, dead = Finder.of(controls), Finder.of(known)
    found = {}
    for batch in case.batches():
        held = case.held_batch(batch.id)
        ids = tuple(
            one
            for one in _surely(dead, held)
            if one in burnt or spent.by(batch.seen_at, one, named=True)
        )
        pieces = [("canary.control", _surely(control, held)), ("canary.burnt", ids)]
        found[batch.id] = [(code, ids) for code, ids in pieces if ids]
    return found


def burnt_canaries(case: CaseView, references: ReferenceSet) -> frozenset[str]:
    """Canaries found in a batch seen before they were planted anywhere (the planting read as
    early as its date allows, so that a shared day burns none)."""
    planted = {
        one.id: min(planting.planted_at.earliest for planting in one.plantings)
        for one in case.canaries()
        if one.plantings and any(planting.source for planting in one.plantings)
    }
    finder = Finder.of([one for one in case.canaries() if one.id in planted])
    last = max(planted.values(), default=-np.inf)
    burnt: set[str] = set()
    for batch in case.batches():
        if last > batch.seen_at.latest:
            there = _surely(finder, case.held_batch(batch.id))
            burnt.update(one for one in there if planted[one] > batch.seen_at.latest)
    return frozenset(burnt)


def _surely(finder: Finder, held: HeldList) -> tuple[str, ...]:
    """The canaries that are in a list, and not by chance."""
    found = finder.sightings(held)
    return tuple(finder.canaries[place].id for place, seen in found if seen.chance < 0.01)
