"""The cells of a whole case: what its references show, and what they say of each batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.samples import ReferenceSet
from leaktrace.attribution.versions.compared import versions_of
from leaktrace.attribution.versions.holders import HolderCells, laws_of
from leaktrace.attribution.versions.laws import HolderLaws
from leaktrace.attribution.versions.ratio import VersionEvidence
from leaktrace.attribution.view import CaseView
from leaktrace.fingerprint.held import HeldList, UInt32
from leaktrace.fingerprint.lookup import full_people


class Covered(Protocol):
    """How much of a source's people its list holds."""

    @property
    def mean(self) -> float:
        """The part."""


@dataclass(frozen=True, slots=True)
class CaseVersions:
    """The versions that a case's references hold of their people.

    Attributes
    ----------
    case : CaseView
    holders : HolderCells
    laws : HolderLaws
    coverage : mapping
        Source id to the part of its people who are in its list.
    intraclass : float
        Correlation of the rows of one batch.
    """

    case: CaseView
    holders: HolderCells
    laws: HolderLaws
    coverage: Mapping[str, float]
    intraclass: float

    @classmethod
    def of_case(
        cls,
        case: CaseView,
        references: ReferenceSet,
        coverage: Mapping[str, Covered],
        intraclass: float,
    ) -> CaseVersions:
        """Look at the cells of every reference and at how the holders agree."""
        held = {one: case.cells_reference(one) for one in references.ids}
        holders = HolderCells(
            references, {one: cells for one, cells in held.items() if cells is not None}
        )
        parts = {one: coverage[one].mean for one in coverage}
        return cls(case, holders, laws_of(holders), parts, intraclass)

    def of_batch(
        self,
        batch: str,
        held: HeldList,
        members: Mapping[str, UInt32],
        real: npt.NDArray[np.bool_],
    ) -> dict[str, VersionEvidence]:
        """What the cells of a batch say of each source; see
        :func:`leaktrace.attribution.versions.compared.versions_of`."""
        if not self.holders.held:
            return {}
        return versions_of(
            self.case.cells_batch(batch), members, real, self.coverage, self.holders, self.laws,
            self.intraclass, names=bool(full_people(held).any()),
        )  # fmt: skip
