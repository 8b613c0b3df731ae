"""An observation without one piece of its evidence, for leave-one-out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leaktrace.attribution import patterns
from leaktrace.attribution.canaries import CanaryTrial
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.settings import Settings

HITS, MISSES, OVERLAP, DATES, POOL = (
    "canary.hit",
    "canary.miss",
    "reference.overlap",
    "registration.dates",
    "other-batches",
)


def without_hits(seen: Observation, source: str) -> Observation:
    """As if ``source``'s canaries that were found had never been planted."""
    return replace(
        seen, trial=_keeping(seen.trial, ~(_planted(seen.trial, source) & seen.trial.hit))
    )


def without_misses(seen: Observation, source: str) -> Observation:
    """As if ``source``'s canaries that were not found had never been planted."""
    return replace(seen, trial=_keeping(seen.trial, ~_planted(seen.trial, source) | seen.trial.hit))


def _planted(trial: CanaryTrial, source: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if source not in trial.sources:
        return np.zeros(len(trial.ids), dtype=bool)
    return np.asarray(np.isfinite(trial.planted[:, trial.sources.index(source)]))


def _keeping(trial: CanaryTrial, keep: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> CanaryTrial:
    ids = tuple(name for name, kept in zip(trial.ids, keep, strict=True) if kept)
    return CanaryTrial(
        ids, trial.hit[keep], trial.floor[keep], trial.sources, trial.planted[keep],
        trial.rate[keep], trial.measured, trial.named[keep],
    )  # fmt: skip


def without_list(seen: Observation, source: str, settings: Settings) -> Observation:
    """As if ``source`` had given no reference list: it is a host like any other unlisted one."""
    trial = seen.trial
    if source in trial.sources:
        column = trial.sources.index(source)
        apparent = seen.overlaps[source] / max(1, seen.seen[source])
        rate = trial.rate.copy()
        rate[:, column] = np.minimum(rate[:, column] / max(apparent, 0.01), 0.95)
        measured = trial.measured.copy()
        measured[column] = False
        trial = replace(trial, rate=rate, measured=measured)
    if source not in seen.lists:
        return replace(seen, trial=trial, hosts={**seen.hosts, source: 0.0})
    bit = seen.lists.index(source)
    table, where = _drop_bit(seen.table, bit)
    part = _part_of_mask(seen.table, table, where)
    keep = [place for place in range(len(seen.lists)) if place != bit]
    parts = np.zeros((len(keep), len(table.counts)))
    for row, place in enumerate(keep):
        parts[row] = np.bincount(
            where, weights=seen.parts[place] * part, minlength=len(table.counts)
        )
    rest = patterns.nowhere(table, settings.misfit)
    lists = tuple(seen.lists[place] for place in keep)
    hosts = {**seen.hosts, source: 0.0}
    return replace(seen, trial=trial, lists=lists, table=table, parts=parts, rest=rest, hosts=hosts)


def _part_of_mask(
    before: patterns.PatternTable,
    after: patterns.PatternTable,
    where: np.ndarray[tuple[int], np.dtype[np.intp]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For each old row how much of the people under its new mask were under its old one: two masks
    that become one share its probability."""
    old_masks, old = np.unique(before.masks, return_inverse=True)
    new_masks, new = np.unique(after.masks[where], return_inverse=True)
    people = np.bincount(old, weights=before.counts, minlength=len(old_masks))
    whole = np.bincount(new, weights=before.counts, minlength=len(new_masks))
    return np.asarray(people[old] / np.maximum(whole[new], 1e-12))


def _drop_bit(
    table: patterns.PatternTable, bit: int
) -> tuple[patterns.PatternTable, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    def narrowed(
        codes: np.ndarray[tuple[int], np.dtype[np.uint32]],
    ) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        wide = codes.astype(np.uint64)
        low = wide & np.uint64((1 << bit) - 1)
        return low | ((wide >> np.uint64(bit + 1)) << np.uint64(bit))

    keys = (narrowed(table.masks) << np.uint64(32)) | narrowed(table.values)
    distinct, where = np.unique(keys, return_inverse=True)
    counts = np.bincount(where, weights=table.counts, minlength=len(distinct)).astype(np.float64)
    return (
        patterns.PatternTable(
            (distinct & np.uint64(0xFFFFFFFF)).astype(np.uint32),
            (distinct >> np.uint64(32)).astype(np.uint32),
            counts,
        ),
        where,
    )
