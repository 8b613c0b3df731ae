"""Lists as columns of clean texts: what a holder or a seller would show of each row."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from leaktrace.simulate.cells import cells, name_cells, registration_days
from leaktrace.simulate.numbers import id_texts
from leaktrace.simulate.people import Int32
from leaktrace.simulate.tables import DATE
from leaktrace.simulate.world import Batch, World

Columns = dict[str, list[str]]


def reference_columns(world: World, holder: int) -> Columns:
    """The columns of a source's reference list, in its order of rows; empty if there is none."""
    reference = world.holders[holder].reference
    if reference is None:
        return {}
    return {name: column_texts(world, reference.people, holder, name) for name in reference.columns}


def batch_columns(world: World, batch: Batch) -> Columns:
    """The columns of a batch: each row in the version of the holder that it came from."""
    versions = batch_versions(batch)
    found: Columns = {}
    for name in batch.columns:
        texts = np.empty(len(batch.people), object)
        for holder in np.unique(versions).tolist():
            rows = np.flatnonzero(versions == holder)
            texts[rows] = column_texts(world, batch.people[rows], holder, name, batch.style)
        found[name] = texts.tolist()
    return _washed(found, batch.form)


def batch_days(world: World, batch: Batch) -> Int32 | None:
    """The day of registration that each row shows, int32[n]; None where the list has no dates."""
    if DATE not in batch.columns:
        return None
    versions = batch_versions(batch)
    days = np.zeros(len(batch.people), np.int32)
    for holder in np.unique(versions).tolist():
        rows = versions == holder
        days[rows] = registration_days(world, batch.people[rows], holder)
    return days


def batch_versions(batch: Batch) -> npt.NDArray[np.int16]:
    """Whose way of writing each row carries, int16[n]: its origin; invented rows copy the most."""
    real = Counter(batch.origin[batch.origin >= 0].tolist())
    usual = min(real, key=lambda place: (-real[place], place)) if real else 0
    return np.where(batch.origin >= 0, batch.origin, np.int16(usual)).astype(np.int16)


def column_texts(
    world: World, people: Int32, holder: int, column: str, style: int = -1
) -> list[str]:
    """One column of ``people`` as a holder has it, list of n texts."""
    if column == "mobile":
        return [str(text) for text in world.people.mobile[people].astype("U11").tolist()]
    if column == "id_number":
        return [str(text) for text in id_texts(world.people.id_number[people]).tolist()]
    if column == "name":
        return name_cells(world, people, holder)
    return cells(world, people, holder, column, style)


def _washed(columns: Columns, form: str) -> Columns:
    if form == "full":
        return columns
    mobiles = columns.pop("mobile")
    if "id_number" in columns:
        columns["id_number"] = [f"{text[:6]}{'*' * 8}{text[-4:]}" for text in columns["id_number"]]
    if form == "masked":
        return {"mobile": [f"{text[:3]}****{text[-4:]}" for text in mobiles], **columns}
    names = columns.pop("name")
    both = [f"{name}{text[-4:]}" for name, text in zip(names, mobiles, strict=True)]
    return {"name": both, **columns}
