"""What every look at a list of a case needs, so that a list can be looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.coverage import Coverage
from leaktrace.attribution.madeup import RealLists
from leaktrace.attribution.matching import Between, Members
from leaktrace.attribution.observation import Observation, observe
from leaktrace.attribution.roster import Roster
from leaktrace.attribution.samples import ReferenceSet
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.spent import Spent
from leaktrace.attribution.surrogates import Surrogate
from leaktrace.attribution.versions.case_versions import CaseVersions
from leaktrace.case.records import Batch, Source
from leaktrace.fingerprint.held import HeldList


@dataclass(frozen=True, slots=True)
class Lent:
    """The reference lists of a case with surrogates beside them.

    Attributes
    ----------
    references : ReferenceSet
    coverage : mapping
        By source.
    surrogates : mapping
        By source: those that have no list of their own.
    """

    references: ReferenceSet
    coverage: Mapping[str, Coverage]
    surrogates: Mapping[str, Surrogate]


@dataclass(frozen=True, slots=True)
class Observer:
    """Looks at lists as they stand to the references and canaries of one case.

    Attributes
    ----------
    references : ReferenceSet
    sources : mapping
        By id.
    roster : Roster
        The canaries: distinct ones, none burnt.
    populations : mapping
        Source id to its number of people, as far as it is known.
    look : RealLists
        What real numbers look like.
    coverage : mapping
        By source, for those with a list.
    settings : Settings
    versions : CaseVersions
    members : mapping
        By batch and source, who of the batch is in the references of whom anybody is.
    between : Between
        Who of one batch is who of another.
    spent : Spent
        The canaries that prove nothing from some time on.
    """

    references: ReferenceSet
    sources: Mapping[str, Source]
    roster: Roster
    populations: Mapping[str, float]
    look: RealLists
    coverage: Mapping[str, Coverage]
    settings: Settings
    versions: CaseVersions
    members: Mapping[str, Mapping[str, Members]]
    between: Between
    spent: Spent = field(default_factory=Spent)

    def look_at(
        self,
        batch: Batch,
        held: HeldList,
        lent: Lent | None = None,
        rows: npt.NDArray[np.int64] | None = None,
    ) -> Observation:
        """``held``, the list of ``batch`` or a part of it, with ``lent`` surrogates if any.

        ``rows`` are the people of the list who are in the part, ascending; None: everybody.
        """
        surrogates: Mapping[str, Surrogate] = lent.surrogates if lent else {}
        seen = observe(
            batch,
            held,
            lent.references if lent else self.references,
            self.sources,
            self.roster,
            self._populations(surrogates),
            self.look,
            lent.coverage if lent else self.coverage,
            self.settings,
            self._members(batch.id, surrogates, rows),
            frozenset(surrogates),
        )
        return replace(
            seen,
            trial=self.spent.left(seen.trial, batch.seen_at),
            lenders={one: surrogates[one].batches for one in sorted(surrogates)},
        )

    def _populations(self, surrogates: Mapping[str, Surrogate]) -> Mapping[str, float]:
        """Those that nobody told are what the surrogates say."""
        untold = [one for one in surrogates if not self.sources[one].population]
        return {**self.populations, **{one: surrogates[one].population for one in untold}}

    def _members(
        self,
        batch: str,
        surrogates: Mapping[str, Surrogate],
        rows: npt.NDArray[np.int64] | None,
    ) -> dict[str, Members]:
        found = dict(self.members.get(batch, {}))
        found.update((one, surrogates[one].members_of(batch)) for one in sorted(surrogates))
        if rows is not None:
            found = {one: inside.among(rows) for one, inside in found.items()}
        return {one: inside for one, inside in found.items() if len(inside.rows)}

    def look_whole(self, batch: Batch, held: HeldList, lent: Lent | None = None) -> Observation:
        """The whole list of ``batch``, its cells too."""
        seen = self.look_at(batch, held, lent)
        real = ~seen.made_up.people
        return replace(seen, versions=self.versions.of_batch(batch.id, held, seen.members, real))

    def with_surrogates(self, surrogates: Mapping[str, Surrogate]) -> Lent:
        """The references with ``surrogates`` beside them."""
        held = {one: surrogates[one].held for one in surrogates}
        coverage = {one: surrogates[one].coverage for one in surrogates}
        return Lent(self.references.joined_by(held), {**self.coverage, **coverage}, surrogates)
