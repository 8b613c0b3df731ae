"""Keyed tokens, exact sets, sketches, the sketch file."""
