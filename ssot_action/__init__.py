"""Reads a Convex project without running it and says what Convex would say about it."""

__version__ = "0.1.0"
