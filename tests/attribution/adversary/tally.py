"""What the model says of adversarial worlds, counted; ``python -m`` this module for the study."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from leaktrace.attribution import trace_case
from tests.attribution.adversary.families import FAMILIES
from tests.attribution.adversary.stage import World

STATED = 0.95


@dataclass(frozen=True)
class Answers:
    """What was stated of one world at 0.95.

    Attributes
    ----------
    innocents : tuple of (batch, source, posterior)
        Named, and did not contribute.
    named, pairs : int
        True pairs of batch and source: stated, and all.
    batches : int
    """

    innocents: tuple[tuple[str, str, float], ...]
    named: int
    pairs: int
    batches: int


def answers_on(world: World) -> Answers:
    """Trace a world and compare with its truth."""
    trace = trace_case(world.case, explain=False)
    stated = [
        (batch.batch, one.source, one.posterior)
        for batch in trace.batches
        for one in batch.sources
        if one.posterior >= STATED
    ]
    wrong = tuple(one for one in stated if one[1] not in world.truth[one[0]])
    pairs = sum(map(len, world.truth.values()))
    return Answers(wrong, len(stated) - len(wrong), pairs, len(world.truth))


def main(worlds: int, seed: int, families: list[str]) -> None:
    """Print the table, and what was said wherever an innocent was named."""
    for family in families or list(FAMILIES):
        found = [(at, FAMILIES[family](seed, at)) for at in range(worlds)]
        answers = [(at, world, answers_on(world)) for at, world in found]
        broken = [one for one in answers if one[2].innocents]
        named = sum(one[2].named for one in answers)
        pairs = sum(one[2].pairs for one in answers)
        print(f"{family}: {len(broken)} of {worlds} worlds, true pairs {named} of {pairs}")
        for at, world, one in broken:
            print(f"  {at} ({world.told}; of {one.batches} batches): {one.innocents}")
            _print_why(world, {wrong[0] for wrong in one.innocents})


def _print_why(world: World, batches: set[str]) -> None:
    for batch in trace_case(world.case, explain=batches).batches:
        if batch.batch in batches:
            said = [(x.source, x.posterior, x.log10_lr, x.share.estimate) for x in batch.sources]
            print(f"    {batch.batch} {batch.people} {batch.verdict} {said[:4]}")
            print(f"      truth {sorted(world.truth[batch.batch])}")
            for piece in batch.evidence:
                print(f"      {piece.source} {piece.code} {piece.log10_lr} {dict(piece.detail)}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
