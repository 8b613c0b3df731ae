"""What is known of calls and campaigns: frozen values, and the codes in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from leaktrace.times import Moment

ROBOT, HUMAN, SMS, UNKNOWN = "robot", "human", "sms", "unknown"
KINDS = (ROBOT, HUMAN, SMS, UNKNOWN)

AI, SALES_SIM, CALL_BACK, WHITELISTED = "ai", "sales-sim", "call-back", "whitelisted"
MODES = (AI, SALES_SIM, CALL_BACK, WHITELISTED, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Caller:
    """A calling number, and what its digits alone tell.

    Attributes
    ----------
    number : str
        Its normal form (digits, a foreign one with its country code); empty where it was hidden.
        A person's number: it is shown masked.
    kind : str
        ``mobile``, ``virtual`` (a virtual operator's), ``landline``, ``95``, ``96``, ``400``,
        ``service``, ``sms-port`` (106…), ``foreign``, ``hidden``, ``other``.
    carrier : str
        A mobile's carrier of issue (``identifiers.CARRIERS``), empty where unknown.
    region : str
        Where a mobile or landline was issued, in Chinese, empty where unknown. A number is chosen
        for it: it says nothing of where the caller sits.
    block : str
        The digits that a block of numbers shares: those of a mobile but the last four. One number
        of a company is its own block.
    """

    number: str = field(repr=False)
    kind: str
    carrier: str = ""
    region: str = ""
    block: str = field(default="", repr=False)

    @property
    def fixed(self) -> bool:
        """Whether such numbers are rented for long, so that one caller keeps it: not a mobile."""
        return self.kind in ("95", "96", "400", "landline", "service", "sms-port")


@dataclass(frozen=True, slots=True)
class RecitedMarks:
    """Marks of one planting that a caller recited: of which canary, told at which source (None for
    a control), and which kinds of them (``name``, ``road``, ``layout`` …)."""

    canary: str
    source: str | None
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call to a canary's number, or a message.

    Attributes
    ----------
    id : str
        Keyed: it says nothing of the numbers.
    canaries : tuple of str
        Those whose number was called: several where they share it.
    at : Moment
        When it began.
    caller : Caller
    duration_s : float or None
        Seconds.
    kind : str
        One of :data:`KINDS`, as said; where nobody said, as the transcript tells.
    call_mode : str
        One of :data:`MODES`, as said.
    sector : str
        A code of ``calls.sectors``, as said; where nobody said, as the transcript tells; empty
        where that tells nothing.
    claims_to_be : str
        Whom the caller said to be.
    transcript : str
    recited : tuple of RecitedMarks
        What the transcript recites of the plantings of the called canaries.
    inferred : tuple of str
        Which of ``kind`` and ``sector`` were read out of the transcript.
    """

    id: str
    canaries: tuple[str, ...]
    at: Moment
    caller: Caller
    duration_s: float | None = None
    kind: str = UNKNOWN
    call_mode: str = UNKNOWN
    sector: str = ""
    claims_to_be: str = field(default="", repr=False)
    transcript: str = field(default="", repr=False)
    recited: tuple[RecitedMarks, ...] = ()
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its interval of 90%."""

    low: float
    estimate: float
    high: float


@dataclass(frozen=True, slots=True)
class Size:
    """How long a campaign's list is, and how fast it is called.

    Attributes
    ----------
    people : Interval or None
        People of the sources in ``sources`` whose numbers were dialled; None where no such source
        has a known population, or fewer than two canaries were hit.
    dials_a_day : Interval or None
        Dials a day over the campaign's days; None without ``people``, or where one instant saw
        every hit.
    days : Interval or None
        How long it was called, from the spread of the hits.
    sources : tuple of str
        Whose canaries say so.
    hit, planted : int
        How many of the canaries there were called, and how many could have been.
    why_none : str
        A code where ``people`` is None: ``few-hits``, ``no-population``.
    """

    people: Interval | None
    dials_a_day: Interval | None
    days: Interval | None
    sources: tuple[str, ...]
    hit: int
    planted: int
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Funnel:
    """A second stage: ``first`` was a robot's call or a message, ``second`` the call of a human to
    the same canary soon after. ``basis`` is why they belong together: ``recited``, ``caller``,
    ``sector``, ``script``."""

    canary: str
    first: str
    second: str
    basis: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """Calls that somebody placed down one list.

    Attributes
    ----------
    id : str
        After its first call.
    calls : tuple of str
        Ids of calls, by time.
    canaries : tuple of str
        Whom it links.
    sources : tuple of str
        Where these were planted before the campaign's last call.
    first, last : Moment
    sector : str
        The one that most of its calls are in; empty where nobody knows.
    basis : tuple of str
        What puts its calls together: ``script``, ``caller``, ``block``, ``funnel``.
    numbers : int
        How many distinct numbers called.
    blocks : int
        How many blocks of numbers these are of.
    rotating : bool
        The number changes from call to call: it is nobody's identity.
    funnels : tuple of Funnel
    recited : tuple of RecitedMarks
        All that was recited in it.
    size : Size or None
        None until it was estimated.
    """

    id: str
    calls: tuple[str, ...]
    canaries: tuple[str, ...]
    sources: tuple[str, ...]
    first: Moment
    last: Moment
    sector: str
    basis: tuple[str, ...]
    numbers: int
    blocks: int
    rotating: bool
    funnels: tuple[Funnel, ...] = ()
    recited: tuple[RecitedMarks, ...] = ()
    size: Size | None = None
