"""Accuracy beside the baselines, on worlds with known truth."""
