"""The case folder: ledger, list files, keys.

Names load when they are first used, so that a record does not cost the reading of lists.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaktrace.case.case import Case, open_case
    from leaktrace.case.chain import chain_head
    from leaktrace.case.creation import create_case
    from leaktrace.case.custody import CustodyRecord, custody_records
    from leaktrace.case.ingestion import ingest
    from leaktrace.case.keyring import export_key, find_key, import_key, keep_key, key_folder
    from leaktrace.case.layout import find_case
    from leaktrace.case.offers import import_offers, read_offers
    from leaktrace.case.outcomes import (
        BatchOutcome,
        CreatedCase,
        ImportOutcome,
        IngestOutcome,
        ReferenceOutcome,
        Refusal,
    )
    from leaktrace.case.references import attach_reference
    from leaktrace.case.restoring import restore_original
    from leaktrace.case.sources import import_sources
    from leaktrace.case.verification import Check, Verification, verify

_HOMES = {
    "Case": "case",
    "open_case": "case",
    "chain_head": "chain",
    "create_case": "creation",
    "CustodyRecord": "custody",
    "custody_records": "custody",
    "ingest": "ingestion",
    "export_key": "keyring",
    "find_key": "keyring",
    "import_key": "keyring",
    "keep_key": "keyring",
    "key_folder": "keyring",
    "find_case": "layout",
    "import_offers": "offers",
    "read_offers": "offers",
    "BatchOutcome": "outcomes",
    "CreatedCase": "outcomes",
    "ImportOutcome": "outcomes",
    "IngestOutcome": "outcomes",
    "ReferenceOutcome": "outcomes",
    "Refusal": "outcomes",
    "attach_reference": "references",
    "restore_original": "restoring",
    "import_sources": "sources",
    "Check": "verification",
    "Verification": "verification",
    "verify": "verification",
}

__all__ = [
    "BatchOutcome",
    "Case",
    "Check",
    "CreatedCase",
    "CustodyRecord",
    "ImportOutcome",
    "IngestOutcome",
    "ReferenceOutcome",
    "Refusal",
    "Verification",
    "attach_reference",
    "chain_head",
    "create_case",
    "custody_records",
    "export_key",
    "find_case",
    "find_key",
    "import_key",
    "import_offers",
    "import_sources",
    "ingest",
    "keep_key",
    "key_folder",
    "open_case",
    "read_offers",
    "restore_original",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
