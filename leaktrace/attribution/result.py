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


BY_CALLS = "leaked.calls"
"""The code of the piece of evidence that all calls about a source make together."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence about a source, leave-one-out.

    ``log10_lr`` is how much the source's ``log10_lr`` falls without this piece. ``code`` is stable
    (``canary.hit``, ``canary.miss``, ``reference.overlap`` …), ``detail`` its facts (counts, canary
    ids; never an identifier of a person), ``text`` the sentence in the chosen language.
    ``without`` is the source's ``log10_lr`` without this piece, cut as that is; None where the
    piece is about no source.
    """

    kind: str
    source: str
    log10_lr: float
    code: str
    detail: Mapping[str, Any]
    text: str
    without: float | None = None


@dataclass(frozen=True, slots=True)
class Innocent:
    """In what way a source would have nothing to do with a batch.

    Attributes
    ----------
    kind : str
        The likeliest way: ``twin``, ``overlap``, ``other-road`` (its canaries came by another road)
        or ``elsewhere``.
    parts : mapping
        Of all explanations in which it is innocent, the part of each way; they sum to 1.
    twins : str
        Who usually holds the same people, in words.
    """

    kind: str
    parts: Mapping[str, float]
    twins: str


@dataclass(frozen=True, slots=True)
class Innocents:
    """Innocents like a named source, drawn at random.

    Attributes
    ----------
    drawn : int
    as_high : int
        How many of them would have scored as high as the source.
    upper : float
        Upper 95% bound of the part of all innocents like it that would.
    """

    drawn: int
    as_high: int
    upper: float


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
    innocent: Innocent | None = None
    innocents: Innocents | None = None
    rests_on: str = "neither"


@dataclass(frozen=True, slots=True)
class Parent:
    """An earlier batch that this one was cut from."""

    batch: str
    posterior: float
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """One way to explain a batch: who contributed to it.

    Attributes
    ----------
    contributors : int
        How many, whoever they are.
    sources : mapping
        Known sources to their shares of the people who are not made up.
    twins : tuple of str
        The sources of whom an unseen twin contributed.
    silent : int
        Contributors that are one of the known sources without a list and without a canary found.
    unseen : bool
        Whether a source that nobody listed contributed.
    log10_odds : float
        Against the best explanation, at most 0.
    posteriors : mapping
        With so many contributors, the posterior of each likely source.
    """

    contributors: int
    sources: Mapping[str, float]
    twins: tuple[str, ...]
    silent: int
    unseen: bool
    log10_odds: float
    posteriors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Contributors:
    """The best explanation of a batch, and the best with one contributor fewer and one more (None
    where none comes near enough to be weighed)."""

    best: Explanation
    fewer: Explanation | None
    more: Explanation | None


@dataclass(frozen=True, slots=True)
class FitCheck:
    """Something that an explanation of a batch predicts, and what was observed.

    Attributes
    ----------
    code : str
        ``fit.patterns``, ``fit.canaries``, ``fit.strays``, ``fit.dates``, ``fit.coverage`` or
        ``fit.cells``.
    sources : tuple of str
        What it is about.
    observed, expected : float
        Counts of people or canaries.
    p : float
        The probability of something as far off, or farther, if the explanation holds.
    text : str
        The same in the chosen language.
    """

    code: str
    sources: tuple[str, ...]
    observed: float
    expected: float
    p: float
    text: str


@dataclass(frozen=True, slots=True)
class ModelFit:
    """Whether the model fits a batch of which something would be stated.

    Attributes
    ----------
    fits : bool
        Whether what is stated holds on the explanations that fit.
    checks : tuple of FitCheck
        Of the best explanation, the least likely first.
    innocent : tuple of FitCheck
        The same of the best explanation in which nobody who would be named contributed; empty
        where none was weighed.
    refused : tuple of str
        The sources that would have been stated at 0.95 or more, and are not for want of fit.
    """

    fits: bool
    checks: tuple[FitCheck, ...]
    innocent: tuple[FitCheck, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchFinding:
    """The answer for one batch.

    ``undecided`` is what evidence would decide, in words (empty unless the verdict is
    ``undetermined`` or the model does not fit); ``alternative`` is the best innocent explanation,
    in words; ``fit`` is None where nothing would be stated.
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
    contributors: Contributors | None = None
    fit: ModelFit | None = None


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

    @property
    def by_calls(self) -> Evidence | None:
        """What all calls together say of it; None where none of its numbers was listened to."""
        return next((piece for piece in self.evidence if piece.code == BY_CALLS), None)


@dataclass(frozen=True, slots=True)
class Model:
    """Which model answered, with its prior and its limits; ``off`` are the kinds of evidence that
    were turned off."""

    name: str
    version: str
    prior: Mapping[str, Any]
    limits: Mapping[str, Any]
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something that could be done next, see :mod:`leaktrace.attribution.planning`.

    Attributes
    ----------
    code : str
        ``plant``, ``reference``, ``fresh-reference``, ``cells`` or ``parent``.
    source : str
        Where; empty where it is about no source.
    batches : tuple of str
        The open batches on which it bears.
    amount : int
        Canaries to plant, or about how many people an unseen list holds; 0 for the rest.
    bits : float
        By how much the uncertainty about the open batches is expected to fall.
    settles : float
        The probability that one of them is settled by it.
    footing : str
        What the figures rest on: ``measured``, ``told`` or ``assumed``.
    text : str
        What to do, in the chosen language.
    """

    code: str
    source: str
    batches: tuple[str, ...]
    amount: int
    bits: float
    settles: float
    footing: str
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole answer: :meth:`leaktrace.attribution.trace_case` returns it."""

    model: Model
    batches: tuple[BatchFinding, ...]
    sources: tuple[SourceSummary, ...]
    overlap: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    next: tuple[NextStep, ...] = ()
    open_bits: float = 0.0
