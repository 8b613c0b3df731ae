"""Whole jobs: the demo, calibration, a case from import to report."""
