"""What a letter is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from leaktrace.attribution.result import Trace
from leaktrace.report.context import CaseView
from leaktrace.report.letters.choosing import Chosen
from leaktrace.report.letters.disclosure import Disclosure


@dataclass(frozen=True, slots=True)
class Matter:
    """The case, as far as a letter may know it.

    Attributes
    ----------
    case : CaseView
    chosen : Chosen
        The calls.
    disclosure : Disclosure
        Whose number is told.
    trace : Trace or None
        None where the letter does not say where lists come from.
    source : str
        The source that the letter is about, empty for all.
    by_campaign : bool
        A block for each campaign, not for each call (a complaint).
    """

    case: CaseView
    chosen: Chosen = field(repr=False)
    disclosure: Disclosure = field(default_factory=Disclosure, repr=False)
    trace: Trace | None = field(default=None, repr=False)
    source: str = ""
    by_campaign: bool = False

    def traced(self) -> Trace:
        """The trace of a letter that has one."""
        assert self.trace is not None
        return self.trace
