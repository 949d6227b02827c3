"""Lowering of functions, methods and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.syntax import nodes as n
from ssot_action.syntax.expressions import property_key
from ssot_action.syntax.lowering import EXPRESSIONS, has_token, required

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    from ssot_action.syntax.lowering import Lowering

_FUNCTION_KINDS = frozenset(
    {
        "function_expression",
        "function_declaration",
        "generator_function",
        "generator_function_declaration",
        "arrow_function",
        "method_definition",
    }
)
_BINDINGS_OF_THEIR_OWN = _FUNCTION_KINDS | {"class", "class_declaration", "internal_module"}


def lower_function(low: Lowering, node: tree_sitter.Node) -> n.Function:
    """Return the function `node` stands for; parameters and body wait until asked for."""
    name = node.child_by_field_name("name")
    tokens = [child.type for child in node.children if not child.is_named]
    kind = node.type
    return n.Function(
        node.start_byte,
        node.end_byte,
        low.text(name) if name is not None and kind != "method_definition" else None,
        kind == "arrow_function",
        "async" in tokens,
        "*" in tokens,
        _waiting_code(low, node.start_byte, node.end_byte, kind),
    )


def _waiting_code(low: Lowering, start: int, end: int, kind: str) -> Callable[[], n.FunctionCode]:
    code: n.FunctionCode | None = None

    def lower() -> n.FunctionCode:
        nonlocal code
        if code is None:
            code = _function_code(low, low.node_at(start, end, kind))
        return code

    return lower


def _function_code(low: Lowering, node: tree_sitter.Node) -> n.FunctionCode:
    single = node.child_by_field_name("parameter")
    if single is not None:
        parameters: tuple[n.Parameter, ...] = (
            n.Parameter(low.pattern(single), None, is_rest=False, is_property=False),
        )
    else:
        parameters = _parameters(low, node.child_by_field_name("parameters"))
    body = node.child_by_field_name("body")
    if body is None:
        return n.FunctionCode(parameters, n.Literal(node.end_byte, None), (), uses_arguments=False)
    if body.type == "statement_block":
        return n.FunctionCode(
            parameters,
            _body_block(low, body),
            tuple(dict.fromkeys(_variable_names(low, body))),
            b"arguments" in low.source[body.start_byte : body.end_byte],
        )
    return n.FunctionCode(parameters, low.expression(body), (), uses_arguments=False)


def _body_block(low: Lowering, node: tree_sitter.Node) -> n.Block:
    block = low.statement(node)
    if isinstance(block, n.Block):
        return block
    return n.Block(node.start_byte, (), (), ())


def _parameters(low: Lowering, node: tree_sitter.Node | None) -> tuple[n.Parameter, ...]:
    parameters: list[n.Parameter] = []
    for child in () if node is None else node.named_children:
        if child.type not in ("required_parameter", "optional_parameter"):
            continue
        pattern = child.child_by_field_name("pattern")
        if pattern is None or pattern.type == "this":
            continue
        is_rest = pattern.type == "rest_pattern"
        if is_rest:
            inner = [part for part in pattern.named_children if part.type != "comment"]
            pattern = inner[0] if inner else pattern
        value = child.child_by_field_name("value")
        parameters.append(
            n.Parameter(
                low.pattern(pattern),
                None if value is None else low.expression(value),
                is_rest,
                has_token(child, "accessibility_modifier", "readonly", "override_modifier"),
            )
        )
    return tuple(parameters)


def _variable_names(low: Lowering, node: tree_sitter.Node) -> list[str]:
    """Return the names that `var` declares below `node`, outside of inner functions."""
    from ssot_action.syntax.patterns import bound_names

    names: list[str] = []
    if b"var" not in low.source[node.start_byte : node.end_byte]:
        return names
    stack = [node]
    while stack:
        current = stack.pop()
        for child in current.named_children:
            if child.type in _BINDINGS_OF_THEIR_OWN:
                continue
            if child.type == "variable_declarator" and current.type == "variable_declaration":
                names.extend(bound_names(low.pattern(required(child, "name"))))
            elif child.type == "for_in_statement":
                kind = child.child_by_field_name("kind")
                if kind is not None and kind.type == "var":
                    names.extend(bound_names(low.pattern(required(child, "left"))))
            stack.append(child)
    return names


def lower_method(low: Lowering, node: tree_sitter.Node) -> n.Method:
    """Return the method or accessor `node` stands for."""
    tokens = {child.type for child in node.children if not child.is_named}
    kind = "get" if "get" in tokens else "set" if "set" in tokens else "method"
    return n.Method(
        node.start_byte,
        property_key(low, required(node, "name")),
        kind,
        lower_function(low, node),
    )


def lower_class(low: Lowering, node: tree_sitter.Node) -> n.Class:
    """Return the class `node` stands for; declarations for types alone are left out."""
    name = node.child_by_field_name("name")
    constructor: n.Function | None = None
    members: list[n.Field | n.ClassMethod | n.StaticBlock] = []
    body = node.child_by_field_name("body")
    for child in () if body is None else body.named_children:
        kind = child.type
        is_static = has_token(child, "static")
        if kind == "method_definition":
            method = lower_method(low, child)
            if method.key == "constructor" and not is_static:
                constructor = method.function
            else:
                members.append(n.ClassMethod(method, is_static))
        elif kind == "public_field_definition" and not has_token(child, "declare", "abstract"):
            value = child.child_by_field_name("value")
            members.append(
                n.Field(
                    child.start_byte,
                    property_key(low, required(child, "name")),
                    None if value is None else low.expression(value),
                    is_static,
                )
            )
        elif kind == "class_static_block":
            members.append(
                n.StaticBlock(child.start_byte, _body_block(low, required(child, "body")))
            )
    return n.Class(
        node.start_byte,
        None if name is None else low.text(name),
        _heritage(low, node),
        constructor,
        tuple(members),
    )


def _heritage(low: Lowering, node: tree_sitter.Node) -> n.Expression | None:
    for child in node.named_children:
        if child.type == "class_heritage":
            for clause in child.named_children:
                if clause.type == "extends_clause":
                    return low.expression(required(clause, "value"))
            if child.named_children and child.named_children[0].type != "implements_clause":
                return low.expression(child.named_children[0])
    return None


EXPRESSIONS.update(
    {
        "function_expression": lower_function,
        "generator_function": lower_function,
        "arrow_function": lower_function,
        "class": lower_class,
    }
)
