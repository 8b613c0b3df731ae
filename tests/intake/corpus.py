"""What comes of one file of the corpus, found out inside the worker."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from leaktrace.engines.local import build_list
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake import open_list
from tests.data.make.case import Case, Counts, agrees, words

_KEY = Key(bytes(range(32)))
_IDENTIFIER = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a file.

    Attributes
    ----------
    codes : frozenset of str
        Of the refusal; of an archive in which nothing could be read, those of its members.
    counts : Counts or None
        Where it was read.
    failure : str
        Where an error of an unexpected kind came up: its class and where.
    told : bool
        An identifier stands in what people would be shown.
    left : tuple of str
        What still stands in the folder for large members.
    """

    codes: frozenset[str] = frozenset()
    counts: Counts | None = None
    failure: str = ""
    told: bool = False
    left: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def outcome(self) -> str:
        """In one line."""
        what = self.failure or (words(self.counts) if self.counts else " ".join(sorted(self.codes)))
        return what + (" TOLD" if self.told else "") + (f" left={self.left}" if self.left else "")


def seen(path: Path, passwords: tuple[str, ...], spool: Path, whole: bool = True) -> Seen:
    """Read ``path`` as a list of the case is read; where not ``whole``, its people are left alone
    and nothing is counted."""
    began = time.monotonic()
    codes: frozenset[str] = frozenset()
    counts, failure, texts = None, "", ""
    try:
        reading = open_list(path, passwords=passwords, spool=spool)
        if whole:
            summary = build_list(reading, _KEY).summary
            counts, texts = _counts(summary), repr(asdict(summary))
        else:
            rows = sum(block.rows for block in reading.blocks)
            told = (reading.columns, reading.warnings, reading.layout, reading.members)
            counts, texts = Counts({}, rows), repr((told, reading.tables, reading.refusals))
    except InputRefused as error:
        codes = frozenset(inner.code for inner in _innermost(error))
        texts = " ".join(f"{e.message} {e.file} {e.place}" for e in [error, *_innermost(error)])
    except Exception as error:
        failure = f"unreadable ({type(error).__name__}) {_place(error)}"
    left = tuple(sorted(p.name for p in spool.iterdir())) if spool.is_dir() else ()
    told = bool(_IDENTIFIER.search(texts))
    return Seen(codes, counts, failure, told, left, time.monotonic() - began)


def _innermost(error: InputRefused) -> Iterator[InputRefused]:
    if not error.inside:
        yield error
    for inner in error.inside:
        yield from _innermost(inner)


def _counts(summary: ListSummary) -> Counts:
    return Counts(
        {kind: number for kind, number in summary.identifiers.items() if number},
        summary.rows,
        summary.identified_rows,
        summary.refused_rows,
        sum(member.status == "refused" for member in summary.members),
    )


def _place(error: Exception) -> str:
    """The last places of ours in its traceback; never its text, which may quote the file."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "leaktrace" in f.filename]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames[:-4:-1])


def is_right(case: Case, got: Seen) -> bool:
    """Whether what came of the file is what must."""
    if got.failure or got.told or got.left:
        return False
    if got.counts is None:
        return bool(got.codes) and got.codes <= case.refuses
    return any(agrees(counts, got.counts) for counts in case.reads)
