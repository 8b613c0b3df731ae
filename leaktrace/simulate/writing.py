"""A world as the files of the contract, with its truth beside them."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
import numpy as np

from leaktrace.errors import LeaktraceError
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress
from leaktrace.simulate.drawing import draw_world
from leaktrace.simulate.manifests import batch_rows, planting_rows, source_rows
from leaktrace.simulate.pages import make_page
from leaktrace.simulate.presets import preset
from leaktrace.simulate.settings import WorldSettings
from leaktrace.simulate.sheets import text_bytes
from leaktrace.simulate.tabulate import batch_columns, reference_columns
from leaktrace.simulate.truth import truth
from leaktrace.simulate.world import World


def write_world(
    folder: Path,
    *,
    seed: int = 1,
    sources: int | None = None,
    batches: int | None = None,
    family: str = "standard",
    settings: WorldSettings | None = None,
    progress: Progress = SILENT,
) -> World:
    """Draw a world and write it: tables, reference lists, leaked lists, truth.

    Parameters
    ----------
    folder : Path
        Where to; made if missing, must be empty. ``SOURCES.csv``, ``PLANTINGS.csv``,
        ``BATCHES.csv`` and ``TRUTH.json`` go there, lists to ``references`` and ``lists``.
    seed : int
        The same seed and settings give the same bytes.
    sources, batches : int, optional
        Instead of the settings' (12 and 60 in the standard family).
    family : str
        Which :func:`preset`, where no ``settings`` are given.
    settings : WorldSettings, optional
        All parameters.
    progress : Progress
        Told of every list written.

    Raises
    ------
    UsageError
        If a number is out of range or there is no such family.
    LeaktraceError
        If the folder is not empty.
    """
    chosen = preset(family) if settings is None else settings
    count = chosen.sources if sources is None else sources
    chosen = chosen.with_changes(
        sources=count,
        batches=chosen.batches if batches is None else batches,
        # Room for a twin takes a second source that leaks.
        twins=chosen.twins if settings is not None else min(chosen.twins, max(count - 1, 0)),
    )
    world = draw_world(chosen, seed)
    save_world(world, folder, progress)
    return world


def save_world(world: World, folder: Path, progress: Progress = SILENT) -> None:
    """Write a world that was drawn before; see :func:`write_world`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LeaktraceError(
            _("{folder} is not empty: name a new folder for the world").format(folder=folder.name),
            code="not-empty",
        )
    (folder / "references").mkdir(parents=True, exist_ok=True)
    (folder / "lists").mkdir(exist_ok=True)
    progress.begin(_("writing lists"), len(world.sources) + len(world.seen))
    for place, holder in enumerate(world.sources):
        if holder.reference is not None:
            page = make_page(
                generator(world, holder.id), reference_columns(world, place), tidy=True
            )
            (folder / "references" / f"{holder.id}.{page.suffix}").write_bytes(page.data)
        progress.advance()
    files = {}
    for batch in world.seen:
        page = make_page(generator(world, batch.id), batch_columns(world, batch), tidy=False)
        files[batch.id] = f"lists/{batch.id}.{page.suffix}"
        (folder / files[batch.id]).write_bytes(page.data)
        progress.advance()
    progress.end()
    encoding = str(generator(world, "tables").choice(world.settings.encodings))
    for name, rows in {
        "SOURCES.csv": source_rows(world),
        "PLANTINGS.csv": planting_rows(world),
        "BATCHES.csv": batch_rows(world, files, generator(world, "manifest")),
    }.items():
        (folder / name).write_bytes(text_bytes(rows, ",", encoding))
    found = msgspec.json.encode(truth(world), order="deterministic")
    (folder / "TRUTH.json").write_bytes(msgspec.json.format(found, indent=1) + b"\n")


def generator(world: World, name: str) -> np.random.Generator:
    """A stream of its own for each file, so that one file does not change the others."""
    return np.random.default_rng([world.seed, zlib.crc32(name.encode())])


def reference_files(folder: Path) -> dict[str, Path]:
    """The reference lists of a written world by source id."""
    return {path.stem: path for path in sorted((folder / "references").iterdir())}
