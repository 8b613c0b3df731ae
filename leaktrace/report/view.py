"""What the page shows, as plain values; the templates only lay them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaktrace.report.fallview import FallView

Pairs = tuple[tuple[str, str], ...]
"""Labels and values, in order."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source's part in a list; ``strength`` is the posterior in whole percent, for a bar."""

    name: str
    odds: str
    strength: int
    ratio: str
    support: str
    share: str


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A share with its interval; positions in percent of the list's people."""

    name: str
    style: str
    low: float
    estimate: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence; ``width`` is the bar's, in percent of half the column."""

    text: str
    ratio: str
    against: bool
    width: float
    support: str


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """The evidence about one source, or about the list as a whole.

    ``fall`` is the source's waterfall, ``notes`` what else could be and what other priors make.
    """

    about: str
    rows: tuple[EvidenceRow, ...]
    fall: FallView | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListView:
    """One list: its line in the tables and its own part of the report.

    ``lead`` is the source to be named first (several names where they tie), None where none stands
    out; ``more`` is how many stand out beside it.
    """

    anchor: str
    name: str
    verdict: str
    verdict_word: str
    sentence: str
    people: str
    lead: SourceRow | None
    sources: tuple[SourceRow, ...]
    more: int
    others: str
    shares: tuple[ShareBar, ...]
    evidence: tuple[EvidenceGroup, ...]
    parents: tuple[str, ...]
    alternative: str
    undecided: tuple[str, ...]
    custody: Pairs
    contributors: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictGroup:
    """The lists of one verdict."""

    verdict: str
    word: str
    meaning: str
    lists: tuple[ListView, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What the whole case says of one source."""

    name: str
    kind: str
    reference: str
    canaries: str
    lists: str
    leaked: str
    strength: int


@dataclass(frozen=True, slots=True)
class HeardView:
    """What calls say of one source; ``ratio`` is theirs, ``odds`` from lists and calls together.

    ``open`` says whether its evidence is unfolded, ``notes`` are what its calls do not say.
    """

    name: str
    odds: str
    strength: int
    ratio: str
    support: str
    open: bool
    evidence: tuple[EvidenceRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One overlap; ``style`` names its colour."""

    text: str
    style: str
    title: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The overlaps of one list."""

    anchor: str
    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Lists down, sources across; ``columns`` holds (id, whole name), ``steps`` the
    share of a list at which each colour begins."""

    columns: Pairs
    rows: tuple[HeatRow, ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A node of the picture; ``x``, ``y`` are its upper left corner."""

    x: float
    y: float
    width: float
    label: str
    style: str
    title: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """An edge of the picture, as an SVG path."""

    path: str
    width: float
    style: str
    title: str


@dataclass(frozen=True, slots=True)
class Chip:
    """The canaries that stand in a list, written beside it."""

    x: float
    y: float
    lines: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The graph, laid out."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    chips: tuple[Chip, ...]
    headings: tuple[tuple[float, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """One step of the ENFSI scale; ``reach`` says whether this version may go so far."""

    range: str
    word: str
    reach: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read the odds."""

    paragraphs: tuple[str, ...]
    scale: tuple[Scale, ...]
    prior: Pairs
    limits: Pairs


@dataclass(frozen=True, slots=True)
class TwinRow:
    """Who usually holds the same people as a kind of source; ``present``: one is in the case."""

    kind: str
    own: str
    copy: str
    present: bool


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A canary whose identity this report discloses."""

    name: str
    identity: Pairs


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole page.

    ``words`` are the fixed texts, by name; ``name_width`` is the room for a list's name, in em.
    ``heard`` are the sources that calls speak of, ``told`` what they tell in short.
    """

    language: str
    words: Mapping[str, str]
    facts: Pairs
    notices: tuple[str, ...]
    groups: tuple[VerdictGroup, ...]
    lists: tuple[ListView, ...]
    told: tuple[str, ...]
    heard: tuple[HeardView, ...]
    not_said: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    picture: Picture | None
    heat_map: HeatMap | None
    reading: Reading
    twins: tuple[TwinRow, ...]
    assumptions: tuple[str, ...]
    legal: tuple[str, ...]
    disclosed: tuple[Disclosed, ...]
    many: bool
    name_width: float
    version: str
