"""What is known of a list itself: which bytes, seen when, and what was read from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leaktrace.attribution.result import BatchFinding
from leaktrace.case.records import Batch
from leaktrace.graph import shown_text
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.numbers import count_text, size_text
from leaktrace.report.view import Pairs
from leaktrace.report.words import claim_word, identifier_word, listed, price_text


def custody_pairs(finding: BatchFinding, context: Context) -> Pairs:
    """Labels and values; what is not known is left out."""
    batch = context.batches.get(finding.batch)
    facts = context.facts.get(finding.batch, {})
    pairs = [
        (_("File"), shown_text(finding.file)),
        ("SHA-256", finding.sha256),
        (_("Size"), _size(facts)),
        (_("Seen"), shown_text(finding.seen_at)),
        (_("Rows"), _rows(finding, batch)),
        (_("Distinct people"), count_text(finding.people)),
        *_noted(batch, facts),
        *_said(batch),
        (_("Offers"), context.offers.get(finding.batch, "")),
    ]
    return tuple((label, value) for label, value in pairs if value)


def _size(facts: Mapping[str, Any]) -> str:
    size = facts.get("size")
    return size_text(size) if isinstance(size, int) else ""


def _rows(finding: BatchFinding, batch: Batch | None) -> str:
    if batch is None:
        return _("{rows}, of which {identified} identified").format(
            rows=count_text(finding.rows), identified=count_text(finding.identified_rows)
        )
    return _(
        "{rows} = {identified} identified + {unidentified} without an identifier + "
        "{refused} refused; {repeated} of the identified rows repeat people counted before"
    ).format(
        rows=count_text(batch.rows),
        identified=count_text(batch.identified_rows),
        unidentified=count_text(batch.unidentified_rows),
        refused=count_text(batch.refused_rows),
        repeated=count_text(batch.duplicate_rows),
    )


def _noted(batch: Batch | None, facts: Mapping[str, Any]) -> Pairs:
    written = batch.identifiers if batch is not None else {}
    warned = [shown_text(str(warning.get("text", ""))) for warning in facts.get("warnings", ())]
    return (
        (_("Identifiers as written"), _counted(written)),
        (_("Nobody's in the list, not matched"), _counted(facts.get("excluded", {}))),
        (_("Noted when it was read"), " ".join(warned)),
    )


def _counted(identifiers: Mapping[str, int]) -> str:
    return listed(
        _("{count} {kind}").format(count=count_text(count), kind=identifier_word(kind))
        for kind, count in identifiers.items()
        if count
    )


def _said(batch: Batch | None) -> Pairs:
    if batch is None:
        return ()
    return (
        (_("Seller"), shown_text(batch.seller)),
        (_("Offered as"), claim_word(batch.claimed_kind)),
        (_("Price"), price_text(batch.price, batch.currency, batch.price_unit)),
    )
