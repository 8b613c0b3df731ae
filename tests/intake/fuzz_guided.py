"""The fuzzer led by coverage: ``python -m tests.intake.fuzz_guided [RUNS] [FOLDER]``.

Needs the package atheris, which there is for Linux alone. It stops at the first input that is not
dealt with as it should be, and leaves it in FOLDER (by default the current one).
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

import atheris

import leaktrace.identifiers
import leaktrace.intake

with atheris.instrument_imports(include=["leaktrace.intake", "leaktrace.identifiers"]):
    from tests.intake.corpus import seen
    from tests.intake.fuzz import plant

    for package in (leaktrace.intake, leaktrace.identifiers):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not module.name.endswith(("job_object", "make_regions")):
                importlib.import_module(module.name)


def main() -> None:
    """Run until an input is found wanting, or RUNS are done."""
    runs = sys.argv[1] if len(sys.argv) > 1 else "20000"
    target = Path(sys.argv[2] if len(sys.argv) > 2 else ".").resolve()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        plant(folder / "seeds")
        path = folder / "input.bin"

        def attempt(data: bytes) -> None:
            path.write_bytes(data)
            got = seen(path, (), folder / "spool", whole=False)
            if got.failure or got.told or got.left:
                raise AssertionError(got.outcome)

        options = (f"-runs={runs}", "-timeout=5", "-rss_limit_mb=1024", "-max_len=16384")
        where = f"-artifact_prefix={target}/"
        atheris.Setup([sys.argv[0], *options, where, str(folder / "seeds")], attempt)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
