"""The two usual ways of telling who leaked from the phone ringing."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import numpy as np

ANY_CALL, MORE_THAN_CONTROLS = "any call", "controls + 3 sd"


def said(folder: Path) -> dict[str, frozenset[str]]:
    """Which sources each way says have leaked, of the world in ``folder``.

    ``any call``: a canary of the source was called after its planting. ``controls +
    3 sd``: one of its canaries was so more often than the controls' mean and three of their
    standard deviations over the same days. Messages, and calls from a source's own
    numbers, are left out in both, as anybody would.
    """
    own = _own_numbers(folder)
    plantings, controls = _plantings(folder)
    calls: dict[str, list[tuple[float, str]]] = defaultdict(list)
    with (folder / "CALLS.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] != "sms":
                calls[row["callee"]].append((_seconds(row["started_at"]), row["caller"]))
    quiet = [sorted(at for at, _caller in calls[mobile]) for mobile in controls]
    found: dict[str, set[str]] = {ANY_CALL: set(), MORE_THAN_CONTROLS: set()}
    for source, mobile, planted in plantings:
        others = [at for at, caller in calls[mobile] if caller not in own[source] and at > planted]
        if others:
            found[ANY_CALL].add(source)
        over = np.array([len(times) - bisect_left(times, planted) for times in quiet])
        if len(others) > over.mean() + 3 * over.std(ddof=1):
            found[MORE_THAN_CONTROLS].add(source)
    return {name: frozenset(sources) for name, sources in found.items()}


def _own_numbers(folder: Path) -> dict[str, set[str]]:
    with (folder / "SOURCES.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: set(row["own_numbers"].split(";")) for row in csv.DictReader(file)}


def _plantings(folder: Path) -> tuple[list[tuple[str, str, float]], list[str]]:
    planted, controls = [], []
    with (folder / "PLANTINGS.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["source_id"]:
                at = _seconds(row["planted_at"])
                planted.append((row["source_id"], row["mobile"], at))
            else:
                controls.append(row["mobile"])
    return planted, controls


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
