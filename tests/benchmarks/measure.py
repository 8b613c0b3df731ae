"""Wall-clock time and peak memory of a command, all its processes together."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """A command that was run: its seconds, those of processor time, its peak memory in MiB, what
    it printed."""

    seconds: float
    busy: float
    peak: float
    output: str


def run(command: Sequence[str], *, watched: bool) -> Run:
    """Run ``command`` (arguments to this Python) in a fresh process.

    Memory is what Linux calls PSS, summed over the process and its descendants every 20 ms: pages
    that they share count once. It is 0 where nobody watches, which takes time, and elsewhere.
    """
    begin, busy = time.perf_counter(), _busy()
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    peaks = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    if watched:
        watcher.start()
    output, errors = process.communicate()
    seconds = time.perf_counter() - begin
    if watched:
        watcher.join()
    if process.returncode:
        raise RuntimeError(errors)
    return Run(seconds, _busy() - busy, peaks[0], output)


def best(commands: Mapping[str, Sequence[str]], times: int) -> dict[str, Run]:
    """The fastest of ``times`` runs of each command, and the peak memory of one more.

    The commands take turns, so that what else the machine does meets them all.
    """
    fastest: dict[str, Run] = {}
    for _ in range(times):
        for name, command in commands.items():
            found = run(command, watched=False)
            if name not in fastest or found.seconds < fastest[name].seconds:
                fastest[name] = found
    for name, command in commands.items():
        fastest[name] = replace(fastest[name], peak=run(command, watched=True).peak)
    return fastest


def _busy() -> float:
    """Processor time of all processes that this one has waited for; 0 on Windows."""
    used = os.times()
    return used.children_user + used.children_system


def _watch(process: subprocess.Popen[str], peaks: list[float]) -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        return
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(_pss(pid) for pid in _family(process.pid)))
        time.sleep(0.02)


def _family(root: int) -> list[int]:
    family, queue = [], [root]
    while queue:
        pid = queue.pop()
        family.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                queue += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return family


def _pss(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    lines = [line for line in text.splitlines() if line.startswith("Pss:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
