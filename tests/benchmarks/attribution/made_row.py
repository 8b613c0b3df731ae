"""A scored world made by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tests.benchmarks.attribution.baselines import BASELINES
from tests.benchmarks.attribution.rows import (
    LIKELY,
    OURS,
    STATED,
    Answer,
    BatchTruth,
    Listed,
    WorldRow,
)

SOURCES = ("S1", "S2", "S3")


def truth(
    name: str,
    sources: Mapping[str, float],
    *,
    kind: str = "pure",
    root: bool = True,
    evident: Mapping[str, str] | None = None,
    parents: Mapping[str, float] | None = None,
) -> BatchTruth:
    return BatchTruth(name, kind, root, True, 0.0, sources, evident or {}, parents or {})


def ours(scores: Mapping[str, float], parents: Mapping[str, float] | None = None) -> Answer:
    likely = frozenset(one for one, score in scores.items() if score >= LIKELY)
    stated = frozenset(one for one, score in scores.items() if score >= STATED)
    return Answer(scores, likely, stated, parents or {})


def made_row(
    said: list[tuple[BatchTruth, Answer]],
    *,
    rival: Answer | None = None,
    listed: Mapping[str, Mapping[str, Listed]] | None = None,
    looks_untold: Mapping[str, tuple[str, ...]] | None = None,
    said_open: tuple[str, ...] = (),
    family: str = "hard",
    seed: int = 1,
    version: str = "v",
) -> WorldRow:
    """What leaktrace says of each batch; the baselines all say ``rival``."""
    answers = {OURS: {batch.id: answer for batch, answer in said}}
    nothing = rival or Answer({})
    answers |= {name: {batch.id: nothing for batch, _answer in said} for name in BASELINES}
    default = {
        batch.id: {one: Listed(0.0, 0.0, 0.5, 1.0) for one in answer.scores}
        for batch, answer in said
    }
    return WorldRow(
        version, family, seed, SOURCES, ("S1", "S2"), ("S2",),
        tuple(batch for batch, _answer in said), answers, {**default, **(listed or {})},
        looks_untold or {}, said_open, -2.0, 3.0, 1.0,
    )  # fmt: skip
