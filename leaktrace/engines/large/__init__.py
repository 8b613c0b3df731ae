"""Lists larger than memory: what grows with the rows waits on the disk, as keyed tokens."""
