"""The waterfall of a source in words and figures, and as a picture; the terminal shows the same."""

from __future__ import annotations

from dataclasses import dataclass

from leaktrace.attribution.explaining.waterfall import Waterfall
from leaktrace.attribution.result import Evidence
from leaktrace.messages import _
from leaktrace.report.fallview import FallBar, FallMark, FallView
from leaktrace.report.fitting import fitted
from leaktrace.report.numbers import odds_text, signed_text
from leaktrace.report.words import listed, piece_word, support_word

WIDTH, ROW, TOP, TALL = 860.0, 27.0, 44.0, 15.0
LABEL, NUMBER, LEFT, RIGHT = 4.0, 312.0, 330.0, 852.0
SIZE = 13
LEAST_REACH = 4.0
"""log10 of the odds at which a posterior ends: the picture never reaches less far."""


@dataclass(frozen=True, slots=True)
class FallRow:
    """One row of a waterfall.

    Attributes
    ----------
    style : str
        ``prior``, ``piece``, ``total`` or ``posterior``.
    label : str
        What it is, in a few words.
    value : float
        log10 of odds or of a ratio.
    number : str
        The value as it is shown.
    word : str
        What it says in words.
    """

    style: str
    label: str
    value: float
    number: str
    word: str


def fall_rows(fall: Waterfall, cap: float) -> tuple[FallRow, ...]:
    """The rows of ``fall``, from what was assumed beforehand to the probability."""
    before = _("beforehand: {prior}").format(prior=odds_text(fall.prior))
    after = _("probability: {posterior}").format(posterior=odds_text(fall.posterior))
    total = ratio_text(fall.log10_lr, fall.capped)
    return (
        FallRow("prior", before, fall.log10_prior, signed_text(fall.log10_prior), _("odds")),
        *(_piece(piece, cap) for piece in fall.pieces),
        FallRow(
            "total", _("all evidence together"), fall.log10_lr, total, support_word(fall.support)
        ),
        FallRow("posterior", after, fall.log10_posterior, signed_text(fall.log10_posterior),
                _("odds")),
    )  # fmt: skip


def ratio_text(log10_lr: float, capped: bool) -> str:
    """A log10 likelihood ratio, marked where it was cut: ``≥ +3.6``, ``≤ −3.6``."""
    text = signed_text(log10_lr)
    if not capped:
        return text
    return f"≥ {text}" if log10_lr > 0 else f"≤ {text}"


def piece_label(code: str) -> str:
    """A piece of evidence in a few words."""
    labels = {
        "canary.hit": _("canaries found"),
        "canary.miss": _("canaries not found"),
        "reference.overlap": _("people in its own list"),
        "registration.dates": _("registration dates"),
        "other-batches": _("what the other lists say"),
        "cells.version": _("whose spelling and values"),
        "seller.claims": _("what the seller says"),
        "calls.circulating": _("calls to its canaries"),
    }
    return labels.get(code, code)


def fall_view(fall: Waterfall, name: str, anchor: str, cap: float) -> FallView:
    """The picture of ``fall``; ``name`` is the source's as shown, ``anchor`` an id of its own."""
    rows = fall_rows(fall, cap)
    reach = max(LEAST_REACH, *(abs(row.value) for row in rows))
    bars = tuple(_bar(row, turn, reach) for turn, row in enumerate(rows))
    marks = tuple(
        FallMark(_place(step, reach), _mark_text(step))
        for step in range(-int(reach), int(reach) + 1)
    )
    spoken = listed(
        _("{label} {number}").format(label=row.label, number=row.number) for row in rows
    )
    return FallView(
        anchor=anchor,
        name=name,
        description=_("In powers of ten: {rows}.").format(rows=spoken),
        width=WIDTH,
        height=TOP + len(rows) * ROW + 8,
        middle=_place(0, reach),
        left=LEFT,
        right=RIGHT,
        beyond=round(min(RIGHT, _place(min(cap, reach), reach)), 1),
        bars=bars,
        marks=marks,
    )


def piece_text(piece: Evidence, cap: float) -> str:
    """The ratio of one piece of evidence, marked where it was cut."""
    return ratio_text(piece.log10_lr, abs(piece.log10_lr) >= cap)


def _piece(piece: Evidence, cap: float) -> FallRow:
    label, value = piece_label(piece.code), piece.log10_lr
    return FallRow("piece", label, value, piece_text(piece, cap), piece_word(value))


def _bar(row: FallRow, turn: int, reach: float) -> FallBar:
    middle, end = _place(0, reach), _place(row.value, reach)
    style = f"{row.style} {'against' if row.value < 0 else 'for'}"
    return FallBar(
        y=TOP + turn * ROW,
        x=min(middle, end),
        width=round(max(abs(end - middle), 1.0), 1),
        style=style,
        label=fitted(row.label, NUMBER - LABEL - 56, SIZE),
        number=row.number,
        title=f"{row.label} {row.number}: {row.word}",
    )


def _place(value: float, reach: float) -> float:
    middle = (LEFT + RIGHT) / 2
    return round(middle + value / reach * (RIGHT - LEFT) / 2, 1)


def _mark_text(step: int) -> str:
    if step == 0:
        return "0"
    return f"+{step}" if step > 0 else f"−{-step}"
