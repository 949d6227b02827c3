"""The command line `convex-ssot`."""
