"""``python -m tests.benchmarks.canaries [TRIALS [SEED]]``: 120 sources of which three leak, 30% of
the canaries missing from each leak, 2% background; every design on the same leaks. 200 trials take
about ten minutes."""

from __future__ import annotations

import sys

from tests.benchmarks.canaries.designs import designs, outcome

HEAD = f"{'':36}{'numbers':>9}{'registrations':>15}{'a source':>10}{'best set':>10}"


def main(trials: int = 200, seed: int = 0) -> int:
    """Print the table."""
    print(HEAD + f"{'named exactly':>15}{'a wrong one':>13}{'not all':>9}")
    for design in designs(seed):
        found = outcome(design, trials, seed)
        code = design.code
        untold = trials - found.stated - found.wrong
        print(
            f"{design.name:36}{code.shape[1]:>9}{code.sum():>15,}"
            f"{code.sum(axis=1).mean():>10.0f}{found.right / trials:>10.1%}"
            f"{found.stated / trials:>9.1%} ±{found.error:.1%}"
            f"{found.wrong / trials:>13.1%}{untold / trials:>9.1%}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
