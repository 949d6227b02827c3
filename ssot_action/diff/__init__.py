"""What changed between two states of a project: facts first, judged by later stages."""
