"""A spilled list to people, exact sets and counts; the files of the list store on the way."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from leaktrace.engines.large.indexes import Counts, Indexes
from leaktrace.engines.large.linking import Linking, People
from leaktrace.engines.large.sets import sets_are_enough, write_sets
from leaktrace.engines.large.spill import Spill
from leaktrace.engines.large.tables import people_of, write_people, write_rows
from leaktrace.engines.occurrences import FURTHER, IDENTIFIED, REFUSED, UNIDENTIFIED
from leaktrace.fingerprint.held import HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.store import INDEX, PEOPLE, ROWS, open_index, open_people
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.messages import _
from leaktrace.progress import Progress


def large_parts(
    spill: Spill, folder: Path, progress: Progress, *, owners: bool = True
) -> tuple[HeldList, ListSummary]:
    """People, sets and counts of a list that was spilled to the end.

    Parameters
    ----------
    spill : Spill
        Its folder is removed.
    folder : Path
        Where the sets, and the rows and people if these are wanted, are written; the sets of the
        result are mapped from there.
    progress : Progress
    owners : bool
        Tell who carries which token; without, the sets may say that nobody does.
    """
    (folder / INDEX).mkdir()
    if not owners and sets_are_enough(spill):
        people, index, counts = write_sets(spill, folder / INDEX, progress)
        table = people_of(spill, people, np.broadcast_to(np.uint64(0), (people.count,)))
        shutil.rmtree(spill.folder)
        return _held(people, table, index, counts), _summary(spill, people, table, counts)
    people = Linking(spill, progress).people()
    indexes = Indexes(spill, people, folder / INDEX, progress)
    indexes.write()
    if spill.with_rows:
        progress.begin(_("writing rows"))
        write_rows(folder / ROWS, spill, people)
        write_people(folder / PEOPLE, spill, people, indexes.id_token)
        table = open_people(folder / PEOPLE)
        progress.end()
    else:
        table = people_of(spill, people, indexes.id_token)
    shutil.rmtree(spill.folder)
    counts = indexes.counts
    index = {kind: open_index(folder, kind) for kind in counts.distinct}
    return _held(people, table, index, counts), _summary(spill, people, table, counts)


def _held(
    people: People, table: PeopleTable, index: dict[str, TokenIndex], counts: Counts
) -> HeldList:
    return HeldList(
        people=table,
        index=index,
        scaled=1,
        size=people.count,
        distinct=counts.distinct,
        written=counts.written,
    )


def _summary(spill: Spill, people: People, table: PeopleTable, counts: Counts) -> ListSummary:
    return ListSummary(
        sha256="",
        size=0,
        rows=len(spill) - int(spill.statuses[FURTHER]),
        identified_rows=int(spill.statuses[IDENTIFIED]),
        unidentified_rows=int(spill.statuses[UNIDENTIFIED]),
        refused_rows=int(spill.statuses[REFUSED]),
        duplicate_rows=people.duplicates,
        people=people.count,
        identifiers=dict(counts.written),
        excluded=counts.excluded,
        facts={
            "named_rows": spill.named,
            "dated_rows": spill.dated,
            "first_registered": spill.days[0] if spill.days else None,
            "last_registered": spill.days[1] if spill.days else None,
            "swept_people": int(np.count_nonzero(table.swept)),
            "never_issued_people": int(np.count_nonzero(table.never_issued)),
        },
    )
