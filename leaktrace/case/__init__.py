"""The case folder: ledger, list files, keys.

Names load when they are first used, so that a record does not cost the reading of lists.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaktrace.case.case import Case, open_case
    from leaktrace.case.creation import create_case
    from leaktrace.case.ingestion import ingest
    from leaktrace.case.keyring import export_key, find_key, import_key, keep_key, key_folder
    from leaktrace.case.layout import find_case
    from leaktrace.case.outcomes import (
        BatchOutcome,
        CreatedCase,
        ImportOutcome,
        IngestOutcome,
        ReferenceOutcome,
        Refusal,
    )
    from leaktrace.case.references import attach_reference
    from leaktrace.case.sources import import_sources

_HOMES = {
    "Case": "case",
    "open_case": "case",
    "create_case": "creation",
    "ingest": "ingestion",
    "export_key": "keyring",
    "find_key": "keyring",
    "import_key": "keyring",
    "keep_key": "keyring",
    "key_folder": "keyring",
    "find_case": "layout",
    "BatchOutcome": "outcomes",
    "CreatedCase": "outcomes",
    "ImportOutcome": "outcomes",
    "IngestOutcome": "outcomes",
    "ReferenceOutcome": "outcomes",
    "Refusal": "outcomes",
    "attach_reference": "references",
    "import_sources": "sources",
}

__all__ = [
    "BatchOutcome",
    "Case",
    "CreatedCase",
    "ImportOutcome",
    "IngestOutcome",
    "ReferenceOutcome",
    "Refusal",
    "attach_reference",
    "create_case",
    "export_key",
    "find_case",
    "find_key",
    "import_key",
    "import_sources",
    "ingest",
    "keep_key",
    "key_folder",
    "open_case",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
