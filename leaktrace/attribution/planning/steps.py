"""What to do next: each step by the information that it is expected to bring.

Preposterior analysis with two outcomes (Raiffa and Schlaifer, Applied Statistical Decision Theory,
1961). A step asks one question about an open pair of a list and a source: did the source
contribute? With the posterior p, and a good outcome of probability a if it did and b if it did not,

    information = H(p) - P(good) H(p | good) - P(bad) H(p | bad)      (bits, H of a yes or no)

which is never below zero, and zero where a = b. What a step is worth is the sum over the open pairs
on which it bears. It is an expectation under the model and the assumptions of :mod:`.chances`,
good for ranking; the outcome itself may bring more, less, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.planning.chances import (
    Chances,
    cells_chances,
    lacks_people,
    list_chances,
    parent_chances,
    planting_chances,
    unseen_size,
)
from leaktrace.attribution.planning.pairs import OpenPair
from leaktrace.attribution.planning.preposterior import information, settled
from leaktrace.attribution.planning.words import next_text
from leaktrace.attribution.result import NextStep, Related

# Numbers of canaries that may be planted; the first that brings most of what the last would is
# advised.
_COUNTS = (5, 10, 20, 30, 50, 100)
_MOST_OF_IT = 0.8
_LEAST_BITS = 0.005
_MOST_STEPS = 20
_FOOTINGS = ("measured", "told", "assumed")


def next_steps(
    model: CaseModel, pairs: Sequence[OpenPair], related: Sequence[Related]
) -> tuple[NextStep, ...]:
    """What to do next, what is expected to bring most first.

    Parameters
    ----------
    model : CaseModel
    pairs : sequence of OpenPair
    related : sequence of Related
        Which batches share people: those of an unseen earlier list.
    """
    steps = []
    for source in sorted({one.source for one in pairs}):
        about = [one for one in pairs if one.source == source]
        steps += [_planting(source, about, model), *_papers(source, about, model)]
    steps += _parents(pairs, model, related)
    worth = [one for one in steps if one.bits >= _LEAST_BITS]
    ranked = sorted(worth, key=lambda one: (-one.bits, one.code, one.source, one.batches))
    return tuple(ranked[:_MOST_STEPS])


def _planting(source: str, about: Sequence[OpenPair], model: CaseModel) -> NextStep:
    """So many canaries at ``source``, and one more list like each of the open ones."""
    made = {}
    for count in _COUNTS:
        chances = [planting_chances(one, count, model) for one in about]
        made[count] = _step("plant", source, about, chances, count)
    most = made[_COUNTS[-1]].bits
    return next(made[count] for count in _COUNTS if made[count].bits >= _MOST_OF_IT * most)


def _papers(source: str, about: list[OpenPair], model: CaseModel) -> Iterator[NextStep]:
    """What ``source`` could hand over: its list, a fresh one, one with its cells."""
    if source not in model.references.held:
        yield _step("reference", source, about, [list_chances(one, model) for one in about])
        return
    if lacks_people(source, about, model):
        yield _step("fresh-reference", source, about, [list_chances(one, model) for one in about])
    blank = [one for one in about if one.comparable]
    if blank:
        yield _step("cells", source, blank, [cells_chances() for _one in blank])


def _parents(
    pairs: Sequence[OpenPair], model: CaseModel, related: Sequence[Related]
) -> Iterator[NextStep]:
    """An earlier list from which two open ones were both cut."""
    open_ = {one.batch for one in pairs}
    for pair in related:
        if not {pair.earlier, pair.later} <= open_:
            continue
        about = [one for one in pairs if one.batch in (pair.earlier, pair.later)]
        size = unseen_size(pair, {one.source for one in about}, model)
        if size is not None:
            chances = [parent_chances(one, size, model) for one in about]
            yield _step("parent", "", about, chances, size)


def _step(
    code: str,
    source: str,
    about: Sequence[OpenPair],
    chances: Sequence[Chances],
    amount: int = 0,
) -> NextStep:
    asked = [
        (one.finding.posterior, chance.good, chance.bad)
        for one, chance in zip(about, chances, strict=True)
    ]
    return NextStep(
        code=code,
        source=source,
        batches=tuple(dict.fromkeys(one.batch for one in about)),
        amount=amount,
        bits=sum(information(*one) for one in asked),
        settles=max(settled(*one) for one in asked),
        footing=max((one.footing for one in chances), key=_FOOTINGS.index),
        text=next_text(code, source, amount),
    )
