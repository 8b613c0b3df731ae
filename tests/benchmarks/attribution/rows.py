"""What is kept of a scored world: the truth, and what each method said. Plain values, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OURS = "leaktrace"
LIKELY, STATED = 0.5, 0.95


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method says of one batch.

    Attributes
    ----------
    scores : mapping
        Source id to a posterior, or to a number in [0, 1] that stands for one; 0 if not there.
    likely, stated : frozenset of str
        The sources named: by us at a posterior of 0.5 and of 0.95; a baseline, which knows no such
        levels, by its own rule, the same in both.
    parents : mapping
        Earlier batch to the probability that this one was cut from it.
    """

    scores: Mapping[str, float]
    likely: frozenset[str] = frozenset()
    stated: frozenset[str] = frozenset()
    parents: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """A source as ``trace`` lists it: its likelihood ratio, and its share with a 90% interval."""

    log10_lr: float
    low: float
    estimate: float
    high: float


@dataclass(frozen=True, slots=True)
class BatchTruth:
    """What is true of one batch.

    Attributes
    ----------
    id, type : str
    root : bool
        No row was taken from an earlier list, seen by the case or not.
    cells : bool
        It carries an address, an amount, a date or a remark.
    made_up : float
        Share of made-up people.
    sources : mapping
        The known sources that at least max(5, 1%) of the people are from, with their shares.
    evident : mapping
        Those of them that are evident, and by what: ``list``, ``canaries`` or ``both``.
    parents : mapping
        Earlier batch to the share of the rows that were taken from it.
    """

    id: str
    type: str
    root: bool
    cells: bool
    made_up: float
    sources: Mapping[str, float]
    evident: Mapping[str, str]
    parents: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WorldRow:
    """One world, scored.

    Attributes
    ----------
    sources, referenced, untold : tuple of str
        The known sources; those with a reference list; those of the latter that nothing tells from
        a twin: no canary, and no list of theirs or of their twin carries cells.
    batches : tuple of BatchTruth
        In the order in which the case saw them.
    answers : mapping
        Method to batch to :class:`Answer`.
    listed : mapping
        Batch to source to what ``trace`` says of it, for the sources that it lists.
    looks_untold : mapping
        Batch without cells to those ``untold`` sources whose list holds at least max(5, 1%) of its
        people; nobody for a batch with cells.
    said_open : tuple of str
        The batches whose verdict is ``undetermined`` with the reasons given.
    unlisted : float
        log10 likelihood ratio of a source that is not listed: at most this.
    bound : float
        log10 of the largest likelihood ratio that the model may say.
    seconds : float
        What ``trace`` took.
    """

    version: str
    family: str
    seed: int
    sources: tuple[str, ...]
    referenced: tuple[str, ...]
    untold: tuple[str, ...]
    batches: tuple[BatchTruth, ...]
    answers: Mapping[str, Mapping[str, Answer]]
    listed: Mapping[str, Mapping[str, Listed]]
    looks_untold: Mapping[str, tuple[str, ...]]
    said_open: tuple[str, ...]
    unlisted: float
    bound: float
    seconds: float

    def answer(self, method: str, batch: str) -> Answer:
        """What ``method`` says of ``batch``."""
        return self.answers[method][batch]
