"""Lists to fingerprints, on one machine."""
