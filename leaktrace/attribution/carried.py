"""What another process needs to know of a case to weigh and explain its batches: the lists
themselves stay behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.coverage import Coverage
from leaktrace.attribution.inference import points_of
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.observer import Lent, Observer
from leaktrace.attribution.points import Points
from leaktrace.attribution.samples import Overlaps, ReferenceSet
from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable

Days = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CarriedList:
    """A reference list without its people: how many there are, and when they registered (None: of
    nobody is it known)."""

    people: int
    registered: Days | None
    scaled: int
    size: int
    distinct: Mapping[str, int]

    @classmethod
    def of(cls, held: HeldList, *, days: bool) -> CarriedList:
        """Leave the people of ``held`` behind."""
        registered = held.people.registered
        known = np.asarray(registered) if days and bool((registered != NO_DAY).any()) else None
        return cls(len(held.people), known, held.scaled, held.size, held.distinct)

    def held(self) -> HeldList:
        """A list as far as it was carried: nobody in it has an identifier."""

        def alike(value: int | bool, kind: type[np.generic]) -> npt.NDArray[np.generic]:
            return np.broadcast_to(np.array([value], dtype=kind), self.people)

        days = alike(NO_DAY, np.int32) if self.registered is None else self.registered
        table = PeopleTable(
            cast("npt.NDArray[np.uint64]", alike(0, np.uint64)),
            cast(Days, days),
            cast("npt.NDArray[np.uint8]", alike(0, np.uint8)),
            cast("npt.NDArray[np.uint16]", alike(0, np.uint16)),
            cast("npt.NDArray[np.bool_]", alike(False, np.bool_)),
            cast("npt.NDArray[np.bool_]", alike(False, np.bool_)),
        )
        return HeldList(table, {}, self.scaled, self.size, self.distinct)


@dataclass(frozen=True, slots=True)
class Carried:
    """A case model in small.

    Attributes
    ----------
    model : CaseModel
        Without lists, observations and observer.
    lists : mapping
        The reference lists by source.
    lent : mapping
        For each batch with surrogates the coverages, and how the lists overlap each other.
    """

    model: CaseModel
    lists: Mapping[str, CarriedList]
    lent: Mapping[str, tuple[Mapping[str, Coverage], Overlaps]]

    @classmethod
    def of(cls, model: CaseModel, seen: Sequence[Observation], *, days: bool) -> Carried:
        """What is needed for the batches ``seen``; the days of registration only if ``days``."""
        groups = [one.lists for one in seen if one.batch.id not in model.lent]
        overlap = Overlaps.among(groups, model.references.overlap)
        bare = replace(
            model,
            premises=replace(model.premises, overlap=overlap),
            references=ReferenceSet({}),
            observations=(),
            observer=_NOBODY,
            lent={},
        )
        lent = {}
        for one in seen:
            given = model.lent.get(one.batch.id)
            if given is not None:
                own = Overlaps.among([one.lists], given.references.overlap)
                lent[one.batch.id] = given.coverage, own
        held = model.references.held
        lists = {one: CarriedList.of(held[one], days=days) for one in model.references.ids}
        return cls(bare, lists, lent)

    def unpacked(self) -> CaseModel:
        """A model that weighs and explains those batches as the whole one does."""
        lent = {
            batch: Lent(ReferenceSet({}, _overlaps=dict(overlaps.known)), coverage, {})
            for batch, (coverage, overlaps) in self.lent.items()
        }
        references = ReferenceSet({one: held.held() for one, held in self.lists.items()})
        return replace(self.model, references=references, lent=lent)


# Nobody looks at a list again over there.
_NOBODY = cast(Observer, None)


@dataclass(frozen=True)
class Weigh:
    """Weighs the hypotheses of one batch after the other, here or in another process.

    Attributes
    ----------
    model : CaseModel
    seen : sequence of Observation
        All batches that it may be asked about.
    """

    model: CaseModel
    seen: Sequence[Observation]

    def __call__(self, one: Observation) -> Points:
        """The weighed hypotheses of one of them; none where nobody in it is real."""
        return points_of(one, self.model.premises_of(one)) if one.real else Points.none()

    def __reduce__(self) -> tuple[Callable[[Carried], Weigh], tuple[Carried]]:
        return _weigh, (Carried.of(self.model, self.seen, days=False),)


def _weigh(carried: Carried) -> Weigh:
    return Weigh(carried.unpacked(), ())
