"""Convex's own library as the evaluator sees it: `convex/values` and `convex/server` 1.48."""
