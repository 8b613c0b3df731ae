"""The weighed hypotheses of one batch, laid out as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.bells import Bells
from leaktrace.attribution.hypotheses import CODES, READINGS, SILENT, Hypothesis

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]
#: Among codes of readings: the list has no notable apparent share.
ABSENT = -1


@dataclass(frozen=True, slots=True)
class Point:
    """One hypothesis with definite shares.

    Attributes
    ----------
    hypothesis : Hypothesis
    shares : mapping
        Known source to its share of the real people; only those that contributed. The share of
        "one of the silent hosts" stands under :data:`SILENT`.
    errors : mapping
        Standard error of each share.
    silent : mapping
        Which of the silent hosts it is: source to probability.
    log_score : float
        Unnormalised log posterior.
    """

    hypothesis: Hypothesis
    shares: Mapping[str, float]
    errors: Mapping[str, float]
    silent: Mapping[str, float]
    log_score: float


@dataclass(frozen=True, slots=True)
class Points(Sequence[Point]):
    """All weighed hypotheses of one batch; as a sequence, a :class:`Point` each.

    Attributes
    ----------
    lists, hosts : tuple of str
        The sources that may have a reading, and those that may be hosts (:data:`SILENT` may be one
        of them); together they are the columns ``w`` of the arrays.
    silent : tuple of str
        The silent hosts.
    codes : int8[p, lists]
        How each list's apparent share is read: a place in READINGS, or ABSENT.
    inside : bool[p, w]
        Who contributed.
    unseen : bool[p]
        Whether an unseen source did.
    shares, errors : float64[p, w]
        Shares of those who contributed and their standard errors; 0 elsewhere.
    which : intp[p]
        The row of ``parts`` where a silent host contributed, else -1.
    parts : float64[q, silent]
        Which of the silent hosts it is.
    scores : float64[p]
        Unnormalised log posterior.
    memo : dict
        What is laid out for several questions.
    """

    lists: tuple[str, ...]
    hosts: tuple[str, ...]
    silent: tuple[str, ...]
    codes: Codes
    inside: Bools
    unseen: Bools
    shares: Floats
    errors: Floats
    which: npt.NDArray[np.intp]
    parts: Floats
    scores: Floats
    _columns: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    memo: dict[str, Bells] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def none(cls) -> Points:
        """No hypothesis at all."""
        return cls.of(())

    @classmethod
    def of(cls, points: Sequence[Point]) -> Points:
        """The same ``points`` as arrays."""
        if isinstance(points, Points):
            return points
        lists = sorted({one for point in points for one, _how in point.hypothesis.readings})
        hosts = sorted({one for point in points for one in point.hypothesis.hosts} - {SILENT})
        silent = sorted({one for point in points for one in point.silent})
        columns = (*lists, *hosts, SILENT)
        codes = np.full((len(points), len(lists)), ABSENT, dtype=np.int8)
        inside = np.zeros((len(points), len(columns)), dtype=bool)
        shares, errors = np.zeros(inside.shape), np.zeros(inside.shape)
        for row, point in enumerate(points):
            for source, how in point.hypothesis.readings:
                codes[row, lists.index(source)] = CODES[how]
            for source, share in point.shares.items():
                place = columns.index(source)
                inside[row, place] = True
                shares[row, place], errors[row, place] = share, point.errors[source]
        with_silent = [row for row, point in enumerate(points) if point.silent]
        which = np.full(len(points), -1, dtype=np.intp)
        which[with_silent] = np.arange(len(with_silent))
        parts = np.array(
            [[points[row].silent.get(one, 0.0) for one in silent] for row in with_silent]
        ).reshape(len(with_silent), len(silent))
        return cls(
            tuple(lists), (*hosts, SILENT), tuple(silent), codes, inside,
            np.array([point.hypothesis.unseen for point in points], dtype=bool),
            shares, errors, which, parts, np.array([point.log_score for point in points]),
        )  # fmt: skip

    @classmethod
    def joined(cls, pieces: Sequence[Points]) -> Points:
        """The points of several pieces with the same columns, one after the other."""
        first = pieces[0]
        if len(pieces) == 1:
            return first
        offsets = np.cumsum([0, *(len(one.parts) for one in pieces[:-1])]).tolist()
        which = [
            np.where(one.which >= 0, one.which + offset, -1)
            for one, offset in zip(pieces, offsets, strict=True)
        ]
        return cls(
            first.lists, first.hosts, first.silent,
            np.concatenate([one.codes for one in pieces]),
            np.concatenate([one.inside for one in pieces]),
            np.concatenate([one.unseen for one in pieces]),
            np.concatenate([one.shares for one in pieces]),
            np.concatenate([one.errors for one in pieces]),
            np.concatenate(which),
            np.concatenate([one.parts for one in pieces]),
            np.concatenate([one.scores for one in pieces]),
        )  # fmt: skip

    def column_of(self, source: str) -> int | None:
        """The column of ``source`` (or :data:`SILENT`), None where it has none."""
        if not self._columns:
            self._columns.update({one: at for at, one in enumerate((*self.lists, *self.hosts))})
        return self._columns.get(source)

    def kept(self, rows: npt.NDArray[np.intp]) -> Points:
        """The points in ``rows`` alone, in that order; of ``parts`` what they need."""
        which = self.which[rows]
        used = np.zeros(len(self.parts) + 1, dtype=bool)
        used[which] = True  # the last one stands for none
        used[-1] = False
        fresh = np.where(which >= 0, (np.cumsum(used) - 1)[which], -1)
        return Points(
            self.lists, self.hosts, self.silent, self.codes[rows], self.inside[rows],
            self.unseen[rows], self.shares[rows], self.errors[rows], fresh, self.parts[used[:-1]],
            self.scores[rows],
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.scores)

    @overload
    def __getitem__(self, place: int) -> Point: ...
    @overload
    def __getitem__(self, place: slice) -> Points: ...
    def __getitem__(self, place: int | slice) -> Point | Points:
        if isinstance(place, slice):
            return self.kept(np.arange(len(self))[place])
        columns = (*self.lists, *self.hosts)
        readings = tuple(
            (self.lists[column], READINGS[code])
            for column, code in enumerate(self.codes[place].tolist())
            if code != ABSENT
        )
        inside = np.flatnonzero(self.inside[place]).tolist()
        hosts = tuple(columns[column] for column in inside if column >= len(self.lists))
        row = int(self.which[place])
        return Point(
            Hypothesis(readings, hosts, bool(self.unseen[place])),
            {columns[column]: float(self.shares[place, column]) for column in inside},
            {columns[column]: float(self.errors[place, column]) for column in inside},
            dict(zip(self.silent, self.parts[row].tolist(), strict=True)) if row >= 0 else {},
            float(self.scores[place]),
        )
