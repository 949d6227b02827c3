"""What all handlers of the lowering share: the file, the dispatch on node kinds, the text.

The handlers stand in `expressions.py`, `functions.py`, `patterns.py` and `statements.py`. Each is
registered for the kinds of tree-sitter nodes it understands; a kind nobody is registered for
becomes `Unsupported`, which evaluates to an Unknown that names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ssot_action.syntax.nodes import Empty, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    from ssot_action.syntax.nodes import Expression, Pattern, Statement

# Deeper than any program people write; keeps the recursion of the evaluator within its stack.
MAXIMAL_NESTING = 1500


class Lowering:
    """Turns nodes of one file's tree into ours, each when it is asked for.

    A part that waits (a function's body, a statement at the top of a module) is remembered by its
    place, not by its tree-sitter node: `release` drops the tree, and a part asked for later has
    the file parsed again.
    """

    __slots__ = ("_nesting", "_parse", "_tree", "source")

    def __init__(
        self, source: bytes, tree: tree_sitter.Tree, parse: Callable[[], tree_sitter.Tree]
    ) -> None:
        """Keep `tree`, the tree of `source`, which `parse` makes again after a release."""
        self.source = source
        self._tree: tree_sitter.Tree | None = tree
        self._parse = parse
        self._nesting = 0

    @property
    def root(self) -> tree_sitter.Node:
        """The tree's root, parsed again if it was released."""
        if self._tree is None:
            self._tree = self._parse()
        return self._tree.root_node

    def release(self) -> None:
        """Drop the tree; what is already lowered stays."""
        self._tree = None

    def text(self, node: tree_sitter.Node) -> str:
        """Return the source text of `node`; bytes that are not UTF-8 become U+FFFD."""
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def node_at(self, start: int, end: int, kind: str) -> tree_sitter.Node:
        """Return the node of `kind` that spans exactly the bytes from `start` to `end`."""
        found = self.root.descendant_for_byte_range(start, end)
        while found is not None:
            if found.type == kind and found.start_byte == start and found.end_byte == end:
                return found
            found = found.parent
        message = f"no {kind} at {start}..{end}"
        raise LookupError(message)

    def expression(self, node: tree_sitter.Node) -> Expression:
        """Return the expression `node` stands for."""
        handler = EXPRESSIONS.get(node.type)
        if handler is None:
            return Unsupported(node.start_byte, node.type.replace("_", " "))
        if self._nesting > MAXIMAL_NESTING:
            return Unsupported(node.start_byte, "an expression nested this deeply")
        self._nesting += 1
        try:
            return handler(self, node)
        finally:
            self._nesting -= 1

    def pattern(self, node: tree_sitter.Node) -> Pattern:
        """Return the binding or assignment target `node` stands for."""
        handler = PATTERNS.get(node.type)
        if handler is None:
            return Unsupported(node.start_byte, node.type.replace("_", " "))
        if self._nesting > MAXIMAL_NESTING:
            return Unsupported(node.start_byte, "a pattern nested this deeply")
        self._nesting += 1
        try:
            return handler(self, node)
        finally:
            self._nesting -= 1

    def statement(self, node: tree_sitter.Node) -> Statement:
        """Return the statement `node` stands for; declarations of types are `Empty`."""
        handler = STATEMENTS.get(node.type)
        if handler is None:
            return Empty(node.start_byte)
        if self._nesting > MAXIMAL_NESTING:
            return Empty(node.start_byte)
        self._nesting += 1
        try:
            return handler(self, node)
        finally:
            self._nesting -= 1


ExpressionHandler: TypeAlias = "Callable[[Lowering, tree_sitter.Node], Expression]"
PatternHandler: TypeAlias = "Callable[[Lowering, tree_sitter.Node], Pattern]"
StatementHandler: TypeAlias = "Callable[[Lowering, tree_sitter.Node], Statement]"

EXPRESSIONS: dict[str, ExpressionHandler] = {}
PATTERNS: dict[str, PatternHandler] = {}
STATEMENTS: dict[str, StatementHandler] = {}


def required(node: tree_sitter.Node, field: str) -> tree_sitter.Node:
    """Return the child of `node` under `field`; where broken text lacks it, `node` itself."""
    child = node.child_by_field_name(field)
    return node if child is None else child


def operator_of(node: tree_sitter.Node) -> str:
    """Return the kind of the child under the field `operator`."""
    child = node.child_by_field_name("operator")
    return "" if child is None else child.type


def has_token(node: tree_sitter.Node, *kinds: str) -> bool:
    """Tell whether one of the direct children of `node` is a token of one of `kinds`."""
    return any(child.type in kinds for child in node.children)
