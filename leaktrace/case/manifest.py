"""Which lists are to be taken in, and what is said of each: BATCHES, files and folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leaktrace.case.lines import (
    LineRefused,
    checked_id,
    moment_in,
    note_of,
    refusal_of_line,
    sound,
    table_lines,
)
from leaktrace.case.outcomes import Refusal
from leaktrace.case.tables import BATCHES
from leaktrace.intake.refusals import legible, on_disk, shown
from leaktrace.intake.tables import TableRow
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.times import Moment

_LITTER = {"thumbs.db", "desktop.ini", "__macosx", "ehthumbs.db", "$recycle.bin"}
_CLAIMED = ("seller", "offer_id", "claimed_kind", "price", "price_unit", "currency")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A list to be taken in.

    Attributes
    ----------
    path : Path
        Where it lies.
    file : str
        As the user wrote it.
    batch_id : str or None
        As the manifest says; None where it is to be named after its file.
    seen_at : Moment or None
    claims : dict of str to str, or None
        What the manifest says of it; None where no manifest speaks of it.
    """

    path: Path
    file: str
    batch_id: str | None = None
    seen_at: Moment | None = None
    claims: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One line of a manifest: the list that it names, or why it is refused."""

    path: Path | None
    sighting: Sighting | None
    refusal: Refusal | None = None


def read_manifest(path: Path, worker: Worker) -> list[ManifestLine]:
    """The lines of the manifest at ``path``; files are relative to its folder.

    Raises
    ------
    InputRefused
        If it cannot be read as such a table.
    """
    named: dict[str, Sighting] = {}
    lines = []
    for row in table_lines(path, BATCHES, worker).rows:
        found = _beside(path, row.values["file"]) if row.values["file"] else None
        try:
            sighting = _sighting(sound(row), found)
            _check_once(named, sighting)
            lines.append(ManifestLine(found, sighting))
        except LineRefused as error:
            lines.append(ManifestLine(found, None, refusal_of_line(shown(path), row, error)))
    return lines


def _sighting(row: TableRow, path: Path | None) -> Sighting:
    if path is None:
        raise LineRefused(
            "no-file",
            _("{column} is empty; name the list that this line is about").format(
                column=row.title("file")
            ),
        )
    claims = {name: row.values[name] for name in _CLAIMED}
    claims["note"] = note_of(row)
    batch = checked_id(row, "batch_id") if row.values["batch_id"] else None
    return Sighting(path, row.values["file"], batch, moment_in(row, "seen_at"), claims)


def _check_once(named: dict[str, Sighting], sighting: Sighting) -> None:
    if sighting.batch_id is None:
        return
    if named.setdefault(sighting.batch_id, sighting) != sighting:
        raise LineRefused(
            "duplicate-id",
            _("the batch_id {id} stands on two lines; give each list its own").format(
                id=sighting.batch_id
            ),
        )


def _beside(manifest: Path, file: str) -> Path:
    file = on_disk(file)
    path = manifest.parent / file
    if not path.exists() and "\\" in file:
        # Written on Windows, read elsewhere.
        return manifest.parent / file.replace("\\", "/")
    return path


def wanted_lists(
    files: Sequence[Path], lines: Sequence[ManifestLine] | None, case_folder: Path
) -> tuple[list[Sighting], list[Refusal], list[str]]:
    """The lists to be taken in, what is refused at once, and what was skipped in folders.

    The ``files`` given (folders stand for the files in them), with what the manifest says of them;
    where none is given, all that the manifest names.
    """
    if not files:
        sightings = [line.sighting for line in lines or () if line.sighting]
        return sightings, [line.refusal for line in lines or () if line.refusal], []
    sightings, refusals, skipped = [], [], []
    for given in files:
        found, litter = _expanded(given, case_folder)
        skipped += litter
        if given.is_dir() and not found:
            refusals.append(_empty_folder(given))
        for path in found:
            if path.is_symlink() and path != given:
                refusals.append(_link(path))
                continue
            spoken = [line for line in lines or () if line.path and _same(line.path, path)]
            sightings += [line.sighting for line in spoken if line.sighting]
            refusals += [line.refusal for line in spoken if line.refusal]
            if not spoken:
                sightings.append(Sighting(path, legible(path.as_posix())))
    return sightings, refusals, skipped


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _expanded(given: Path, case_folder: Path) -> tuple[list[Path], list[str]]:
    if not given.is_dir():
        return [given], []
    files, litter = [], []
    case = case_folder.resolve()
    for path in sorted(given.iterdir(), key=lambda path: path.name):
        if _is_litter(path.name) or (not path.is_symlink() and path.resolve() == case):
            litter.append(shown(path))
        elif path.is_dir() and not path.is_symlink():
            deeper, skipped = _expanded(path, case_folder)
            files += deeper
            litter += skipped
        else:
            files.append(path)
    return files, litter


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def _link(path: Path) -> Refusal:
    name = shown(path)
    reason = _(
        "{file} is a link, and what it points at may lie anywhere; name the file itself"
    ).format(file=name)
    return Refusal(name, "link", reason)


def _empty_folder(folder: Path) -> Refusal:
    name = shown(folder)
    reason = _("{file} holds no list; name a folder with lists in it").format(file=name)
    return Refusal(name, "empty-folder", reason)
