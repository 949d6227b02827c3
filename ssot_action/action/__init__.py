"""The action: both sides of a change in, one report, its outputs and an exit code out."""
