"""The provenance graph and its exports."""
