"""Made-up cases and traces for the tests of the graph and the report."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from leaktrace.attribution.result import (
    BatchFinding,
    Evidence,
    Interval,
    Model,
    Parent,
    SourceFinding,
    SourceSummary,
    Trace,
)
from leaktrace.case.records import SOURCE_KINDS, Batch, Canary, Planting, Reference, Source
from leaktrace.times import read_moment

SECRET_MOBILE = "13912345678"
CANARY_MOBILE = "13800001111"
NAMES = ("云山府", "Hill View Homes", "City Loan", "安居地产", "快贷")


@dataclass(frozen=True)
class MadeUpCase:
    """The least that the graph and the report ask of a case."""

    source_list: tuple[Source, ...] = ()
    canary_list: tuple[Canary, ...] = ()
    batch_list: tuple[Batch, ...] = ()
    reference_list: tuple[Reference, ...] = ()
    revealed: list[str] = field(default_factory=list)

    def sources(self) -> tuple[Source, ...]:
        return self.source_list

    def canaries(self) -> tuple[Canary, ...]:
        return self.canary_list

    def batches(self) -> tuple[Batch, ...]:
        return self.batch_list

    def references(self) -> tuple[Reference, ...]:
        return self.reference_list

    def list_facts(self, batch_id: str) -> Mapping[str, Any]:
        warning = {
            "code": "excel-damaged",
            "text": f"Row 7: {SECRET_MOBILE} is damaged.",
            "place": "",
        }
        return {"size": 412_345, "warnings": [warning], "excluded": {"hotline": 2}}

    def reveal_canary(self, canary_id: str) -> Mapping[str, str]:
        self.revealed.append(canary_id)
        return {"mobile": CANARY_MOBILE, "name": "金丝雀", "email": ""}


def made_up(sources: int = 8, batches: int = 20, seed: int = 1) -> tuple[MadeUpCase, Trace]:
    """A case and a trace of it with every verdict, resales, hits and overlaps of all sizes."""
    draw = np.random.default_rng(seed)
    case = MadeUpCase(
        tuple(_source(turn) for turn in range(sources)),
        tuple(_canary(turn, sources) for turn in range(3 * sources)),
        tuple(_batch(turn) for turn in range(batches)),
        tuple(
            Reference(f"S{turn:02}", "list.csv", "0" * 64, 100 if turn == 3 else 1, 40_000, 41_000)
            for turn in range(0, sources, 2)
        ),
    )
    findings = tuple(_finding(turn, case, draw) for turn in range(batches))
    overlap = {
        finding.batch: {
            reference.source: int(draw.choice([0, 2, 4, 40, 900, 3000]))
            for reference in case.reference_list
        }
        for finding in findings
    }
    summaries = tuple(
        SourceSummary(source.id, None if source.access == "public" else float(draw.uniform()))
        for source in case.source_list
    )
    model = Model(
        "mixture", "1", {"expected_contributors": 1.0, "twin_odds": 0.25}, {"log10_lr_cap": 3.4}
    )
    return case, Trace(model, findings, summaries, overlap)


def _source(turn: int) -> Source:
    return Source(
        id=f"S{turn:02}",
        name=f"{NAMES[turn % len(NAMES)]} {turn}",
        kind=SOURCE_KINDS[turn % len(SOURCE_KINDS)],
        population=None if turn % 2 else 50_000,
        access="public" if turn == 4 else "restricted",
    )


def _canary(turn: int, sources: int) -> Canary:
    planting = Planting(
        f"S{turn % sources:02}" if turn % 7 else None, read_moment("2026-01-05 10:00")
    )
    return Canary(f"C{turn:03}", (planting,), {"mobile": (12345 + turn,)})


def _batch(turn: int) -> Batch:
    name = f"B{turn:03}"
    return Batch(
        id=name,
        file=f"lists/{name} {SECRET_MOBILE}.csv",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        seen_at=read_moment(f"2026-{3 + turn % 6}-{1 + turn % 28}"),
        rows=5000,
        identified_rows=4890,
        unidentified_rows=107,
        refused_rows=3,
        duplicate_rows=12,
        people=4878,
        identifiers={"mobile": 4875, "id_number": 4102},
        seller=f"老王 {SECRET_MOBILE}" if turn % 3 == 0 else "",
        claimed_kind="楼盘一手\x07" if turn % 3 == 0 else "",
        price="0.3" if turn % 3 == 0 else "",
        currency="CNY" if turn % 3 == 0 else "",
    )


VERDICT_TURNS = ("attributed", "attributed", "mixed", "unknown-source", "undetermined", "no-source")


def _finding(turn: int, case: MadeUpCase, draw: np.random.Generator) -> BatchFinding:
    verdict = VERDICT_TURNS[turn % len(VERDICT_TURNS)]
    batch = case.batch_list[turn]
    count = len(case.source_list)
    first, second = (int(draw.integers(count)), int(draw.integers(count)))
    second = (first + 1) % count if second == first else second
    heads = {
        "attributed": ((first, 0.998, 0.97), (second, 0.004, 0.01)),
        "mixed": ((first, 0.985, 0.6), (second, 0.962, 0.3)),
        "undetermined": ((first, 0.9496, 0.8), (second, 0.2, 0.1)),
    }.get(verdict, ())
    sources = tuple(_source_finding(*head) for head in heads)
    return BatchFinding(
        batch=batch.id,
        file=batch.file,
        sha256=batch.sha256,
        seen_at=batch.seen_at.text,
        rows=batch.rows,
        identified_rows=batch.identified_rows,
        people=batch.people,
        verdict=verdict,
        sources=sources,
        unexplained_share=Interval(0.0, 0.03, 0.09) if sources else Interval(0.9, 0.96, 1.0),
        made_up_share=Interval(0.93, 0.97, 1.0)
        if verdict == "no-source"
        else Interval(0.0, 0.0, 0.01),
        parents=(Parent(f"B{turn - 1:03}", 0.97, 0.8),) if turn % 6 == 1 else (),
        evidence=tuple(piece for item in sources for piece in _evidence(item, turn)),
        undecided=({"code": "decide.plant", "text": "Forty canaries at each would decide."},)
        if verdict == "undetermined"
        else (),
        alternative="Somebody else may hold nearly the same people. Odds: about 1 to 30."
        if verdict == "attributed"
        else "",
    )


def _source_finding(source: int, posterior: float, share: float) -> SourceFinding:
    log10_lr = 3.4 if posterior > 0.95 else 1.2 if posterior > 0.1 else -0.8
    return SourceFinding(
        source=f"S{source:02}",
        posterior=posterior,
        prior=0.04,
        share=Interval(max(0.0, share - 0.06), share, min(1.0, share + 0.03)),
        log10_lr=log10_lr,
        capped=posterior > 0.95,
        support="strong" if posterior > 0.95 else "moderate" if posterior > 0.1 else "none",
    )


def _evidence(item: SourceFinding, turn: int) -> tuple[Evidence, ...]:
    number = int(item.source[1:])
    canaries = [f"C{number:03}", f"C{number + 8:03}"][: 1 + turn % 2]
    return (
        Evidence(
            "canary-hit",
            item.source,
            2.9,
            "canary.hit",
            {"canaries": canaries, "expected": 2.1},
            f"{len(canaries)} canaries planted at {item.source} are in the list "
            f"({', '.join(canaries)}); 2.1 were to be expected.",
        ),
        Evidence(
            "overlap",
            item.source,
            1.4,
            "reference.overlap",
            {"matched": 3, "seen": 4878},
            f"3 of 4,878 people are in {item.source}'s list (0.06%); call {SECRET_MOBILE}.",
        ),
        Evidence(
            "canary-miss",
            item.source,
            -0.7,
            "canary.miss",
            {"missed": 2},
            "2 canaries are not in the list.",
        ),
    )
