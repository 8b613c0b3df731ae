"""The fingerprints of a case's lists, and what batches share of them."""

from __future__ import annotations

from dataclasses import dataclass

from leaktrace.case.case import Case
from leaktrace.case.records import Batch
from leaktrace.errors import LeaktraceError
from leaktrace.intake.profile import Feature, ListProfile, profile_of, same_maker
from leaktrace.intake.profile.maker import USUAL
from leaktrace.messages import _


@dataclass(frozen=True, slots=True)
class SharedFeature:
    """A telling feature of a batch, and the other batches that show it too; ``of`` is how many
    others show any such feature, alike or not."""

    feature: Feature
    batches: tuple[str, ...]
    of: int


def the_batch(case: Case, batch_id: str) -> Batch:
    """One batch of a case.

    Raises
    ------
    LeaktraceError
        ``unknown-batch``
    """
    for batch in case.batches():
        if batch.id == batch_id:
            return batch
    raise LeaktraceError(
        _("there is no batch {batch} in this case").format(batch=batch_id), code="unknown-batch"
    )


def batch_profile(case: Case, batch: Batch) -> ListProfile:
    """The fingerprint of a batch's list, as a list: not that of its people."""
    return profile_of(
        case.list_facts(batch.id),
        people=batch.people,
        identified_rows=batch.identified_rows,
        duplicate_rows=batch.duplicate_rows,
    )


def shared_features(case: Case, batch_id: str) -> tuple[SharedFeature, ...]:
    """What a batch shares with others of the case that strangers' lists seldom share.

    Evidence of one maker or of lineage, and no more: whoever resells a list hands its form on, and
    whoever uses the same program or template writes the same form.
    """
    own = batch_profile(case, the_batch(case, batch_id))
    met: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    shown: dict[str, int] = {}
    for other in case.batches():
        if other.id == batch_id:
            continue
        for feature in same_maker(own, batch_profile(case, other)):
            shown[feature.code] = shown.get(feature.code, 0) + 1
            if feature.agrees and feature.rarity != USUAL:
                met.setdefault((feature.code, feature.rarity, feature.shared), []).append(other.id)
    return tuple(
        SharedFeature(Feature(code, True, rarity, shared), tuple(batches), shown[code])
        for (code, rarity, shared), batches in met.items()
    )
