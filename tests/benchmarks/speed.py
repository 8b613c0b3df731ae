"""Every figure that is promised, in one run: ``python -m tests.benchmarks.speed [MOBILES]``.

``MOBILES`` is the length of the longest list, 100,000,000 by default.
"""

from __future__ import annotations

import sys

from tests.benchmarks import (
    bench_fingerprint,
    bench_lookup,
    bench_size,
    bench_startup,
    bench_tokens,
)
from tests.benchmarks.measure import cores

if __name__ == "__main__":
    print(f"{cores()} cores")
    print(bench_startup.measure().line())
    print(bench_tokens.measure().line())
    print(bench_lookup.measure().line())
    for result in bench_fingerprint.measure():
        print("\n".join(result.lines()))
    print("\n".join(bench_size.measure(*map(int, sys.argv[1:2])).lines()))
