"""Proportions as people say them: ``93 in 100 (91–95)``."""

from __future__ import annotations

from math import ceil, floor, isnan

from leaktrace.messages import _
from leaktrace.report.numbers import count_text, times_text
from leaktrace.workflows.calibration.reliability import wilson

FEW = 20
"""Of fewer a rate would say more than is known: they are counted."""

_MANY = 200
_NEAR = 0.015


def rate_text(count: int, of: int) -> str:
    """``93 in 100 (91–95)``: a proportion with its 95% interval, rounded outwards.

    In a thousand where it is near 0 or 1 and there are enough; counted where there are few. ``all
    482 (at least 992 in 1,000)`` and ``none (at most …)`` are kept for what is exactly that.
    """
    if of == 0:
        return "–"
    if of < FEW:
        return of_text(count, of)
    share = count / of
    base = 1000 if of >= _MANY and min(share, 1 - share) < _NEAR else 100
    low, high = wilson(count, of)
    least, most = count_text(floor(low * base)), count_text(ceil(high * base))
    whole = count_text(base)
    if count == of:
        text = _("all {count} (at least {low} in {base})")
        return text.format(count=count_text(of), low=least, base=whole)
    if count == 0:
        return _("none (at most {high} in {base})").format(high=most, base=whole)
    parts = count_text(min(max(round(share * base), 1), base - 1))
    text = _("{count} in {base} ({low}–{high})")
    return text.format(count=parts, base=whole, low=least, high=most)


def of_text(count: int, of: int) -> str:
    """``3 of 1,234``."""
    return _("{count} of {total}").format(count=count_text(count), total=count_text(of))


def at_most_text(count: int, of: int) -> str:
    """The upper end of the interval: ``≤2.4%``; empty of nothing."""
    return f"≤{ceil(wilson(count, of)[1] * 1000) / 10:g}%" if of else ""


def percent_text(share: float) -> str:
    """A share with one digit, cut and never rounded up to all: ``99.9%``; a dash for none known."""
    if isnan(share):
        return "–"
    if 0 < share < 0.001:
        return "<0.1%"
    return f"{floor(share * 1000 + 1e-9) / 10:.1f}%" if 0 < share < 1 else f"{share:.0%}"


def number_text(value: float | None, digits: int = 3) -> str:
    """A figure between -1 and 1, or a dash where there was nothing to measure."""
    if value is None or isnan(value):
        return "–"
    text = f"{value:.{digits}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{digits}f}"


def power_text(log10_ratio: float | None) -> str:
    """A likelihood ratio by its power of ten, and as a number: ``10^3.4 (about 2,500)``."""
    if log10_ratio is None or isnan(log10_ratio):
        return "–"
    power = number_text(log10_ratio, 2)
    size = times_text(log10_ratio)
    if log10_ratio < 0:
        return _("10^{power} (about 1/{size})").format(power=power, size=size)
    return _("10^{power} (about {size})").format(power=power, size=size)
