"""What the question "who leaked?" needs of calls: lines, touches, and the answer. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Spans = tuple[tuple[float, float], ...]


def within(at: float, spans: Spans) -> bool:
    """Whether a time lies in one of ``spans``, their ends in them."""
    return any(low <= at <= high for low, high in spans)


@dataclass(frozen=True, slots=True)
class Line:
    """One phone number that rings for one or several canaries.

    Attributes
    ----------
    canaries : tuple of str
    planted : mapping of str to float
        Since when each source knows the number (seconds since 1970); empty for a control.
    spans : tuple of (float, float)
        When a call to it would have been noted, in order (seconds since 1970).
    block : str
        The digits that neighbouring numbers share; empty where it has none.
    known_to_ring : bool
        Heartbeats say so; else silence may be that of a dead phone.
    """

    canaries: tuple[str, ...]
    planted: Mapping[str, float]
    spans: Spans
    block: str = field(default="", repr=False)
    known_to_ring: bool = False

    def listened(self, at: float) -> bool:
        """Whether a call at that time would have been noted."""
        return within(at, self.spans)


@dataclass(frozen=True, slots=True)
class Touch:
    """That one campaign, or one caller, reached one line; however often it rang.

    Attributes
    ----------
    line : int
        Position of the line.
    at : float
        When it first did (seconds since 1970).
    sector : str
        A code of ``calls.sectors``, empty where nobody knows.
    fixed : bool
        From a number that a firm rents for long.
    group : int
        The campaign: touches of several lines share it; -1 where it touched this line alone.
    recites : frozenset of str
        Sources at which was told what the caller recited.
    only_named : bool
        That was a name alone, which may be somebody's true one, or known from elsewhere.
    """

    line: int
    at: float
    sector: str = ""
    fixed: bool = False
    group: int = -1
    recites: frozenset[str] = frozenset()
    only_named: bool = False


@dataclass(frozen=True, slots=True)
class Business:
    """What is known of a source beforehand.

    Attributes
    ----------
    sector : str
        A code of ``calls.sectors``; empty where nobody knows it.
    recipients : bool
        It declares whom it lawfully tells: they may ring, about anything.
    public : bool
        Anyone can read what it holds.
    """

    sector: str = ""
    recipients: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was heard, as far as it may be evidence.

    Attributes
    ----------
    lines : tuple of Line
    touches : tuple of Touch
        By time, without what a source or its recipients were expected to do.
    sources : mapping of str to Business
        All with a line, no others.
    start, end : float
        The time that the log covers.
    expected : mapping of str to int
        How many calls to canaries of each source were such as it may place.
    """

    lines: tuple[Line, ...]
    touches: tuple[Touch, ...]
    sources: Mapping[str, Business]
    start: float
    end: float
    expected: Mapping[str, int] = field(default_factory=dict)

    @property
    def controls(self) -> list[int]:
        """Positions of the lines that were given to nobody, and listened to."""
        return [at for at, one in enumerate(self.lines) if not one.planted and one.spans]


@dataclass(frozen=True, slots=True)
class Piece:
    """By how much the log10 likelihood ratio falls without one kind of evidence.

    ``kind`` is ``excess`` (more calls than elsewhere), ``campaign`` (campaigns that ring its
    canaries and few others) or ``recited`` (marks that were told there).
    """

    kind: str
    log10_lr: float


@dataclass(frozen=True, slots=True)
class SourceCalls:
    """What the calls say of one source.

    Attributes
    ----------
    source : str
    log10_lr : float
        Of "such data of it circulates" against "it does not", from all calls, the canaries that it
        shares with other sources decoded together with theirs.
    pieces : tuple of Piece
        Of its own lines alone, those that say something.
    lines, rung : int
        Lines that were planted there and listened to; how many of them were touched after it.
    touches : int
        On these, after the planting.
    due : float
        Touches that the background would have brought them.
    expected : int
        Calls that it or its recipients placed, as they may.
    recited : int
        Touches in which marks told there were recited.
    rings_itself : float
        The probability that it rings its own registrants from numbers that it did not declare.
    """

    source: str
    log10_lr: float
    pieces: tuple[Piece, ...]
    lines: int
    rung: int
    touches: int
    due: float
    expected: int
    recited: int
    rings_itself: float
