"""Numbers as people read them, in report and terminal alike: never more certain than they are."""

from __future__ import annotations

import math

from leaktrace.attribution.result import Interval
from leaktrace.graph.evidence import FEWEST
from leaktrace.messages import _

TOP_POSTERIOR = 0.9999


def count_text(count: int) -> str:
    """``count`` with its thousands set apart."""
    return f"{count:,}"


def people_text(count: int) -> str:
    """An overlap as it may be shown: empty for none, ``<5`` for one to four people."""
    if count <= 0:
        return ""
    return f"<{FEWEST}" if count < FEWEST else count_text(count)


def odds_text(probability: float) -> str:
    """A probability in percent, cut and never rounded up, at most 99.99%.

    Rounding would lift 94.96% to a threshold that it did not reach.
    """
    hundredths = round(min(probability, TOP_POSTERIOR) * 1e6) // 100
    if hundredths >= 9_900:
        return _trimmed(hundredths / 100, 2) + "%"
    if hundredths >= 1_000:
        return _trimmed(hundredths // 10 / 10, 1) + "%"
    if hundredths >= 10:
        return _trimmed(hundredths / 100, 1) + "%"
    return "<0.1%"


def share_text(share: float) -> str:
    """A share in whole percent; ``<1%`` for what is there but small."""
    percent = round(share * 100)
    return "<1%" if percent == 0 and share > 0 else f"{percent}%"


def interval_text(low: float, high: float) -> str:
    """A share's interval: ``91–100%``."""
    return f"{round(low * 100)}–{round(high * 100)}%"


def share_interval_text(share: Interval) -> str:
    """A share with its interval: ``97% (91–100%)``."""
    return _("{share} ({interval})").format(
        share=share_text(share.estimate), interval=interval_text(share.low, share.high)
    )


def times_text(log10_ratio: float) -> str:
    """A likelihood ratio's size as a plain number at two digits: ``2,500``, ``1.6``."""
    ratio: float = 10.0 ** abs(log10_ratio)
    if ratio < 10:
        return _trimmed(ratio, 1)
    digits = math.floor(math.log10(ratio)) - 1
    return count_text(int(round(ratio / 10**digits) * 10**digits))


def signed_text(log10_ratio: float) -> str:
    """A log10 likelihood ratio with its sign (a true minus): ``+3.1``, ``−0.4``."""
    rounded = round(log10_ratio, 1)
    if rounded == 0:
        return "0"
    return f"+{rounded:.1f}" if rounded > 0 else f"−{-rounded:.1f}"


def size_text(size: int) -> str:
    """A file's size in bytes, and in MB where that is easier to read."""
    if size < 1_000_000:
        return _("{count} bytes").format(count=count_text(size))
    return _("{count} bytes ({megabytes} MB)").format(
        count=count_text(size), megabytes=f"{size / 1e6:.1f}"
    )


def _trimmed(number: float, digits: int) -> str:
    text = f"{number:.{digits}f}"
    return text.rstrip("0").rstrip(".")
