"""A log of made-up calls that grows."""

from __future__ import annotations

from pathlib import Path

from tests.calls.made import CANARIES

HEADER = "callee,caller,started_at"
NUMBERS = [number for _source, number in CANARIES.values()]


def line(number: int) -> str:
    """The call so-and-so many in the log, each on another canary by another caller."""
    day, minute = divmod(number, 1440)
    clock = f"2025-04-{day + 1:02d} {minute // 60:02d}:{minute % 60:02d}:00"
    return f"{NUMBERS[number % len(NUMBERS)]},1709123{number:04d},{clock}"


class Logbook:
    """The file at ``path``, with as many calls as were written to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.calls = 0
        path.write_text(HEADER + "\n", encoding="utf-8")

    def grow(self, calls: int) -> None:
        """Append so many calls."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            for _call in range(calls):
                file.write(line(self.calls) + "\n")
                self.calls += 1

    def append(self, text: str) -> None:
        """Append anything."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(text)
