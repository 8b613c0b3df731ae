"""What is counted in one scored world. Counts are (how many, of how many)."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

import numpy as np

from tests.benchmarks.attribution.rows import OURS, Answer, BatchTruth, WorldRow

Count = tuple[int, int]
# Of parents: one that gave this share of the rows is to be found; one that gave this is no error.
ASKED, TRUE = 0.05, 0.02
# What the share estimates are judged on.
_NAMED = 0.5


def _batches(row: WorldRow, method: str) -> Iterator[tuple[BatchTruth, Answer]]:
    for batch in row.batches:
        yield batch, row.answer(method, batch.id)


def false_statements(row: WorldRow, method: str, *, roots: bool = False, kind: str = "") -> Count:
    """False ones among the pairs stated at 0.95; ``roots``: in lists that are no resale."""
    false = stated = 0
    for batch, said in _batches(row, method):
        if (batch.root or not roots) and kind in ("", batch.type):
            false += len(said.stated - batch.sources.keys())
            stated += len(said.stated)
    return false, stated


def true_statements(row: WorldRow, method: str, *, roots: bool = False) -> Count:
    """True pairs stated at 0.95, of all true pairs."""
    stated = pairs = 0
    for batch, said in _batches(row, method):
        if batch.root or not roots:
            stated += len(said.stated & batch.sources.keys())
            pairs += len(batch.sources)
    return stated, pairs


def evident_pairs(row: WorldRow, method: str, *, stated: bool, by: str = "") -> Count:
    """Evident pairs named at 0.5, or stated at 0.95; ``by`` one kind of reason alone."""
    found = pairs = 0
    for batch, said in _batches(row, method):
        chosen = {one for one, why in batch.evident.items() if by in ("", why)}
        pairs += len(chosen)
        found += len((said.stated if stated else said.likely) & chosen)
    return found, pairs


def f1(row: WorldRow, method: str) -> float:
    """F1 of the sources named at 0.5, over all pairs of the world."""
    right = named = true = 0
    for batch, said in _batches(row, method):
        right += len(said.likely & batch.sources.keys())
        named += len(said.likely)
        true += len(batch.sources)
    return 2 * right / (named + true) if named + true else nan


def f1_by_batch(row: WorldRow, method: str) -> float:
    """The mean over batches of the F1 of the set named at 0.5; naming nobody where nobody known is
    in it counts 1."""
    scores = []
    for batch, said in _batches(row, method):
        both = len(said.likely) + len(batch.sources)
        scores.append(2 * len(said.likely & batch.sources.keys()) / both if both else 1.0)
    return float(np.mean(scores)) if scores else nan


def brier(row: WorldRow, method: str) -> float:
    """The mean square of the error over all pairs of batch and known source; unlisted is 0."""
    total = 0.0
    for batch, said in _batches(row, method):
        for source in row.sources:
            total += (said.scores.get(source, 0.0) - (source in batch.sources)) ** 2
    pairs = len(row.batches) * len(row.sources)
    return total / pairs if pairs else nan


def parents_right(row: WorldRow, method: str, least: float) -> Count:
    """Parents named with a probability of ``least`` that are true."""
    right = said = 0
    for batch, answer in _batches(row, method):
        named = [one for one, probability in answer.parents.items() if probability >= least]
        said += len(named)
        right += sum(batch.parents.get(one, 0.0) >= TRUE for one in named)
    return right, said


def parents_found(row: WorldRow, method: str, least: float) -> Count:
    """True parents that are named with a probability of ``least``."""
    found = asked = 0
    for batch, answer in _batches(row, method):
        for one, share in batch.parents.items():
            if share >= ASKED:
                asked += 1
                found += answer.parents.get(one, 0.0) >= least
    return found, asked


def strangers_named(row: WorldRow, method: str, *, kinds: tuple[str, ...] = ()) -> Count:
    """Batches without anybody known in which somebody is stated; of ``kinds`` alone if given."""
    wrong = batches = 0
    for batch, said in _batches(row, method):
        if not batch.sources and (not kinds or batch.type in kinds):
            batches += 1
            wrong += bool(said.stated)
    return wrong, batches


def untold_named(row: WorldRow) -> Count:
    """Times that a source that nothing tells from its twin is stated, of the lists in which it
    could be: its own list holds enough of their people."""
    named = cases = 0
    for batch in row.batches:
        looks = row.looks_untold.get(batch.id, ())
        cases += len(looks)
        named += len(row.answer(OURS, batch.id).stated & set(looks))
    return named, cases


def untold_said(row: WorldRow) -> Count:
    """Lists in which such a source is likely and nobody is stated, and the report says what would
    decide."""
    said = cases = 0
    for batch in row.batches:
        answer = row.answer(OURS, batch.id)
        if answer.likely & set(row.looks_untold.get(batch.id, ())) and not answer.stated:
            cases += 1
            said += batch.id in row.said_open
    return said, cases


def shares_covered(row: WorldRow, *, whole: bool = True) -> Count:
    """90% intervals of a share that hold the truth, for true pairs at 0.5 with a reference list;
    ``whole`` False: shares below 1 alone. The truth is compared at the four digits that are
    printed."""
    inside = [
        low - 5e-5 <= true <= high + 5e-5
        for true, low, _middle, high in _shares(row)
        if whole or true < 1.0
    ]
    return sum(inside), len(inside)


def share_error(row: WorldRow) -> float:
    """Mean absolute error of the share estimates of the same pairs."""
    errors = [abs(true - middle) for true, _low, middle, _high in _shares(row)]
    return float(np.mean(errors)) if errors else nan


def _shares(row: WorldRow) -> Iterator[tuple[float, float, float, float]]:
    for batch, said in _batches(row, OURS):
        for source, true in batch.sources.items():
            if source in row.referenced and said.scores.get(source, 0.0) >= _NAMED:
                one = row.listed[batch.id][source]
                yield true, one.low, one.estimate, one.high
