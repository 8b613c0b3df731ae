"""The same list through leaktrace: ``python -m tests.benchmarks.our_way WAY LIST FOLDER``.

``sets``: exact sets and FracMinHash sketches of mobiles and ID numbers; ``mobiles``: of mobiles
alone. ``store``: the whole list store, as ``ingest`` writes it. All in the intake's worker, as
every list is opened.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from leaktrace.intake.worker import Worker

KINDS = frozenset({"mobile", "id_number"})
SECRET = bytes(range(32))


def sets(path: Path, folder: Path) -> dict[str, int]:
    """Exact sets, a sketch in a file; what was counted."""
    return _sets(path, folder, KINDS)


def mobiles(path: Path, folder: Path) -> dict[str, int]:
    """The same of mobiles alone."""
    return _sets(path, folder, frozenset({"mobile"}))


def _sets(path: Path, folder: Path, kinds: frozenset[str]) -> dict[str, int]:
    # Here, so that only the worker loads them.
    from leaktrace.engines.local import build_list
    from leaktrace.fingerprint.keys import Key
    from leaktrace.fingerprint.sketch import sketch_of
    from leaktrace.fingerprint.sketchfile import save_sketch
    from leaktrace.intake import open_list

    key = Key(SECRET)
    folder.mkdir()
    reading = open_list(path, wanted=kinds, cells=False)
    built = build_list(
        reading, key, rows=False, facts=False, kinds=kinds, folder=folder, owners=False
    )
    save_sketch(sketch_of(built, key), folder / "list.sketch")
    return built.summary.identifiers


def store(path: Path, folder: Path) -> dict[str, int]:
    """Write the whole list store; what was counted."""
    from leaktrace.engines.local import store_file

    return store_file(path, SECRET, folder).identifiers


if __name__ == "__main__":
    # By its own name: the worker does not know this module as __main__.
    from tests.benchmarks import our_way

    folder = Path(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    with Worker() as worker:
        ways = {"sets": our_way.sets, "mobiles": our_way.mobiles, "store": our_way.store}
        way = ways[sys.argv[1]]
        found = worker.call(way, Path(sys.argv[2]), folder)
    print(*(found[kind] for kind in sorted(KINDS, reverse=True) if kind in found))
