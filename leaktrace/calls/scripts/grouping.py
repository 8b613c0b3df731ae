"""Transcripts of one script, put together: candidates by shingles, then verified.

Two groups become one where a pair that shares shingles is alike, and so are pairs of their other
members: one odd reading never joins two scripts. What was cut short is put with the one script that
it is a piece of, if there is one alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from leaktrace.calls.scripts.normal import normal_script
from leaktrace.calls.scripts.shingles import candidates
from leaktrace.calls.scripts.similarity import alike, inside

SHORTEST = 12
"""Characters (normalised) below which a transcript is no script: a greeting is everybody's."""

# Chosen on made transcripts (tests/benchmarks/calls, seeds 1 and 2): two readings of one script are
# alike by 0.66 to 0.73, two of different ones by at most 0.35.
ALIKE = 0.55
_SHARED = 0.055
_LOOKED_AT = 400
_WITNESSES = 3
_TRIES = 3
# A reading shorter than this share of another was cut short, if it is a piece of that at all: so
# much of it stands there, and not as much in any other script. A piece is found by chance more
# easily than a whole, and most easily a short one.
_CUT, _SHORT = 0.75, 24
_PIECE, _APART = 0.62, 0.08


@dataclass(slots=True)
class _Groups:
    """Groups of texts that only grow."""

    texts: Sequence[str]
    of: list[int]
    members: dict[int, list[int]]
    refused: dict[tuple[int, int], int]

    def offer(self, a: int, b: int) -> None:
        """Make the groups of ``a`` and ``b`` one, if they are of one script."""
        one, other = sorted((self.of[a], self.of[b]))
        if one == other or self.refused.get((one, other), 0) >= _TRIES:
            return
        if self._alike(a, b) >= ALIKE and self._witnessed(one, other, (a, b)):
            self.join(one, other)
        else:
            self.refused[one, other] = self.refused.get((one, other), 0) + 1

    def _witnessed(self, one: int, other: int, pair: tuple[int, int]) -> bool:
        said = [
            self._alike(a, b)
            for a in self._witnesses(one, pair)
            for b in self._witnesses(other, pair)
            if {a, b} != {*pair} and not cut_short(self.texts[a], self.texts[b])
        ]
        return not said or sum(said) / len(said) >= ALIKE

    def _witnesses(self, group: int, pair: tuple[int, int]) -> list[int]:
        members = self.members[group]
        return [at for at in members if at not in pair][:_WITNESSES] or members

    def _alike(self, a: int, b: int) -> float:
        one, other = self.texts[a], self.texts[b]
        if cut_short(one, other):
            return 0.0
        return alike(one[:_LOOKED_AT], other[:_LOOKED_AT])

    def join(self, one: int, other: int) -> None:
        for at in self.members[other]:
            self.of[at] = one
        self.members[one] += self.members.pop(other)


def script_groups(transcripts: Sequence[str]) -> list[int]:
    """Which script each transcript was read off.

    Parameters
    ----------
    transcripts : sequence of str
        As they were written down.

    Returns
    -------
    list of int
        Equal numbers for one script, counted from 0 in the order in which scripts first appear; -1
        where a transcript is too short to tell.

    Notes
    -----
    Time grows with the number of transcripts that differ and of scripts that share phrases: 4,000
    readings of 200 scripts take half a minute.
    """
    normal = [normal_script(text) for text in transcripts]
    texts = sorted({text for text in normal if len(text) >= SHORTEST})
    groups = _Groups(texts, list(range(len(texts))), {at: [at] for at in range(len(texts))}, {})
    pairs, _shared = candidates(texts, _SHARED)
    for a, b in pairs.tolist():
        groups.offer(a, b)
    _take_pieces(groups, pairs.tolist())
    label = {text: groups.of[at] for at, text in enumerate(texts)}
    numbers: dict[int, int] = {}
    return [
        numbers.setdefault(label[text], len(numbers)) if text in label else -1 for text in normal
    ]


def cut_short(one: str, other: str) -> bool:
    """Whether one text is so much shorter than the other that it can only be a piece of it."""
    shorter, longer = sorted((len(one), len(other)))
    return shorter < _CUT * longer


def _take_pieces(groups: _Groups, pairs: Sequence[Sequence[int]]) -> None:
    """Put readings that were cut short with the script that they are pieces of."""
    shares: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        short, long = sorted(pair, key=lambda at: (len(groups.texts[at]), at))
        one, other = groups.texts[short], groups.texts[long]
        said = shares[groups.of[short]][groups.of[long]]
        apart = groups.of[short] != groups.of[long] and len(said) < _TRIES
        if apart and len(one) >= _SHORT and cut_short(one, other):
            said.append(inside(one, other[: 2 * _LOOKED_AT]))
    for group, said_of in sorted(shares.items()):
        means = [(sum(said) / len(said), other) for other, said in said_of.items() if said]
        ranked = sorted(means, key=lambda item: (-item[0], item[1]))
        alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= _APART)
        if alone and ranked[0][0] >= _PIECE:
            first, second = sorted((groups.of[group], groups.of[ranked[0][1]]))
            if first != second:
                groups.join(first, second)
