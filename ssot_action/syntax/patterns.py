"""Lowering of patterns: what a declaration or an assignment binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.syntax import nodes as n
from ssot_action.syntax.expressions import property_key
from ssot_action.syntax.lowering import PATTERNS, required
from ssot_action.syntax.strings import cook_string

if TYPE_CHECKING:
    import tree_sitter

    from ssot_action.syntax.lowering import Lowering


def bound_names(pattern: n.Pattern) -> tuple[str, ...]:
    """Return the names `pattern` declares, in source order."""
    if isinstance(pattern, n.Identifier):
        return (pattern.name,)
    names: list[str] = []
    if isinstance(pattern, n.ObjectPattern):
        for entry in pattern.properties:
            names.extend(bound_names(entry.target))
    elif isinstance(pattern, n.ArrayPattern):
        for element in pattern.elements:
            if element is not None:
                names.extend(bound_names(element.target))
    else:
        return ()
    if pattern.rest is not None:
        names.extend(bound_names(pattern.rest))
    return tuple(names)


def _identifier(low: Lowering, node: tree_sitter.Node) -> n.Pattern:
    text = low.text(node)
    return n.Identifier(node.start_byte, cook_string(text) if "\\" in text else text)


def _target(low: Lowering, node: tree_sitter.Node) -> n.Pattern:
    lowered = low.expression(node)
    if isinstance(lowered, n.Member | n.Index | n.Identifier):
        return lowered
    return n.Unsupported(node.start_byte, "this assignment target")


def _with_default(low: Lowering, node: tree_sitter.Node) -> tuple[n.Pattern, n.Expression | None]:
    if node.type in ("assignment_pattern", "object_assignment_pattern"):
        default = low.expression(required(node, "right"))
        return low.pattern(required(node, "left")), default
    return low.pattern(node), None


def _rest(low: Lowering, node: tree_sitter.Node) -> n.Pattern:
    inner = [child for child in node.named_children if child.type != "comment"]
    return low.pattern(inner[0]) if inner else n.Unsupported(node.start_byte, "rest pattern")


def _object(low: Lowering, node: tree_sitter.Node) -> n.Pattern:
    properties: list[n.PatternProperty] = []
    rest: n.Pattern | None = None
    for child in node.named_children:
        kind = child.type
        if kind == "rest_pattern":
            rest = _rest(low, child)
        elif kind == "pair_pattern":
            target, default = _with_default(low, required(child, "value"))
            key = property_key(low, required(child, "key"))
            properties.append(n.PatternProperty(key, target, default))
        elif kind != "comment":
            target, default = _with_default(low, child)
            if isinstance(target, n.Identifier):
                properties.append(n.PatternProperty(target.name, target, default))
    return n.ObjectPattern(node.start_byte, tuple(properties), rest)


def _array(low: Lowering, node: tree_sitter.Node) -> n.Pattern:
    elements: list[n.PatternElement | None] = []
    rest: n.Pattern | None = None
    expects_element = True
    for child in node.children:
        kind = child.type
        if kind == ",":
            if expects_element:
                elements.append(None)
            expects_element = True
        elif kind == "rest_pattern":
            rest = _rest(low, child)
            expects_element = False
        elif child.is_named and kind != "comment":
            elements.append(n.PatternElement(*_with_default(low, child)))
            expects_element = False
    return n.ArrayPattern(node.start_byte, tuple(elements), rest)


def _inner(low: Lowering, node: tree_sitter.Node) -> n.Pattern:
    inner = [child for child in node.named_children if child.type != "comment"]
    return low.pattern(inner[0]) if inner else n.Unsupported(node.start_byte, "pattern")


PATTERNS.update(
    {
        "identifier": _identifier,
        "undefined": _identifier,
        "shorthand_property_identifier_pattern": _identifier,
        "object_pattern": _object,
        "array_pattern": _array,
        "member_expression": _target,
        "subscript_expression": _target,
        "parenthesized_expression": _inner,
        "non_null_expression": _inner,
        "as_expression": _inner,
        "satisfies_expression": _inner,
    }
)
