"""Planting: giving a number of the pool to a source, with all that is to be proven of it later.

A number is one canary, called as the number is unless another id is given. Where a plan gives one
number to several sources, each planting is recorded with its own marks; the canary's identity is
then the number alone, since a name that one source was told would miss it at the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leaktrace.canary.files import opened
from leaktrace.canary.planter import Planter, ToPlant
from leaktrace.case.case import Case
from leaktrace.case.lines import LineRefused
from leaktrace.case.outcomes import ImportOutcome
from leaktrace.errors import LeaktraceError
from leaktrace.times import Moment

__all__ = ["ALWAYS", "Planter", "ToPlant", "evidence_sha256", "plant", "planting"]

ALWAYS = Moment(0.0, 0.0, "")
"""The date of a control, which is planted nowhere."""


def plant(case: Case, one: ToPlant) -> ImportOutcome:
    """Record one planting; known already, it changes nothing.

    Raises
    ------
    LeaktraceError
        With the code of why not: ``unknown-number``, ``unknown-source``, ``not-free``, ``in-use``,
        ``control``, ``own-number``, ``unlawful``, ``no-authority``, ``future`` …
    """
    try:
        with planting(case, number=one.number, source=one.source) as planter:
            status = planter.take(one)
    except LineRefused as refused:
        raise LeaktraceError(refused.reason, code=refused.code) from None
    added = status == "added"
    return ImportOutcome(added=added, unchanged=not added, warnings=planter.warnings)


def evidence_sha256(path: Path) -> str:
    """The SHA-256 of a screenshot or a receipt, which is kept elsewhere.

    Raises
    ------
    InputRefused
        If it cannot be read.
    """
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def planting(case: Case, **arguments: str | None) -> Iterator[Planter]:
    """The case held to record plantings in one transaction."""
    with case.writing("canary plant", **arguments) as writer, writer.one_input():
        planter = Planter(case, writer)
        yield planter
        planter.finish()
