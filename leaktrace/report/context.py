"""What every part of the report needs: the case's records by id, and names as they may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from leaktrace.attribution.offers import OfferMatches
from leaktrace.attribution.result import Trace
from leaktrace.case.records import Batch, Canary, Reference, Source
from leaktrace.graph import CaseRecords, hits, shown_ids, shown_text
from leaktrace.messages import _
from leaktrace.report.offers import offers_of_lists


class CaseView(CaseRecords, Protocol):
    """What the report asks of a case."""

    def references(self) -> tuple[Reference, ...]:
        """Every source's own list that is attached."""

    def list_facts(self, batch_id: str) -> Mapping[str, Any]:
        """What the intake noted of a batch: ``size``, ``warnings``, ``excluded`` …"""

    def reveal_canary(self, canary_id: str) -> Mapping[str, str]:
        """A canary's identity in the clear; asked for only when it is to be disclosed."""


@dataclass(frozen=True, slots=True)
class Context:
    """The records by id, and the shown names.

    Attributes
    ----------
    source_ids, source_names : mapping of str to str
        By the source's id: the id as shown (``S03``), and with its name (``Hill View (S03)``).
    batch_names, canary_names : mapping of str to str
    facts : mapping of str to mapping
        What the intake noted of each batch.
    anchors : mapping of str to str
        The place in the page where each list's part stands.
    offers : mapping of str to str
        What is to be said of offers, by batch.
    cap : float
        The greatest log10 likelihood ratio that this version may state.
    """

    trace: Trace
    sources: Mapping[str, Source]
    canaries: Mapping[str, Canary]
    batches: Mapping[str, Batch]
    references: Mapping[str, Reference]
    source_ids: Mapping[str, str]
    source_names: Mapping[str, str]
    batch_names: Mapping[str, str]
    canary_names: Mapping[str, str]
    facts: Mapping[str, Mapping[str, Any]]
    anchors: Mapping[str, str]
    offers: Mapping[str, str]
    cap: float


def read_context(case: CaseView, trace: Trace, offers: Sequence[OfferMatches] = ()) -> Context:
    """The context of ``case`` and its ``trace``."""
    sources = {source.id: source for source in case.sources()}
    canaries = {canary.id: canary for canary in case.canaries()}
    batches = {batch.id: batch for batch in case.batches()}
    spoken = [item.source for finding in trace.batches for item in finding.sources]
    ids = shown_ids([*sources, *(item.source for item in trace.sources), *spoken])
    return Context(
        trace=trace,
        sources=sources,
        canaries=canaries,
        batches=batches,
        references={reference.source: reference for reference in case.references()},
        source_ids=ids,
        source_names={raw: _named(shown, sources.get(raw)) for raw, shown in ids.items()},
        batch_names=shown_ids([*batches, *(finding.batch for finding in trace.batches)]),
        canary_names=shown_ids([*canaries, *(canary for _batch, canary in hits(trace))]),
        facts={batch: case.list_facts(batch) for batch in batches},
        anchors={item.batch: f"list-{turn}" for turn, item in enumerate(trace.batches, 1)},
        offers=offers_of_lists(offers),
        cap=float(trace.model.limits.get("log10_lr_cap", 3.0)),
    )


def _named(shown: str, source: Source | None) -> str:
    name = shown_text(source.name) if source is not None else ""
    if not name or name == shown:
        return shown
    return _("{name} ({id})").format(name=name, id=shown)
