"""The likelihood ratio of a batch's cells: a source's own copy against another holder's version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.versions.agreement import Agreement
from leaktrace.attribution.versions.columns import NAME
from leaktrace.attribution.versions.laws import (
    PARTS,
    RATES,
    READINGS,
    ColumnOf,
    HolderLaws,
    Reading,
)
from leaktrace.attribution.versions.ratio import MOST_AGAINST, MOST_FOR, SHARES, VersionEvidence

Floats = npt.NDArray[np.float64]
# Where nearly all have the same cell, agreeing tells nothing.
_COMMON = 0.9
# A column filled less than this was not filled by all who gave rows.
_FULL = 0.95
# A copy nearly always says the same (the mean of its law).
_OWN_SAYS = 0.93
# What a list covers of its source's people is not what it covers of one batch's (factor, weight):
# old rows are in it more surely, new ones less, and who was purged from it hardly or not at all.
_COVERAGES = (
    (0.0, 0.04), (0.05, 0.04), (0.4, 0.1),
    (0.8, 0.12), (0.9, 0.17), (1.0, 0.24), (1.1, 0.17), (1.25, 0.12),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matched:
    """How many of a batch's real people are in a source's list.

    Attributes
    ----------
    people : int
    of : int
        Those for whom it could be seen.
    coverage : float
        The part of the source's people who are in the list.
    vague : bool
        Whether they were told by masked numbers and the like.
    """

    people: int
    of: int
    coverage: float
    vague: bool = False

    def own_parts(self, share: float) -> list[tuple[float, float]]:
        """The part of the matched people who are the source's own if ``share`` of all are: what it
        may be, with weights.

        Own people are in the list as often as it covers them, which is roughly known; the rest of
        the matched are others', and no more than there are.
        """
        rate = self.people / max(self.of, self.people, 1)
        least = max(0.0, (rate - (1.0 - share)) / rate)
        most = min(1.0, share / rate)
        told = share * self.coverage / rate
        return [(min(max(told * by, least), most), weight) for by, weight in _COVERAGES]


def version_evidence(
    source: str,
    columns: Sequence[Agreement],
    matched: Matched,
    laws: HolderLaws,
    intraclass: float,
) -> VersionEvidence | None:
    """The evidence of the columns compared; None where they say nothing.

    Names alone never speak: the same legal name stands at every holder.

    Parameters
    ----------
    source : str
    columns : sequence of Agreement
        Of the batch and the source's list.
    matched : Matched
    laws : HolderLaws
    intraclass : float
        Correlation of rows: n of them count as n / (1 + (n - 1) intraclass).
    """
    columns = [one for one in columns if one.chance < _COMMON]
    if not matched.people or all(one.kind == NAME for one in columns):
        return None
    compared = [(one, _column(source, one, matched)) for one in columns]
    typed = np.sum([typed_curve(one, laws, intraclass) for one in columns], axis=0)
    readings = [
        # A list is retyped as a whole; then it shows some hand's custom, and says nothing of whose.
        log(weight)
        + (0.0 if reading.retyped else typed)
        + np.sum([_said(*one, laws, intraclass, reading) for one in compared], axis=0)
        for reading, weight in READINGS
    ]
    by_part = np.logaddexp.reduce(readings, axis=0)
    by_part = by_part - by_part[0]
    curve = [0.0] + [_at_share(by_part, matched, share) for share in SHARES[1:]]
    expected = tuple(
        one.chance + (1 - one.chance) * laws.expected(column) for one, column in compared
    )
    return VersionEvidence(tuple(curve), matched.people, tuple(columns), expected)


def _column(source: str, one: Agreement, matched: Matched) -> ColumnOf:
    return ColumnOf(source, one.column, one.kind, one.nature, one.sure, matched.vague)


def _at_share(by_part: Floats, matched: Matched, share: float) -> float:
    parts, weights = np.array(matched.own_parts(share)).T
    ratios = np.interp(parts, PARTS, by_part)
    found = float(np.logaddexp.reduce(ratios + np.log(weights)))
    return min(max(found, -MOST_AGAINST), MOST_FOR)


def _said(
    one: Agreement, column: ColumnOf, laws: HolderLaws, intraclass: float, reading: Reading
) -> Floats:
    """Log likelihood of what one column says, at each of :data:`PARTS`: of the people whom no
    other reference speaks of, and of those of whom one says something else.

    The number of people who agree is binomial given the rate; the rate is a mixture, by parts, of
    that of the source's copy and that of another holder, and integrated over their laws.
    """
    apart_parts, alone_parts = _parts_beside(one.spoken, one.usual)
    rates = np.clip(one.chance + (1.0 - one.chance) * RATES, 1e-12, 1 - 1e-12)
    total = np.zeros(len(PARTS))
    for people, same, apart, parts in (
        (one.alone, one.alone_same, False, alone_parts),
        (one.apart, one.apart_same, True, apart_parts),
    ):
        if people:
            weights = laws.same(column, reading, apart=apart)
            scale = 1.0 / (1.0 + (people - 1) * intraclass)
            found = _integrated(
                weights, scale * (same * np.log(rates) + (people - same) * np.log1p(-rates))
            )
            total = total + _of_filled(found, parts, one.filled)
    return total


def _of_filled(by_part: Floats, parts: Floats, filled: float) -> Floats:
    """``by_part`` at ``parts``, where the column is filled for a part of the people only: those may
    be any of them, or the source's own before all others."""
    found = np.interp(parts, PARTS, by_part)
    if filled > _FULL:
        return found
    own = np.interp(np.minimum(1.0, parts / filled), PARTS, by_part)
    return np.asarray(np.logaddexp(found, own) - log(2.0))


def _parts_beside(seen: float, usual: float) -> tuple[Floats, Floats]:
    """The source's own part of those of whom another reference speaks, and of the rest, for each of
    :data:`PARTS`.

    Of the source's own people the usual part is in other references. If more of the matched are
    there (``seen``), others brought them, who may be those references' own.
    """
    parts = np.array(PARTS)
    rest = np.maximum(1.0 - parts, 1e-9)
    others = np.clip((seen - parts * usual) / rest, 0.0, 1.0)
    own = np.clip(seen - rest * others, 0.0, parts)
    beside = own / max(seen, 1e-9)
    return np.clip(beside, 0.0, 1.0), np.clip((parts - own) / max(1.0 - seen, 1e-9), 0.0, 1.0)


def typed_curve(one: Agreement, laws: HolderLaws, intraclass: float) -> Floats:
    """The same of how many of those who agree are typed alike, if nobody retyped the list."""
    if not one.read or not one.same:
        return np.zeros(len(PARTS))
    scale = 1.0 / (1.0 + (one.people - 1) * intraclass)
    same, typed = one.same * scale, one.typed * scale
    by_part = _integrated(
        laws.typed(one.kind), typed * np.log(RATES) + (same - typed) * np.log1p(-RATES)
    )
    # Of those who agree the source's own are a greater part.
    own = np.array(PARTS) * _OWN_SAYS
    found = np.interp(own / np.maximum(one.same / one.people, own + 1e-9), PARTS, by_part)
    return np.asarray(found - found[0])


def _integrated(weights: Floats, log_likelihood: Floats) -> Floats:
    top = float(log_likelihood.max())
    return np.asarray(np.log(weights @ np.exp(log_likelihood - top) + 1e-300) + top)
