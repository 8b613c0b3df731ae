"""The letter for an audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leaktrace.report.letters.carrier import carrier
from leaktrace.report.letters.company import company
from leaktrace.report.letters.complaint import complaint
from leaktrace.report.letters.letter import (
    CARRIER,
    COMPANY,
    COMPLAINT,
    POLICE,
    PRESS,
    REGULATOR,
    TRACED,
    Letter,
)
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.naming import check_source
from leaktrace.report.letters.police import police
from leaktrace.report.letters.press import press
from leaktrace.report.letters.regulator import regulator

_MAKERS: Mapping[str, Callable[[Matter], Letter]] = {
    COMPLAINT: complaint,
    POLICE: police,
    REGULATOR: regulator,
    CARRIER: carrier,
    COMPANY: company,
    PRESS: press,
}


def make_letter(audience: str, matter: Matter) -> Letter:
    """The letter for ``audience`` about ``matter``.

    Raises
    ------
    UsageError, LeaktraceError
        Where it would name a source for which nothing speaks (see ``naming.check_source``).
    """
    if audience in TRACED:
        check_source(audience, matter.source, matter.case.sources(), matter.traced())
    return _MAKERS[audience](matter)
