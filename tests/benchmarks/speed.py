"""Every figure that is promised, in one run: ``python -m tests.benchmarks.speed``."""

from __future__ import annotations

from tests.benchmarks import bench_fingerprint, bench_lookup, bench_startup, bench_tokens
from tests.benchmarks.measure import cores

if __name__ == "__main__":
    print(f"{cores()} cores")
    print(bench_startup.measure().line())
    print(bench_tokens.measure().line())
    print(bench_lookup.measure().line())
    for result in bench_fingerprint.measure():
        print("\n".join(result.lines()))
