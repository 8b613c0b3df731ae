"""What a case knows: sources, canaries and their plantings, batches, offers. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaktrace.times import Moment

SOURCE_KINDS = (
    "property-viewing", "property-sale", "property-management", "agency", "annual-report",
    "loan-app", "loan-platform", "bank-sms-reply", "hotline-400", "telecom", "web-crawl",
    "education", "car-insurance", "life-insurance", "dental", "logistics", "recruitment", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody with whom people register. ``population`` is None where unknown.

    ``kind`` is one of :data:`SOURCE_KINDS`; ``kind_as_written`` is the word in the table, which may
    be another one (``kind`` is then ``other``).
    """

    id: str
    name: str
    kind: str
    population: int | None
    opened_at: Moment | None = None
    closed_at: Moment | None = None
    access: str = "restricted"
    processors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    own_numbers: tuple[str, ...] = ()
    note: str = ""
    kind_as_written: str = ""


@dataclass(frozen=True, slots=True)
class Planting:
    """A canary given to a source at a time; ``source`` None is a control, never planted."""

    source: str | None
    planted_at: Moment


@dataclass(frozen=True, slots=True)
class Canary:
    """A planted identity, without the identity itself.

    ``tokens`` are all tokens it would show in a list, full and derived partial ones, by kind.
    ``carrier`` and ``region`` are those of its mobile (identifiers.segments), 0 where none.
    """

    id: str
    plantings: tuple[Planting, ...]
    tokens: Mapping[str, tuple[int, ...]]
    carrier: int = 0
    region: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """One sighting of one list. ``digest`` names the stored list (the SHA-256 of the original).

    What was said of it (``seller`` … ``note``) is as typed: identifiers in it are masked wherever
    it is shown.
    """

    id: str
    file: str
    sha256: str
    seen_at: Moment
    rows: int
    identified_rows: int
    unidentified_rows: int
    refused_rows: int
    duplicate_rows: int
    people: int
    identifiers: Mapping[str, int] = field(default_factory=dict)
    seller: str = field(default="", repr=False)
    offer_id: str = field(default="", repr=False)
    claimed_kind: str = field(default="", repr=False)
    price: str = field(default="", repr=False)
    price_unit: str = ""
    currency: str = ""
    note: str = field(default="", repr=False)
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """A source's own list, attached: an exact list (``scaled`` 1) or a sketch of one."""

    source: str
    file: str
    sha256: str
    scaled: int
    people: int
    rows: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What a seller advertised, with or without a list in hand.

    ``price`` is None where none was told; ``price_unit`` is ``per-number``, ``total`` or empty;
    ``claimed_carrier`` is a code of ``identifiers.segments.CARRIERS`` where it means one, and
    ``currency`` an ISO code where it means one; ``batch_id`` may name a batch that is not there
    yet. The rest is as typed: identifiers in it are masked wherever it is shown.
    """

    id: str
    seen_at: Moment
    seller: str = field(default="", repr=False)
    platform: str = field(default="", repr=False)
    claimed_kind: str = field(default="", repr=False)
    claimed_app: str = field(default="", repr=False)
    claimed_channel: str = field(default="", repr=False)
    claimed_carrier: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    price: float | None = None
    price_unit: str = ""
    currency: str = ""
    min_order: str = field(default="", repr=False)
    batch_id: str = ""
    note: str = field(default="", repr=False)
