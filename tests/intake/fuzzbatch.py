"""A batch of broken files, looked at inside the worker."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.data.make.locked import PASSWORD
from tests.intake.corpus import seen
from tests.intake.mutations import Seeds, made

SLOW = 5.0
_WHOLE = 4
"""Of one input in so many also the people are worked out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that was not dealt with as it should be."""

    index: int
    name: str
    what: str


@dataclass(slots=True)
class Figures:
    """What a run came to."""

    inputs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    slowest: float = 0.0
    memory: int = 0
    seconds: float = 0.0

    def lines(self) -> list[str]:
        """For people."""
        rate = self.inputs / self.seconds if self.seconds else 0.0
        kinds = Counter(finding.what for finding in self.findings)
        return [
            f"{self.inputs} inputs in {self.seconds:.0f} s ({rate:.0f} a second); slowest "
            f"{self.slowest:.2f} s; most memory {self.memory >> 20} MiB",
            "outcomes: " + ", ".join(f"{k} {n}" for k, n in self.outcomes.most_common()),
            f"findings: {len(self.findings)}",
            *(f"  {number} x {what}" for what, number in kinds.most_common()),
        ]


@cache
def seeds_in(folder: Path) -> Seeds:
    """The files to start from."""
    return [(p.name, p.read_bytes()) for p in sorted(folder.iterdir())]


def attempt(folder: Path, seed: int, start: int, number: int) -> Figures:
    """Inputs ``start`` and following, in this process (the worker)."""
    figures = Figures()
    seeds = seeds_in(folder / "seeds")
    room = folder / f"room-{threading.get_native_id()}-{start}"
    room.mkdir(exist_ok=True)
    path = room / "input.bin"
    place = (folder / f"at-{start}").open("wb", buffering=0)
    for index in range(start, start + number):
        name, data = made(seed, index, seeds)
        place.seek(0)
        place.write(b"%d" % index)
        path.write_bytes(data)
        passwords = (PASSWORD,) if name.startswith("locked") and index % 4 == 0 else ()
        got = seen(path, passwords, room / "spool", whole=index % _WHOLE == 0)
        figures.inputs += 1
        figures.slowest = max(figures.slowest, got.seconds)
        figures.outcomes["read" if got.counts else " ".join(sorted(got.codes)) or "failed"] += 1
        wrong = (
            got.failure
            or ("an identifier was told" if got.told else "")
            or ("files were left in the spool" if got.left else "")
        )
        if not wrong and got.seconds > SLOW:
            wrong = f"slow: more than {SLOW:.0f} s"
        if wrong:
            figures.findings.append(Finding(index, name, wrong))
    place.close()
    path.unlink(missing_ok=True)
    figures.memory = _peak()
    return figures


def _peak() -> int:
    """The most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: on Linux its peak is that of whoever started this process, too.
        found = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
        return int(found.split()[1]) * 1024
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
