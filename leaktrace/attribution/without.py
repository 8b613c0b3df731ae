"""An observation without one piece of its evidence, for leave-one-out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leaktrace.attribution import patterns
from leaktrace.attribution.canaries import CanaryTrial
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.settings import Settings

HITS, MISSES, OVERLAP, VERSION, DATES, POOL, CLAIMS, CALLS = (
    "canary.hit",
    "canary.miss",
    "reference.overlap",
    "cells.version",
    "registration.dates",
    "other-batches",
    "seller.claims",
    "calls.circulating",
)


def left_out(seen: Observation, source: str, code: str | None, settings: Settings) -> Observation:
    """``seen`` without what the piece ``code`` about ``source`` takes out of it (dates, claims and
    the other batches are no part of it)."""
    if code == HITS:
        return without_hits(seen, source)
    if code == MISSES:
        return without_misses(seen, source)
    if code == OVERLAP:
        return without_list(seen, source, settings)
    if code == VERSION:
        return without_versions(seen, source)
    return seen


def without_hits(seen: Observation, source: str) -> Observation:
    """As if ``source``'s canaries that were found had never been planted."""
    trial = seen.trial
    return replace(seen, trial=trial.keeping(~(_planted(trial, source) & trial.hit)))


def without_misses(seen: Observation, source: str) -> Observation:
    """As if ``source``'s canaries that were not found had never been planted."""
    trial = seen.trial
    return replace(seen, trial=trial.keeping(~_planted(trial, source) | trial.hit))


def without_versions(seen: Observation, source: str) -> Observation:
    """As if ``source`` had no version of the people's cells."""
    versions = {one: version for one, version in seen.versions.items() if one != source}
    return replace(seen, versions=versions)


def _planted(trial: CanaryTrial, source: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    planted = np.zeros(len(trial.ids), dtype=bool)
    planted[trial.row[trial.plantings_of(source)]] = True
    return planted


def without_list(seen: Observation, source: str, settings: Settings) -> Observation:
    """As if ``source`` had given no reference list: it is a host like any other unlisted one, and
    without a list nobody knows its version of the people's cells."""
    trial = seen.trial
    place = trial.place_of(source)
    if place is not None:
        here = trial.plantings_of(source)
        apparent = seen.overlaps[source] / max(1, seen.seen[source])
        rates = trial.rates.copy()
        rates[here] = np.minimum(rates[here] / max(apparent, 0.01), 0.95)
        measured = trial.measured.copy()
        measured[place] = False
        trial = replace(trial, rates=rates, measured=measured)
    seen = without_versions(seen, source)
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
