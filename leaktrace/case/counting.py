"""Distinct people and identifiers of batches, beside the tiers of 法释〔2017〕10号."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leaktrace.case.case import Case
from leaktrace.case.peopletally import PeopleCount, PeopleTally
from leaktrace.case.records import Batch
from leaktrace.case.thresholds import Measure, measures
from leaktrace.case.tiering import TierChoice, TieredColumn, tiered_columns
from leaktrace.engines.together import link_lists
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _


@dataclass(frozen=True, slots=True)
class BatchCount:
    """One batch and its people, who are who they are in that list: what other lists show of them
    tells in the count over all batches alone."""

    batch: Batch
    counted: PeopleCount


@dataclass(frozen=True, slots=True)
class BuyerCount:
    """The batches that one buyer was given, and their people."""

    buyer: str = field(repr=False)
    batches: tuple[str, ...]
    counted: PeopleCount


@dataclass(frozen=True, slots=True)
class Counting:
    """What was counted.

    Attributes
    ----------
    batches : tuple of BatchCount
    together : PeopleCount
        Over all batches, duplicates removed.
    buyers : tuple of BuyerCount
        Empty where no batch was said to have gone to anybody.
    unsold : PeopleCount or None
        Those of batches without a buyer whom no buyer was given.
    pieces : mapping of tier to int
        Article 11: everyone once, but once for each buyer. Unassigned people in the lowest tier.
    columns : tuple of TieredColumn
        What the user put into tiers.
    measures : tuple of Measure
    in_duty : bool
    unclear : tuple of str
        Batches stored before filled cells were: there, cells with an identifier count as empty.
    """

    batches: tuple[BatchCount, ...]
    together: PeopleCount
    buyers: tuple[BuyerCount, ...]
    unsold: PeopleCount | None
    pieces: Mapping[int, int]
    columns: tuple[TieredColumn, ...]
    measures: tuple[Measure, ...]
    in_duty: bool = False
    unclear: tuple[str, ...] = ()


def count_batches(
    case: Case,
    batches: Sequence[str] = (),
    *,
    tiers: Sequence[TierChoice] = (),
    buyers: Mapping[str, str] | None = None,
    in_duty: bool = False,
    proceeds: float | None = None,
) -> Counting:
    """Count the people of ``batches`` (all where none is named).

    Parameters
    ----------
    case : Case
    batches : sequence of str
    tiers : sequence of TierChoice
        Without any, everyone is unassigned and stands in the lowest tier.
    buyers : mapping of batch to str, optional
        To whom a batch was sold or given.
    in_duty, proceeds
        See :func:`~leaktrace.case.thresholds.measures`.

    Raises
    ------
    LeaktraceError
        ``unknown-batch``, or ``no-batches`` where the case has none.
    UsageError
        If a choice of tier means no column.
    """
    chosen = _chosen(case, [*batches, *(buyers or {})] if batches else ())
    reports = {batch.id: case.list_facts(batch.id) for batch in chosen}
    columns = tiered_columns(reports, tiers)
    folders = [case.list_folder(batch.id) for batch in chosen]
    together = link_lists(folders)
    tally = PeopleTally(together)
    counted, unclear = [], []
    for number, batch in enumerate(chosen):
        mine = [column for column in columns if column.batch == batch.id]
        known = tally.add(number, folders[number], mine)
        one = tally.counted([0]) if len(chosen) == 1 else _alone(folders[number], mine)
        counted.append(BatchCount(batch, one))
        if mine and not known:
            unclear.append(batch.id)
    numbers = {batch.id: number for number, batch in enumerate(chosen)}
    sold = _by_buyer(buyers or {}, numbers)
    unsold = sorted(set(numbers.values()) - {one for given in sold.values() for one in given})
    pieces, rest = tally.pieces(list(sold.values()), unsold)
    return Counting(
        batches=tuple(counted),
        together=tally.counted(range(len(chosen))),
        buyers=tuple(
            BuyerCount(buyer, tuple(chosen[i].id for i in given), tally.counted(given))
            for buyer, given in sold.items()
        ),
        unsold=rest if sold else None,
        pieces=pieces,
        columns=columns,
        measures=measures(pieces, in_duty=in_duty, proceeds=proceeds),
        in_duty=in_duty,
        unclear=tuple(unclear),
    )


def _alone(folder: Path, columns: Sequence[TieredColumn]) -> PeopleCount:
    """The people of one list by itself."""
    tally = PeopleTally(link_lists([folder]))
    tally.add(0, folder, columns)
    return tally.counted([0])


def _chosen(case: Case, batches: Sequence[str]) -> list[Batch]:
    known = {batch.id: batch for batch in case.batches()}
    for name in batches:
        if name not in known:
            raise LeaktraceError(
                _("there is no batch {batch} in this case").format(batch=name), code="unknown-batch"
            )
    if not known:
        raise LeaktraceError(
            _("there is no batch in this case yet; take one in with: leaktrace ingest FILE"),
            code="no-batches",
        )
    return [batch for name, batch in known.items() if not batches or name in batches]


def _by_buyer(buyers: Mapping[str, str], numbers: Mapping[str, int]) -> dict[str, list[int]]:
    sold: dict[str, list[int]] = {}
    for batch, buyer in sorted(buyers.items(), key=lambda item: (item[1], item[0])):
        if batch not in numbers:
            raise LeaktraceError(
                _("there is no batch {batch} in this case").format(batch=batch),
                code="unknown-batch",
            )
        sold.setdefault(buyer, []).append(numbers[batch])
    return {buyer: sorted(given) for buyer, given in sold.items()}
