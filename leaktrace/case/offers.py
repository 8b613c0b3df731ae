"""Taking in OFFERS: what sellers advertise, with or without a list in hand."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leaktrace.case.case import Case
from leaktrace.case.lines import (
    LineRefused,
    checked_id,
    items_in,
    moment_in,
    note_of,
)
from leaktrace.case.outcomes import ImportOutcome
from leaktrace.case.pricing import PER_NUMBER, TOTAL, amount_in, currency_code, unit_code
from leaktrace.case.records import Offer
from leaktrace.case.tables import OFFERS
from leaktrace.case.updating import Updating
from leaktrace.case.writer import Writer
from leaktrace.identifiers.segments import CARRIERS
from leaktrace.intake.blocks import Warning
from leaktrace.intake.tables import TableRow
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress
from leaktrace.times import Moment

_COLUMN = "offers.said"
_AS_TYPED = ("seller", "platform", "claimed_kind", "claimed_app", "claimed_channel", "min_order")
_CARRIERS = {
    **{code: code for code in CARRIERS},
    "移动": "china-mobile", "中国移动": "china-mobile", "china mobile": "china-mobile",
    "cmcc": "china-mobile", "联通": "china-unicom", "中国联通": "china-unicom",
    "china unicom": "china-unicom", "电信": "china-telecom", "中国电信": "china-telecom",
    "china telecom": "china-telecom", "广电": "china-broadnet", "中国广电": "china-broadnet",
    "虚拟": "virtual", "虚拟运营商": "virtual", "虚商": "virtual",
}  # fmt: skip


def import_offers(
    case: Case, path: Path, progress: Progress = SILENT, *, worker: Worker | None = None
) -> ImportOutcome:
    """Take in the lines of ``path`` (OFFERS); a refused line does not stop the rest.

    A known id with other words updates the offer, and what was said before is kept in the ledger's
    ``changes``. ``worker`` may be shared with other calls.
    """
    table = Updating(OFFERS, "offer", read_offers, _offer_in, _take, _doubts)
    return table.import_file(case, path, _("Taking in offers"), progress, worker)


def read_offers(case: Case) -> tuple[Offer, ...]:
    """Every offer of the case, by the time it was seen, then by its id."""
    rows = case.ledger.execute("SELECT * FROM offers ORDER BY earliest, id")
    offers = []
    for row in rows:
        said = case.sealer.open(row["said_sealed"], _COLUMN)
        moment = Moment(row["earliest"], row["latest"], row["text"])
        offers.append(Offer(row["id"], moment, **(said | {"tags": tuple(said["tags"])})))
    return tuple(offers)


def _offer_in(row: TableRow, seen: set[str]) -> Offer:
    identity = checked_id(row, "offer_id")
    if identity in seen:
        raise LineRefused(
            "duplicate-id",
            _("the offer_id {id} stands in this file twice; keep one line for each offer").format(
                id=identity
            ),
        )
    at = moment_in(row, "seen_at")
    if at is None:
        raise LineRefused(
            "no-date",
            _("{column} is empty; say when the offer was seen").format(column=row.title("seen_at")),
        )
    price, currency = _price(row)
    offer = Offer(
        id=identity,
        seen_at=at,
        **{name: row.values[name] for name in _AS_TYPED},
        claimed_carrier=_carrier(row.values["claimed_carrier"]),
        tags=items_in(row, "tags"),
        price=price,
        price_unit=_unit(row),
        currency=currency,
        batch_id=checked_id(row, "batch_id") if row.values["batch_id"] else "",
        note=note_of(row),
    )
    seen.add(identity)
    return offer


def _price(row: TableRow) -> tuple[float | None, str]:
    currency = currency_code(row.values["currency"])
    if not row.values["price"]:
        return None, currency
    found = amount_in(row.values["price"])
    if found is None:
        raise LineRefused(
            "price",
            _("{column} is no price above zero; write it as 0.35 or 12000").format(
                column=row.title("price")
            ),
        )
    price, in_it = found
    return price, currency or in_it


def _unit(row: TableRow) -> str:
    unit = unit_code(row.values["price_unit"])
    if unit is None:
        raise LineRefused(
            "price-unit",
            _("{column} is neither {one} nor {whole}; write one of the two").format(
                column=row.title("price_unit"), one=PER_NUMBER, whole=TOTAL
            ),
        )
    return unit


def _carrier(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written).strip()
    return _CARRIERS.get(plain.lower(), plain)


def _doubts(offer: Offer) -> list[Warning]:
    if offer.seen_at.earliest <= datetime.now(UTC).timestamp():
        return []
    text = _("offer {offer}: {time}, when it was seen, is in the future; put the date right")
    return [Warning("future", text.format(offer=offer.id, time=offer.seen_at.text))]


def _take(writer: Writer, offer: Offer, before: Offer | None) -> str:
    if offer == before:
        return "unchanged"
    said = _as_said(offer)
    for name in ("id", "seen_at"):
        said.pop(name)
    writer.connection.execute(
        "INSERT INTO offers VALUES (:id, :earliest, :latest, :text, :said, :run) "
        "ON CONFLICT (id) DO UPDATE SET earliest = :earliest, latest = :latest, text = :text, "
        "said_sealed = :said, run = :run",
        {
            "id": offer.id,
            "earliest": offer.seen_at.earliest,
            "latest": offer.seen_at.latest,
            "text": offer.seen_at.text,
            "said": writer.sealer.seal(said, _COLUMN),
            "run": writer.run(),
        },
    )
    if before is None:
        return "added"
    writer.log_change("offer", offer.id, _as_said(before), _as_said(offer))
    return "updated"


def _as_said(offer: Offer) -> dict[str, Any]:
    return asdict(offer)
