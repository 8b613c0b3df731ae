"""How long ``leaktrace --help`` takes, with compiled bytecode.

``python -m tests.benchmarks.bench_startup``
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.measure import best, run


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of the help, and of a Python that does nothing."""

    help: float
    nothing: float

    def line(self) -> str:
        """What was found, in words."""
        return f"leaktrace --help {self.help:.3f} s (an empty Python {self.nothing:.3f} s)"


def measure(times: int = 7) -> Result:
    """The best of ``times`` runs; a first one compiles the bytecode."""
    help_ = ["-c", "from leaktrace.cli.main import main; main()", "--help"]
    run(help_, watched=False)
    runs = best({"help": help_, "nothing": ["-c", "pass"]}, times)
    return Result(runs["help"].seconds, runs["nothing"].seconds)


if __name__ == "__main__":
    print(measure().line())
