"""From source text to nodes of our own; the only stage that knows tree-sitter."""
