"""Canaries: planted identities and where they were planted."""
