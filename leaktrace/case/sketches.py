"""A reference that comes as a sketch: checked in the worker, kept as it was found."""

from __future__ import annotations

import shutil
from pathlib import Path

from leaktrace.case.case import SKETCH
from leaktrace.case.stored import ListTask, Prepared, is_known, list_digest
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.sketch import SketchFile
from leaktrace.fingerprint.sketchfile import load_sketch
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.digest import sha256_of
from leaktrace.intake.refusals import shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import Progress

_STAGED = "sketch"


def prepare_sketch(
    task: ListTask, key: Key, writer: Writer, worker: Worker, progress: Progress
) -> list[Prepared]:
    """The sketch in a file, copied as it was found.

    Raises
    ------
    InputRefused
        If it is no sketch, was made under another key, or changed while it was read.
    """
    digest = list_digest(key, task.original.sha256, None, None)
    if is_known(writer, digest):
        return [Prepared(digest)]
    staged = writer.staged(_STAGED)
    staged.mkdir()
    # First copied, then read: what was checked is what is kept.
    shutil.copyfile(task.path, staged / SKETCH)
    if sha256_of(staged / SKETCH)[0] != task.original.sha256:
        raise _refused(
            task, "changed", _("{file} changed while it was read; take it in once nobody writes it")
        )
    sketch = worker.call(described, staged / SKETCH, shown(task.original.file))
    if sketch.key_fingerprint != key.fingerprint:
        raise _refused(
            task,
            "other-key",
            _(
                "{file} was made under another key than this case's; ask for one made with the "
                "case's key (leaktrace key export FILE)"
            ),
        )
    return [Prepared(digest, _summary(sketch, task), staged, sketch.scaled)]


def described(path: Path, name: str) -> SketchFile:
    """The sketch at ``path``, which the user calls ``name``, without its samples; for the worker.

    Raises
    ------
    InputRefused
    """
    try:
        sketch = load_sketch(path)
        sketch.to_held()
    except InputRefused as error:
        message = error.message.replace(path.name, name)
        raise InputRefused(message, code=error.code, file=name) from None
    return SketchFile(sketch.key_fingerprint, sketch.scaled, sketch.people, sketch.written, {})


def _summary(sketch: SketchFile, task: ListTask) -> ListSummary:
    # A sketch says nothing of rows, only of people.
    return ListSummary(
        sha256=task.original.sha256,
        size=task.original.size,
        rows=0,
        identified_rows=0,
        unidentified_rows=0,
        refused_rows=0,
        duplicate_rows=0,
        people=sketch.people,
        identifiers=dict(sketch.written),
    )


def _refused(task: ListTask, code: str, message: str) -> InputRefused:
    name = shown(task.original.file)
    return InputRefused(message.format(file=name), code=code, file=name)
