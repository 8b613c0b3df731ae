"""What ``trace`` finds, in the terms of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Interval:
    """A 90% interval with its best estimate, all in [0, 1]."""

    low: float
    estimate: float
    high: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence about a source, leave-one-out.

    ``log10_lr`` is how much the source's ``log10_lr`` falls without this piece. ``code`` is stable
    (``canary.hit``, ``canary.miss``, ``reference.overlap`` …), ``detail`` its facts (counts, canary
    ids; never an identifier of a person), ``text`` the sentence in the chosen language.
    """

    kind: str
    source: str
    log10_lr: float
    code: str
    detail: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """A source's part in a batch."""

    source: str
    posterior: float
    prior: float
    share: Interval
    log10_lr: float
    capped: bool
    support: str


@dataclass(frozen=True, slots=True)
class Parent:
    """An earlier batch that this one was cut from."""

    batch: str
    posterior: float
    share: float


@dataclass(frozen=True, slots=True)
class BatchFinding:
    """The answer for one batch.

    ``undecided`` is what evidence would decide, in words (empty unless the verdict is
    ``undetermined``); ``alternative`` is the best innocent explanation, in words.
    """

    batch: str
    file: str
    sha256: str
    seen_at: str
    rows: int
    identified_rows: int
    people: int
    verdict: str
    sources: tuple[SourceFinding, ...]
    unexplained_share: Interval
    made_up_share: Interval
    parents: tuple[Parent, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    undecided: tuple[Mapping[str, Any], ...] = ()
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Two batches that share people; ``share`` is the part of the smaller one."""

    earlier: str
    later: str
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What the whole case says of a source; ``leaked`` is None for a public one."""

    source: str
    leaked: float | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """Which model answered, with its prior and its limits."""

    name: str
    version: str
    prior: Mapping[str, Any]
    limits: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole answer: :meth:`leaktrace.attribution.trace_case` returns it."""

    model: Model
    batches: tuple[BatchFinding, ...]
    sources: tuple[SourceSummary, ...]
    overlap: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
