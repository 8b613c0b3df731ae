"""What is new in a case: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field

from leaktrace.calls.records import Call, Campaign
from leaktrace.canary.pool.duties import Duty
from leaktrace.case.records import Batch, Planting
from leaktrace.times import Moment


@dataclass(frozen=True, slots=True)
class Hit:
    """A canary that stands in a batch.

    Attributes
    ----------
    canary, batch : str
    at : Moment
        When the batch was seen.
    planted : tuple of Planting
        Where the canary was planted; a control nowhere.
    """

    canary: str
    batch: str
    at: Moment
    planted: tuple[Planting, ...]


@dataclass(frozen=True, slots=True)
class Rise:
    """A source whose ``leaked`` rose past a mark.

    Attributes
    ----------
    source : str
    leaked : float
        The probability that its data circulate, as ``trace`` says.
    marks : tuple of float
        Those that it passed since the last watch, lowest first.
    before : float or None
        What it was at the last watch; None where there was none.
    """

    source: str
    leaked: float
    marks: tuple[float, ...]
    before: float | None


@dataclass(frozen=True, slots=True)
class Burnt:
    """A canary, or a number of the pool, that was marked as burnt.

    Attributes
    ----------
    subject, id : str
        ``"canary"`` or ``"number"``, and its id.
    at : Moment
        Since when others know of it.
    why : str
        As somebody typed it: identifiers in it are masked wherever it is shown.
    """

    subject: str
    id: str
    at: Moment
    why: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class News:
    """What nobody was told of yet.

    Attributes
    ----------
    first : bool
        Nothing was told of this case before, so that this is all there is.
    calls : tuple of Call
        By time.
    campaigns : tuple of Campaign
        Those that a new call belongs to, whole.
    batches : tuple of Batch
    hits : tuple of Hit
        By canary and batch.
    rises : tuple of Rise
        By source.
    burnt : tuple of Burnt
        In the order in which they were marked.
    duties : tuple of Duty
        What became due.
    """

    first: bool = False
    calls: tuple[Call, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    batches: tuple[Batch, ...] = ()
    hits: tuple[Hit, ...] = ()
    rises: tuple[Rise, ...] = ()
    burnt: tuple[Burnt, ...] = ()
    duties: tuple[Duty, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(
            self.calls or self.batches or self.hits or self.rises or self.burnt or self.duties
        )
