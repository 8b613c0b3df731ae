"""Write the corpus into a folder, with a list of what must come out of each file."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.data.make import all_cases, write_all


def main() -> int:
    """``python -m tests.data.make OUT``."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    cases = all_cases()
    write_all(cases, folder)
    lines = [
        f"{case.family}/{case.name}\t{case.expected}\t{' '.join(case.passwords)}" for case in cases
    ]
    (folder / "expected.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(cases)} files in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
