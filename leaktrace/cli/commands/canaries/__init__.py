"""The commands of ``leaktrace canary``."""
