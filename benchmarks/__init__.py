"""Measurements: each module is a command, and prints ratios taken in one run."""
