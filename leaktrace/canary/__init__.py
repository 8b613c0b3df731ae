"""Canaries: identities that exist at one place only, and where they were planted."""

from leaktrace.canary.plantings import import_plantings

__all__ = ["import_plantings"]
