"""The whole job on a small made-up world, with what it found beside what is true."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from leaktrace.attribution.result import BatchFinding, Trace
from leaktrace.case import (
    Case,
    attach_reference,
    create_case,
    find_key,
    import_sources,
    ingest,
    open_case,
)
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress
from leaktrace.simulate import World, WorldSettings, reference_files, write_world
from leaktrace.simulate.world import Batch

# From this posterior on a source counts as named.
STATED = 0.95
SEED = 1
SETTINGS = WorldSettings(
    sources=8,
    batches=14,
    towns=2,
    town_people=(60_000, 120_000),
    blocks=(60, 150),
    population=(3_000, 20_000),
    batch_size=(300, 2_500),
    referenced=0.6,
    canaries=(15, 40),
    shared_canaries=0.0,
)
_MARK = ".leaktrace-demo"
_WORLD, _CASE, _REPORT, _GRAPH = "world", "case", "report.html", "graph.graphml"


@dataclass(frozen=True, slots=True)
class DemoBatch:
    """What is true of one list, and what was said of it.

    Attributes
    ----------
    batch, type : str
        The batch, and what kind of list the world made (``"pure"``, ``"resold"`` …).
    truth : tuple of str
        The known sources that at least max(5, 1%) of its people are from.
    made_up : float
        The true share of made-up people.
    verdict : str
        As in the contract.
    named : tuple of (str, float)
        Each source named, with its posterior (0.95 or more).
    right : bool or None
        Whether what was said is true; None where the verdict is ``undetermined``.
    """

    batch: str
    type: str
    truth: tuple[str, ...]
    made_up: float
    verdict: str
    named: tuple[tuple[str, float], ...]
    right: bool | None


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """Where the demo's case, report and graph are, and how each list came out."""

    folder: Path
    case: Path
    report: Path
    graph: Path
    batches: tuple[DemoBatch, ...]

    @property
    def right(self) -> int:
        """Lists of which something true was said."""
        return sum(batch.right is True for batch in self.batches)

    @property
    def wrong(self) -> int:
        """Lists of which something false was said."""
        return sum(batch.right is False for batch in self.batches)

    @property
    def undetermined(self) -> int:
        """Lists of which nothing was said."""
        return sum(batch.right is None for batch in self.batches)


def run_demo(folder: Path, progress: Progress = SILENT) -> DemoOutcome:
    """Build a world with known truth in ``folder``, make a case of it, trace and report it.

    Raises
    ------
    LeaktraceError
        If the folder holds anything but an earlier demo.
    """
    key = _make_room(folder)
    world = write_world(folder / _WORLD, seed=SEED, settings=SETTINGS, progress=progress)
    created = create_case(folder / _CASE, key)
    (folder / _MARK).write_text(created.key_fingerprint + "\n", encoding="ascii")
    with open_case(created.folder) as case:
        _fill(case, folder / _WORLD, progress)
        trace = _trace(case, folder, progress)
    return DemoOutcome(
        folder=folder,
        case=created.folder,
        report=folder / _REPORT,
        graph=folder / _GRAPH,
        batches=_beside_truth(world, trace),
    )


def _make_room(folder: Path) -> Key | None:
    """Take away an earlier demo; its key, so that demos do not fill the user's key folder."""
    mark = folder / _MARK
    if folder.exists() and not mark.is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise LeaktraceError(
            _("{folder} holds something else than a demo; name a new folder").format(folder=folder),
            code="not-empty",
        )
    folder.mkdir(parents=True, exist_ok=True)
    key = _earlier_key(mark)
    for name in (_WORLD, _CASE):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (_REPORT, _GRAPH):
        (folder / name).unlink(missing_ok=True)
    mark.write_text("\n", encoding="ascii")
    return key


def _earlier_key(mark: Path) -> Key | None:
    fingerprint = mark.read_text(encoding="ascii").strip() if mark.is_file() else ""
    if not fingerprint:
        return None
    try:
        return find_key(fingerprint)
    except LeaktraceError:
        return None


def _fill(case: Case, world: Path, progress: Progress) -> None:
    from leaktrace.canary import import_plantings

    with Worker() as worker:
        import_sources(case, world / "SOURCES.csv", progress, worker=worker)
        for source, path in reference_files(world).items():
            attach_reference(case, source, path, None, progress, worker=worker)
        import_plantings(case, world / "PLANTINGS.csv", progress, worker=worker)
        ingest(case, manifest=world / "BATCHES.csv", progress=progress, worker=worker)


def _trace(case: Case, folder: Path, progress: Progress) -> Trace:
    from leaktrace.attribution import trace_case
    from leaktrace.graph import build_graph, export_graph
    from leaktrace.report import write_report

    trace = trace_case(case, progress=progress)
    write_report(case, trace, folder / _REPORT)
    export_graph(build_graph(case, trace), folder / _GRAPH)
    return trace


def _beside_truth(world: World, trace: Trace) -> tuple[DemoBatch, ...]:
    true = {batch.id: batch for batch in world.seen}
    return tuple(_judged(world, true[finding.batch], finding) for finding in trace.batches)


def _judged(world: World, batch: Batch, finding: BatchFinding) -> DemoBatch:
    truth = tuple(sorted(world.contributors(batch)))
    made_up = world.shares(batch).get("made-up", 0.0)
    named = tuple(
        (item.source, item.posterior) for item in finding.sources if item.posterior >= STATED
    )
    right = {
        "no-source": made_up > 0.9,
        "unknown-source": not truth,
        "undetermined": None,
    }.get(finding.verdict, {name for name, _posterior in named} <= set(truth))
    return DemoBatch(batch.id, batch.type, truth, made_up, finding.verdict, named, right)
